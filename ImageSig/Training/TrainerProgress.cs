using System.Globalization;
using ImageSig.NN;

namespace ImageSig;

/// <summary>Passes the trainer's progress on as the stage "train", counted in samples over all epochs.</summary>
internal sealed class TrainerProgress(int samples, IProgress<PipelineProgress>? progress) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (progress is null)
            return;
        string note = $"epoch {value.Epoch}/{value.Epochs}";
        if (value.LastEpoch is { } last)
            note += string.Create(CultureInfo.InvariantCulture, $", loss {last.TrainLoss:F3}");
        if (value.LastEpoch?.ValidationAccuracy is { } accuracy)
            note += string.Create(CultureInfo.InvariantCulture, $", validation {100 * accuracy:F1} %");
        long done = ((value.Epoch - 1L) * samples) + ((long)samples * value.Step / value.Steps);
        progress.Report(new PipelineProgress("train", done, (long)value.Epochs * samples, value.SamplesPerSecond, note));
    }
}
