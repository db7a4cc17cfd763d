using ImageSig.Measurement;

namespace ImageSig.Cli.Json;

/// <summary>What <c>bench predict --json</c> prints. Times in milliseconds; those of the stages are medians.</summary>
internal static class PredictionBenchJson
{
    public static JsonMembers Of(IReadOnlyList<string> models, int images, int threads, PredictionBenchmark result) => new(
        models.Count == 1 ? ("model", models[0]) : ("models", models), ("images", images), ("threads", threads), ("frames", result.Frames), ("framesPerSecond", Math.Round(result.Frames / result.Seconds, 1)),
        ("p50", Rounded(result.Median)), ("p99", Rounded(result.Percentile99)), ("decode", Rounded(result.Decode)), ("resize", Rounded(result.Resize)),
        ("signature", Rounded(result.Features)), ("network", Rounded(result.Network)), ("peakMemory", result.PeakMemory), ("allocatedPerFrame", result.Allocated),
        ("?joulesPerFrame", result.Joules));

    private static double Rounded(double milliseconds) => Math.Round(milliseconds, 4);
}
