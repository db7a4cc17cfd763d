using ImageSig.Benchmarks.Results;

namespace ImageSig.Benchmarks.Running;

/// <summary>Names of programs that ImageSig is compared with, and which of them cannot run here.</summary>
internal static partial class Programs
{
    public const string PlainLoop = "plain loop", TensorPrimitives = "TensorPrimitives", MathNet = "Math.NET Numerics", OnnxRuntime = "ONNX Runtime 1.31", MicrosoftML = "ML.NET 5.0",
        LibTorch = "LibTorch 2.10", NewPicture = "ImageSig, a new picture", ImageSharp = "ImageSharp 2.1", Stb = "StbImageSharp", Skia = "SkiaSharp (libjpeg-turbo)";

    /// <summary>The order in which they stand in a table.</summary>
    public static string[] Order { get; } = [BenchmarkMeasurement.Ours, NewPicture, PlainLoop, TensorPrimitives, MathNet, LibTorch, OnnxRuntime, MicrosoftML, ImageSharp, Stb, Skia];

    /// <summary>Methods that cannot be measured here, and why.</summary>
    public static Dictionary<string, string> Absent { get; } = [];

    /// <summary>Makes the libraries of others ready, on one thread each, and notes those that do not load.</summary>
    public static void Prepare()
    {
        PrepareOthers();
        PreparePeers();
        foreach ((string method, string reason) in Absent)
            Console.WriteLine($"Not compared with {method}: {reason}");
    }

    static partial void PrepareOthers();

    static partial void PreparePeers();
}
