using System.Globalization;

namespace ImageSig.Benchmarks.Results;

/// <summary>A speed that the project has set itself: how long ImageSig may take, as a multiple of another measurement of the same run.</summary>
/// <param name="Topic">Of the measurement of ImageSig.</param>
/// <param name="Setting">Likewise.</param>
/// <param name="Other">Another program at the same, or another setting of ImageSig.</param>
/// <param name="Bound">The most, by the register's bits; 0 where there is no goal.</param>
internal sealed record BenchmarkGoal(string Topic, string Setting, string Other, Func<int, double> Bound)
{
    private const string LibTorch = "LibTorch 2.10", Skia = "SkiaSharp (libjpeg-turbo)";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchmarkGoal> All { get; } =
    [
        .. new[] { "fc, batch of 3000", "conv, batch of 300", "cnn, batch of 64" }.Select(setting => new BenchmarkGoal("training step", setting, LibTorch, bits => bits == 512 ? 0.55 : 1)),
        .. new[] { "fc, 1 image", "conv, 1 image", "cnn, 1 image" }.Select(setting => new BenchmarkGoal("network", setting, LibTorch, bits => bits == 512 ? 0.4 : 0)),
        new("one long path", "1 x 1024 x 5, depth 5, log-signature", "1 x 1024 x 5, depth 5, forward", _ => 1.5),
        new("decode", "JPEG 1280 x 960", Skia, _ => 1.2),
        new("decode", "JPEG 640 x 480", Skia, _ => 1.2),
        .. new[] { "JPEG 1280 x 960", "JPEG 640 x 480" }.SelectMany(setting => new[] { "ImageSharp 2.1", "StbImageSharp" }.Select(other => new BenchmarkGoal("decode", setting, other, _ => 1))),
    ];

    /// <summary>A row of a table: what, the bound, what was measured, whether it is met; null where the run has no such measurements or there is no bound.</summary>
    public string? Row(BenchmarkResults results)
    {
        double bound = Bound(results.VectorBits);
        BenchmarkMeasurement? ours = results.Find(Topic, Setting, BenchmarkMeasurement.Ours);
        BenchmarkMeasurement? other = results.Find(Topic, Setting, Other) ?? results.Find(Topic, Other, BenchmarkMeasurement.Ours);
        if (bound == 0 || ours is null || other is null)
            return null;
        double ratio = ours.Nanoseconds / other.Nanoseconds;
        return string.Create(CultureInfo.InvariantCulture, $"| {Topic}, {Setting} | {Other} | {bound:0.##} | {ratio:0.00} | {(ratio <= bound ? "met" : "**missed**")} |");
    }
}
