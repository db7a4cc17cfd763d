using ImageSig.NN;

namespace ImageSig;

/// <summary>Passes the trainer's progress on as the stage of training, counted in samples over all epochs.</summary>
internal sealed class TrainerProgress(int samples, IProgress<PipelineProgress>? progress) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        long done = ((value.Epoch - 1L) * samples) + ((long)samples * value.Step / value.Steps);
        progress?.Report(new PipelineProgress(
            PipelineStage.Train, done, (long)value.Epochs * samples, value.SamplesPerSecond,
            new EpochProgress(value.Epoch, value.Epochs, value.Loss, value.LastEpoch?.TrainLoss, value.LastEpoch?.ValidationAccuracy)));
    }
}
