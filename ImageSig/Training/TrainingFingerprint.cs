using System.Globalization;
using System.Numerics;
using System.Text;

namespace ImageSig;

/// <summary>Everything that decides the bits of a training run, in a few words: a checkpoint fits only the run that made it.</summary>
internal static class TrainingFingerprint
{
    /// <summary>Settings, classes, and a CRC-32C over labels and pixels.</summary>
    public static string Of(TrainingRecipe recipe, IReadOnlyList<string> classes, IReadOnlyList<LabelledImage> images)
    {
        uint crc = uint.MaxValue;
        foreach (LabelledImage image in images)
        {
            crc = BitOperations.Crc32C(crc, (uint)image.Label);
            crc = Checksum.Continue(crc, image.Image.Pixels);
        }
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{recipe.Model}|{recipe.Features}|{recipe.Augmentations}|{recipe.Optimizer}|");
        text.Append(CultureInfo.InvariantCulture, $"{recipe.LearningRate}|{recipe.WeightDecay}|{recipe.Schedule}|{recipe.Loss}|{recipe.LabelSmoothing}|");
        text.Append(CultureInfo.InvariantCulture, $"{recipe.Epochs}|{recipe.BatchSize}|{recipe.Validation}|{recipe.Seed}|");
        text.Append(CultureInfo.InvariantCulture, $"{recipe.ClipNorm}|{recipe.Accumulation}|{recipe.AverageDecay}|{recipe.Patience}|");
        text.Append(CultureInfo.InvariantCulture, $"{string.Join('/', classes)}|{images.Count}|{crc:x8}");
        return text.ToString();
    }
}
