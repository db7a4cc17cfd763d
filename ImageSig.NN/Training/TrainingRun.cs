using System.Diagnostics;

namespace ImageSig.NN;

/// <summary>A training between two epochs: everything that changes while it goes on.</summary>
internal sealed class TrainingRun
{
    private readonly Model model;
    private readonly ISampleSource train;
    private readonly TrainingOptions options;
    private readonly AdamOptimizer optimizer;
    private readonly TrainingStep step;
    private readonly Validation? validation;
    private readonly BatchSampler sampler;
    private readonly List<EpochRecord> history = [];
    private readonly float[] bestWeights;
    private int bestEpoch;
    private long samplesDone;

    public TrainingRun(Model model, ISampleSource train, ISampleSource? validation, TrainingOptions options, WorkerPool pool)
    {
        (this.model, this.train, this.options) = (model, train, options);
        optimizer = new AdamOptimizer(model.Block.Length, options.Optimizer, options.WeightDecay);
        step = new TrainingStep(model, train, options, optimizer, pool);
        this.validation = validation is null ? null : new Validation(model, validation, options, pool);
        sampler = new BatchSampler(train.Count, options.Seed);
        bestWeights = new float[model.Block.Length];
    }

    /// <summary>Whether all epochs are done, or none was better for as long as patience lasts.</summary>
    public bool IsFinished =>
        history.Count >= options.Epochs
        || (options.Patience > 0 && validation is not null && history.Count - bestEpoch >= options.Patience);

    private int StepsPerEpoch => (train.Count + options.BatchSize - 1) / options.BatchSize;

    /// <summary>One pass over the samples and its validation.</summary>
    public void Epoch(IProgress<TrainingProgress>? progress, Stopwatch clock, CancellationToken cancellation)
    {
        int epoch = history.Count + 1;
        int steps = StepsPerEpoch;
        sampler.Begin(epoch);
        double lossSum = 0;
        double rate = 0;
        for (int i = 0; i < steps; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            int start = i * options.BatchSize;
            int count = Math.Min(options.BatchSize, train.Count - start);
            rate = options.LearningRate * options.Schedule.Factor(optimizer.Steps, (long)steps * options.Epochs);
            double loss = step.Run(sampler.Samples(start, count), epoch, rate);
            if (!double.IsFinite(loss))
                throw new TrainingException(
                    $"Training: the loss became {loss} in epoch {epoch}, step {i + 1}; lower the learning rate ({options.LearningRate}) or look for values that are not finite in the samples.");
            lossSum += loss * count;
            samplesDone += count;
            progress?.Report(new TrainingProgress(
                epoch, options.Epochs, i + 1, steps, samplesDone / clock.Elapsed.TotalSeconds, lossSum / (start + count),
                history.Count > 0 ? history[^1] : null));
        }
        Judge(epoch, lossSum / train.Count, rate);
    }

    /// <summary>Gives the model the weights of the best epoch.</summary>
    public TrainingSummary Finish()
    {
        // The last step of an epoch can overflow after its loss was still finite.
        foreach (float weight in bestWeights)
            if (!float.IsFinite(weight))
                throw new TrainingException($"Training: weights became infinite in epoch {bestEpoch}; lower the learning rate ({options.LearningRate}).");
        bestWeights.CopyTo(model.Block.Span);
        return new TrainingSummary(history, bestEpoch);
    }

    public TrainerState Capture() => new()
    {
        Epoch = history.Count,
        Steps = optimizer.Steps,
        Weights = Split(model.Block.Span),
        FirstMoments = Split(optimizer.First),
        SecondMoments = Split(optimizer.Second),
        BestWeights = Split(bestWeights),
        BestEpoch = bestEpoch,
        History = [.. history],
    };

    /// <exception cref="ArgumentException">The state is of another model.</exception>
    public void Restore(TrainerState state)
    {
        if (state.History.Count != state.Epoch)
            throw new ArgumentException($"Training: the saved state has {state.History.Count} records of {state.Epoch} epochs; it cannot be resumed.");
        float[] first = new float[model.Block.Length];
        float[] second = new float[model.Block.Length];
        Join(state.Weights, model.Block.Span);
        Join(state.FirstMoments, first);
        Join(state.SecondMoments, second);
        Join(state.BestWeights, bestWeights);
        optimizer.Restore(first, second, state.Steps);
        bestEpoch = state.BestEpoch;
        history.AddRange(state.History);
    }

    private void Judge(int epoch, double trainLoss, double rate)
    {
        EpochRecord record = new(epoch, trainLoss, null, null, null, rate);
        if (validation is not null)
        {
            (double loss, ConfusionMatrix matrix) = validation.Run();
            record = record with
            {
                ValidationLoss = loss,
                ValidationAccuracy = matrix.Accuracy,
                ValidationBalancedAccuracy = matrix.BalancedAccuracy,
            };
        }
        history.Add(record);
        if (bestEpoch == 0 || validation is null || IsBetter(record, history[bestEpoch - 1]))
        {
            bestEpoch = epoch;
            model.Block.Span.CopyTo(bestWeights);
        }
    }

    private static bool IsBetter(EpochRecord record, EpochRecord best) =>
        record.ValidationBalancedAccuracy > best.ValidationBalancedAccuracy
        || (record.ValidationBalancedAccuracy == best.ValidationBalancedAccuracy && record.ValidationLoss < best.ValidationLoss);

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
