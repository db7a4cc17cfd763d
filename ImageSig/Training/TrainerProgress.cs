using ImageSig.NN;

namespace ImageSig;

/// <summary>Passes the trainer's progress on as a stage of the pipeline, counted in samples over all epochs of all networks of that stage.</summary>
/// <param name="samples">Of an epoch.</param>
/// <param name="stage">What the network is for.</param>
/// <param name="network">Which of the stage's networks it is, from 0.</param>
/// <param name="networks">How many there are.</param>
/// <param name="progress">Whom to tell; null for nobody.</param>
internal sealed class TrainerProgress(int samples, PipelineStage stage, int network, int networks, IProgress<PipelineProgress>? progress) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        int epoch = (network * value.Epochs) + value.Epoch, epochs = networks * value.Epochs;
        long done = ((epoch - 1L) * samples) + ((long)samples * value.Step / value.Steps);
        progress?.Report(new PipelineProgress(
            stage, done, (long)epochs * samples, value.SamplesPerSecond,
            new EpochProgress(epoch, epochs, value.Loss, value.LastEpoch?.TrainLoss, value.LastEpoch?.ValidationAccuracy)));
    }
}
