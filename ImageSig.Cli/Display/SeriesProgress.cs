using System.Diagnostics;

namespace ImageSig.Cli.Display;

/// <summary>Shows trainings that follow one another as one stage, counted in trainings: which one is at work, its epoch, and the time left for all at the pace of those before.</summary>
/// <param name="display">Where.</param>
/// <param name="stage">The stage's name.</param>
/// <param name="count">How many trainings.</param>
internal sealed class SeriesProgress(ProgressDisplay display, string stage, int count) : IProgress<PipelineProgress>
{
    private readonly Stopwatch clock = new();
    private int current, trained = -1;
    private string? name;
    private bool isTraining;

    /// <summary>A training begins, or is found to be done already.</summary>
    /// <param name="index">Which, from 0.</param>
    /// <param name="name">What it is; null for nothing to say.</param>
    public void Begin(int index, string? name)
    {
        (current, this.name, isTraining) = (index, name, false);
        display.Report(new StageProgress(stage, current, count, PerSecond, name));
    }

    /// <summary>All are done.</summary>
    public void End() => display.Report(new StageProgress(stage, count, count, 0));

    public void Report(PipelineProgress value)
    {
        if (value.Stage is not (PipelineStage.Train or PipelineStage.Members))
            return;
        if (!isTraining)
        {
            isTraining = true;
            trained++;
            clock.Start();
        }
        string? epoch = ProgressDisplay.StageOf(value).Note;
        display.Report(new StageProgress(stage, current, count, PerSecond, name is null ? epoch : $"{name}: {epoch}"));
    }

    private double PerSecond => trained > 0 ? trained / clock.Elapsed.TotalSeconds : 0;
}
