using ImageSig.Imaging;

namespace ImageSig.Tests.Support;

/// <summary>What ONNX Runtime makes of pictures with an exported model, beside what the model itself does.</summary>
internal static class OnnxComparison
{
    /// <summary>By how much probabilities may differ.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>In what the two differ, in words; null for nothing.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="pictures">Of any size.</param>
    /// <param name="path">Where the file may be put.</param>
    public static string? Difference(ImageClassifier classifier, IReadOnlyList<Image> pictures, string path)
    {
        classifier.SaveOnnx(path);
        using OnnxFile onnx = new(path);
        FeatureOptions options = classifier.Features;
        byte[] pixels = [.. pictures.SelectMany(picture => Resize.Fit(picture, options.Width, options.Height, options.Fit).Pixels.ToArray())];
        long[] shape = [pictures.Count, options.Height, options.Width, 3];
        float[] answers = onnx.Run("probabilities", pixels, shape);
        float[]? distances = onnx.Outputs.Contains("distance") ? onnx.Run("distance", pixels, shape) : null;
        double worst = 0, worstDistance = 0;
        int labels = 0;
        for (int i = 0; i < pictures.Count; i++)
        {
            Prediction here = classifier.Predict(pictures[i]);
            float[] there = answers[(i * classifier.Classes.Count)..((i + 1) * classifier.Classes.Count)];
            worst = Math.Max(worst, here.Probabilities.Zip(there, (one, other) => Math.Abs(one.Probability - other)).Max());
            labels += here.LabelIndex == Array.IndexOf(there, there.Max()) ? 0 : 1;
            if (here.Distance is { } distance)
                worstDistance = Math.Max(worstDistance, Math.Abs(distance - distances![i]) / (1 + distance));
        }
        return worst <= Tolerance && labels == 0 && worstDistance < 1e-3 ? null : $"probabilities differ by {worst:E1}, {labels} labels, distances by {worstDistance:E1}";
    }
}
