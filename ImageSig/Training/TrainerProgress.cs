using System.Diagnostics;
using ImageSig.NN;

namespace ImageSig;

/// <summary>Passes the trainer's progress on as a stage of the pipeline, counted in samples over all epochs of all networks of that stage. After a few steps of the first network it
/// tells once how long all will take.</summary>
/// <param name="samples">Of an epoch.</param>
/// <param name="stage">What the network is for.</param>
/// <param name="network">Which of the stage's networks it is, from 0.</param>
/// <param name="networks">How many there are.</param>
/// <param name="progress">Whom to tell; null for nobody.</param>
internal sealed class TrainerProgress(int samples, PipelineStage stage, int network, int networks, IProgress<PipelineProgress>? progress) : IProgress<TrainingProgress>
{
    /// <summary>The steps that are timed. The one before them is not: a runtime still compiles what it runs.</summary>
    private const int TimedSteps = 2;

    private int steps;
    private long begin, doneBefore;

    public void Report(TrainingProgress value)
    {
        int epoch = (network * value.Epochs) + value.Epoch, epochs = networks * value.Epochs;
        long done = ((epoch - 1L) * samples) + ((long)samples * value.Step / value.Steps), all = (long)epochs * samples;
        if (network == 0)
            Time(done, all, epochs);
        progress?.Report(new PipelineProgress(
            stage, done, all, value.SamplesPerSecond,
            new EpochProgress(epoch, epochs, value.Loss, value.LastEpoch?.TrainLoss, value.LastEpoch?.ValidationAccuracy)));
    }

    private void Time(long done, long all, int epochs)
    {
        if (++steps == 1)
            (begin, doneBefore) = (Stopwatch.GetTimestamp(), done);
        else if (steps == 1 + TimedSteps && done < all)
            progress?.Report(new PipelineProgress(
                PipelineStage.Plan, done, all, (done - doneBefore) / Stopwatch.GetElapsedTime(begin).TotalSeconds, new EpochProgress(0, epochs, 0, null, null)));
    }
}
