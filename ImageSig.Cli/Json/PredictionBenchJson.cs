using System.Text.Json.Serialization;
using ImageSig.Measurement;

namespace ImageSig.Cli.Json;

/// <summary>What <c>bench predict --json</c> prints. Times in milliseconds; those of the stages are medians.</summary>
internal sealed record PredictionBenchJson(
    string Model, int Images, int Threads, int Frames, double FramesPerSecond, double P50, double P99, double Decode, double Resize, double Signature, double Network,
    long PeakMemory, long AllocatedPerFrame, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? JoulesPerFrame)
{
    public static PredictionBenchJson Of(string model, int images, int threads, PredictionBenchmark result) => new(
        model, images, threads, result.Frames, Math.Round(result.Frames / result.Seconds, 1), Rounded(result.Median), Rounded(result.Percentile99),
        Rounded(result.Decode), Rounded(result.Resize), Rounded(result.Features), Rounded(result.Network), result.PeakMemory, result.Allocated, result.Joules);

    private static double Rounded(double milliseconds) => Math.Round(milliseconds, 4);
}
