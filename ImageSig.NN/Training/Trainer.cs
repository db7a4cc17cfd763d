using System.Diagnostics;
using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>Trains a model. The same model, samples and options give the same bits, for any number of threads and any register width.</summary>
public static class Trainer
{
    /// <summary>Trains for the asked number of epochs and leaves the model with the weights of one of them.</summary>
    /// <param name="model">Changed in place.</param>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="validation">The samples that choose the epoch: the latest whose balanced accuracy is within one standard error of the highest, or with the lowest loss
    /// where nothing is right or wrong. Null: the last epoch.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of every step, on the calling thread.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    /// <exception cref="ArgumentNullException">No model, no training samples or no options.</exception>
    /// <exception cref="SettingException">The options are out of range, or the memory limit is too low.</exception>
    /// <exception cref="ArgumentException">The samples do not fit the model.</exception>
    /// <exception cref="TrainingException">Loss or weights became infinite or not a number, or the validation samples are too many.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the model holds the weights of that moment.</exception>
    public static TrainingSummary Fit(
        Model model,
        ISampleSource train,
        ISampleSource? validation,
        TrainingOptions options,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        Fit(model, train, validation, options, resumeFrom: null, checkpoint: null, progress, cancellationToken);

    /// <summary>Trains as the other form does, and can stop after any epoch and go on later with the same bits.</summary>
    /// <param name="model">Changed in place.</param>
    /// <param name="train">The samples to learn from.</param>
    /// <param name="validation">The samples that choose the epoch, or null.</param>
    /// <param name="options">How; the same as before the stop.</param>
    /// <param name="resumeFrom">What <paramref name="checkpoint"/> was given: training goes on behind that epoch. Null: from the beginning.</param>
    /// <param name="checkpoint">Called after every epoch with a copy of all state, or null.</param>
    /// <param name="progress">Told of every step, on the calling thread.</param>
    /// <param name="cancellationToken">Looked at before every step.</param>
    /// <exception cref="ArgumentNullException">No model, no training samples or no options.</exception>
    /// <exception cref="SettingException">The options are out of range, or the memory limit is too low.</exception>
    /// <exception cref="ArgumentException">The samples or the state do not fit the model.</exception>
    /// <exception cref="TrainingException">Loss or weights became infinite or not a number, or the validation samples are too many.</exception>
    /// <exception cref="OperationCanceledException">Canceled; the model holds the weights of that moment.</exception>
    public static TrainingSummary Fit(
        Model model,
        ISampleSource train,
        ISampleSource? validation,
        TrainingOptions options,
        TrainerState? resumeFrom,
        Action<TrainerState>? checkpoint,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(model.Outputs);
        Check(model, train, options, "training");
        if (validation is not null)
        {
            if ((long)validation.Count * model.Outputs > Array.MaxLength)
                throw new TrainingException($"Training: {validation.Count} validation samples with {model.Outputs} scores each are more than the {Array.MaxLength} scores that can be held; hold back fewer samples.");
            Check(model, validation, options, "validation");
        }

        if (model.Spec is TransferSpec transfer && resumeFrom is null)
        {
            if (!transfer.FineTune)
                return HeadTraining.Fit(model, train, validation, options, progress, cancellationToken);
            HeadTraining.Fit(model, train, validation, transfer.HeadOptions(options), progress: null, cancellationToken);
        }

        MemoryPlan plan = MemoryPlan.Within(model, train.Count, validation?.Count ?? 0, options);
        using WorkerPool pool = new(plan.Threads);
        EpochLoop loop = new(model, train, validation, options, plan, pool);
        if (resumeFrom is not null)
            loop.Restore(resumeFrom);
        Stopwatch clock = Stopwatch.StartNew();
        while (!loop.IsFinished)
        {
            loop.Epoch(progress, clock, cancellationToken);
            checkpoint?.Invoke(loop.Capture());
        }
        return loop.Finish();
    }

    private static void Check(Model model, ISampleSource source, TrainingOptions options, string role)
    {
        if (source.Count == 0)
            throw new ArgumentException($"Training: there are no {role} samples.");
        if (source.SampleShape != model.Input)
            throw new ArgumentException($"Training: {role} samples are {source.SampleShape}, the model takes {model.Input}.");
        Objective.Of(options).Check(source, role, model.Outputs);
    }
}
