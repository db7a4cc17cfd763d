using System.Diagnostics;

namespace ImageSig.NN;

/// <summary>A training between two epochs: everything that changes while it goes on.</summary>
internal sealed class EpochLoop
{
    private readonly Model model;
    private readonly ISampleSource train;
    private readonly TrainingOptions options;
    private readonly Optimizer optimizer;
    private readonly WeightAverage? average;
    private readonly TrainingStep step;
    private readonly Validation? validation;
    private readonly BatchSampler sampler;
    private readonly EpochCut cut;
    private readonly List<EpochRecord> history = [];
    private readonly float[] chosenWeights;
    private int chosenEpoch;
    private long samplesDone;

    public EpochLoop(Model model, ISampleSource train, ISampleSource? validation, TrainingOptions options, MemoryPlan plan, WorkerPool pool)
    {
        (this.model, this.train, this.options) = (model, train, options);
        optimizer = Optimizer.Create(options, model.Block.Length);
        average = options.AverageDecay > 0 ? new WeightAverage(model.Block.Span, options.AverageDecay) : null;
        step = new TrainingStep(model, train, options, plan, optimizer, average, pool);
        this.validation = validation is null ? null : new Validation(model, validation, options, plan, pool);
        sampler = new BatchSampler(train.Count, options.Seed);
        cut = new EpochCut(train.Count, options.BatchSize, options.Accumulation);
        chosenWeights = new float[model.Block.Length];
    }

    /// <summary>Whether all epochs are done, or none was better for as long as patience lasts.</summary>
    public bool IsFinished =>
        history.Count >= options.Epochs
        || (options.Patience > 0 && validation is not null && history.Count > 0 && history.Count - EpochChoice.Best(history) >= options.Patience);

    /// <summary>One pass over the samples and its validation.</summary>
    public void Epoch(IProgress<TrainingProgress>? progress, Stopwatch clock, CancellationToken cancellationToken)
    {
        int epoch = history.Count + 1;
        sampler.Begin(epoch);
        double lossSum = 0;
        double rate = 0;
        for (int i = 0; i < cut.Steps; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Even, because a rest of one image, with a gradient of its own size, would move Adam's memory and the running statistics like a full batch.
            (int start, int count) = cut.Step(i);
            rate = options.LearningRate * options.RateFactor(new SchedulePoint(optimizer.Steps, (double)cut.Steps * options.Epochs, history));
            double loss = step.Run(sampler.Samples(start, count), epoch, rate);
            if (!double.IsFinite(loss))
                throw NotFinite($"the loss became {loss} in epoch {epoch}, step {i + 1}");
            lossSum += loss * count;
            samplesDone += count;
            progress?.Report(new TrainingProgress(
                epoch, options.Epochs, i + 1, cut.Steps, samplesDone / clock.Elapsed.TotalSeconds, lossSum / (start + count),
                history.Count > 0 ? history[^1] : null));
        }
        Judge(epoch, lossSum / train.Count, rate);
    }

    /// <summary>Gives the model the weights of the epoch that was chosen.</summary>
    public TrainingSummary Finish()
    {
        chosenWeights.CopyTo(model.Block.Span);
        return new TrainingSummary(history, chosenEpoch);
    }

    public TrainerState Capture() => new()
    {
        Epoch = history.Count,
        Steps = optimizer.Steps,
        Weights = Split(model.Block.Span),
        Memory = Memory.ToDictionary(memory => memory.Name, memory => (IReadOnlyList<float[]>)Split(memory.Values)),
        ChosenWeights = Split(chosenWeights),
        ChosenEpoch = chosenEpoch,
        History = [.. history],
    };

    /// <exception cref="ArgumentException">The state is of another model.</exception>
    public void Restore(TrainerState state)
    {
        if (state.History.Count != state.Epoch)
            throw new ArgumentException($"Training: the saved state has {state.History.Count} records of {state.Epoch} epochs; it cannot be resumed.");
        Join(state.Weights, model.Block.Span);
        Join(state.ChosenWeights, chosenWeights);
        foreach ((string name, float[] values) in Memory)
        {
            if (!state.Memory.TryGetValue(name, out IReadOnlyList<float[]>? saved))
                throw new ArgumentException($"Training: the saved state has no \"{name}\" of the weights; it is of a training with other options.");
            Join(saved, values);
        }
        optimizer.Restore(state.Steps);
        chosenEpoch = state.ChosenEpoch;
        history.AddRange(state.History);
    }

    /// <summary>Whatever is remembered of every weight.</summary>
    private IEnumerable<(string Name, float[] Values)> Memory =>
        average is null ? optimizer.Memory : [.. optimizer.Memory, (WeightAverage.Name, average.Values)];

    /// <summary>Measures the weights, or their average where there is one, and keeps them if <see cref="EpochChoice"/> says so.</summary>
    private void Judge(int epoch, double trainLoss, double rate)
    {
        // Where a loss does not show it: ReLU makes 0 of what is not a number, and the last step of an epoch can overflow after its loss was taken.
        foreach (float weight in model.Block.Span)
            if (!float.IsFinite(weight))
                throw NotFinite($"weights became {(float.IsNaN(weight) ? "NaN" : "infinite")} in epoch {epoch}");
        average?.Swap(model.Block.Span);
        EpochRecord record = new(epoch, trainLoss, null, null, null, rate);
        if (validation is not null)
        {
            Judgment judgment = validation.Run();
            record = record with
            {
                ValidationLoss = judgment.Loss,
                ValidationAccuracy = judgment.Accuracy,
                ValidationBalancedAccuracy = judgment.BalancedAccuracy,
            };
        }
        history.Add(record);
        if (EpochChoice.TakesLast(history, validation is null ? 0 : validation.Count))
        {
            chosenEpoch = epoch;
            model.Block.Span.CopyTo(chosenWeights);
        }
        average?.Swap(model.Block.Span);
    }

    private TrainingException NotFinite(string what) => new(
        $"Training: {what}; lower the learning rate ({options.LearningRate}) or look for values that are not finite in the samples.");

    private List<float[]> Split(ReadOnlySpan<float> block)
    {
        List<float[]> pieces = [];
        for (int i = 0; i < model.Parameters.Count; i++)
            pieces.Add(block.Slice(model.Block.StartOf(i), model.Parameters[i].Count).ToArray());
        return pieces;
    }

    private void Join(IReadOnlyList<float[]> pieces, Span<float> block)
    {
        if (pieces.Count != model.Parameters.Count)
            throw new ArgumentException($"Training: the saved state has {pieces.Count} parameters, the model {model.Parameters.Count}; it is of another model.");
        for (int i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Length != model.Parameters[i].Count)
                throw new ArgumentException(
                    $"Training: the saved state has {pieces[i].Length} numbers for {model.Parameters[i].Name}, the model {model.Parameters[i].Shape}; it is of another model.");
            pieces[i].CopyTo(block[model.Block.StartOf(i)..]);
        }
    }
}
