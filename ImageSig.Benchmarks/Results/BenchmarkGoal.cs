namespace ImageSig.Benchmarks.Results;

/// <summary>A speed that the project has set itself, which one run of the benchmarks can tell.</summary>
/// <param name="Topic">Of the measurement of ImageSig.</param>
/// <param name="Setting">Likewise.</param>
internal abstract record BenchmarkGoal(string Topic, string Setting)
{
    private const string LibTorch = "LibTorch 2.10", Skia = "SkiaSharp (libjpeg-turbo)";

    /// <summary>All of them; <see cref="WidthGoal"/> has those that two runs tell.</summary>
    public static IReadOnlyList<BenchmarkGoal> All { get; } =
    [
        .. new[] { "fc, batch of 3000", "conv, batch of 300", "attention, batch of 64", "grid, 48 channels, batch of 64", "cnn, batch of 64" }.Select(setting => new RatioGoal("training step", setting, LibTorch, bits => bits == 512 ? 0.55 : 1)),
        .. new[] { "fc, 1 image", "conv, 1 image", "attention, 1 image", "grid, 1 image", "cnn, 1 image" }.Select(setting => new RatioGoal("network", setting, LibTorch, bits => bits == 512 ? 0.4 : 0)),
        new RatioGoal("one long path", "1 x 1024 x 5, depth 5, log-signature", "1 x 1024 x 5, depth 5, forward", _ => 1.5),
        .. new[] { "JPEG 1280 x 960", "JPEG 640 x 480" }.Select(setting => new RatioGoal("decode", setting, Skia, _ => 1.2) { Beside = "libjpeg-turbo, for which SkiaSharp stands" }),
        .. new[] { "JPEG 1280 x 960", "JPEG 640 x 480" }.SelectMany(setting => new[] { "ImageSharp 2.1", "StbImageSharp" }.Select(other => new RatioGoal("decode", setting, other, _ => 1))),
        new TimeGoal("predict", "conv", Bits: 256, Microseconds: 100),
        new TimeGoal("predict", "grid", Bits: 256, Microseconds: 90),
    ];

    /// <summary>Whether a run meets it; null where the run has no such measurements, or there is no goal for its registers.</summary>
    public GoalOutcome? In(BenchmarkResults results) => results.Find(Topic, Setting, BenchmarkMeasurement.Ours) is { } ours ? Of(ours, results) : null;

    /// <summary>The same, where ImageSig was measured.</summary>
    protected abstract GoalOutcome? Of(BenchmarkMeasurement ours, BenchmarkResults results);
}
