namespace ImageSig.Cli.Display;

/// <summary>Shows the training of a contestant as a stage of its own name. Of other stages nothing is shown: there would be four bars for each.</summary>
internal sealed class ContestantProgress(ProgressDisplay display, string name) : IProgress<PipelineProgress>
{
    public void Report(PipelineProgress value)
    {
        if (value.Stage == PipelineStage.Train)
            display.Report(ProgressDisplay.StageOf(value) with { Stage = name });
    }
}
