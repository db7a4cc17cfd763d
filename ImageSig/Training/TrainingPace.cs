using System.Diagnostics;
using ImageSig.NN;

namespace ImageSig;

/// <summary>How long an epoch takes, found by training for a moment and forgetting what was learned.</summary>
internal static class TrainingPace
{
    /// <summary>The share of the time that is left for what follows the last epoch.</summary>
    private const double Reserve = 0.05;

    /// <summary>The share of the time that measuring may take, and its bounds.</summary>
    private const double Share = 0.02;

    private static readonly TimeSpan MinTrial = TimeSpan.FromSeconds(0.2), MaxTrial = TimeSpan.FromSeconds(10);

    /// <summary>How many epochs fit a time: at least one.</summary>
    /// <param name="left">The time for all of them.</param>
    /// <param name="networks">How many are trained one after the other.</param>
    /// <param name="model">Its weights are afterwards what they were.</param>
    /// <param name="training">The samples to learn from.</param>
    /// <param name="validation">Those that choose the epoch, or null.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static int EpochsWithin(
        TimeSpan left, int networks, Model model, ISampleSource training, ISampleSource? validation, TrainingOptions options, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan trial = TimeSpan.FromSeconds(Math.Clamp(Share * left.TotalSeconds, MinTrial.TotalSeconds, MaxTrial.TotalSeconds));
        double epoch = SecondsOfEpoch(trial, model, training, validation, options, cancellationToken);
        double seconds = (left - Stopwatch.GetElapsedTime(start)).TotalSeconds * (1 - Reserve) / networks;
        return (int)Math.Clamp(Math.Floor(seconds / epoch), TrainingOptions.EpochBounds.Min, TrainingOptions.EpochBounds.Max);
    }

    private static double SecondsOfEpoch(
        TimeSpan trial, Model model, ISampleSource training, ISampleSource? validation, TrainingOptions options, CancellationToken cancellationToken)
    {
        float[] weights = model.Block.Span.ToArray();
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Steps steps = new(trial, enough);
        try
        {
            Trainer.Fit(model, training, validation, options with { Epochs = (int)TrainingOptions.EpochBounds.Max, Patience = 0 }, steps, enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It was long enough.
        }
        finally
        {
            weights.CopyTo(model.Block.Span);
        }
        return steps.SecondsOfEpoch(training.Count, validation?.Count ?? 0);
    }

    private sealed record Step(int Epoch, int Steps, TimeSpan Done);

    /// <summary>The times of steps, without the first ones, in which a runtime still compiles what it runs.</summary>
    private sealed class Steps(TimeSpan trial, CancellationTokenSource enough) : IProgress<TrainingProgress>
    {
        private const int Fewest = 4;
        private readonly long start = Stopwatch.GetTimestamp();
        private readonly List<Step> done = [];

        public void Report(TrainingProgress value)
        {
            done.Add(new(value.Epoch, value.Steps, Stopwatch.GetElapsedTime(start)));
            if (done.Count >= Fewest && done[^1].Done >= trial)
                enough.Cancel();
        }

        /// <summary>Of training and validating. A validation that was not seen takes a third of the time of as many training samples: it has no way back.</summary>
        public double SecondsOfEpoch(int training, int validation)
        {
            Step[] later = [.. done.Skip(done.Count / 2)];
            double[] within = [.. later.Zip(later.Skip(1)).Where(pair => pair.First.Epoch == pair.Second.Epoch).Select(pair => (pair.Second.Done - pair.First.Done).TotalSeconds)];
            double[] across = [.. later.Zip(later.Skip(1)).Where(pair => pair.First.Epoch != pair.Second.Epoch).Select(pair => (pair.Second.Done - pair.First.Done).TotalSeconds)];
            int steps = done[0].Steps;
            // Of epochs of one step only the ways from one to the next are known, which hold a validation each.
            if (within.Length == 0)
                return across.Average();
            return across.Length > 0
                ? ((steps - 1) * within.Average()) + across.Average()
                : steps * within.Average() * (1 + (validation / (3.0 * training)));
        }
    }
}
