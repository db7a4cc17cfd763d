using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;
using ImageSig.Imaging;
using ImageSig.Measurement;

namespace ImageSig.Benchmarks.Imaging;

/// <summary>A file in memory to a picture of 8-bit colors at its full size. Decoders may differ in how they round and interpolate colors.</summary>
[Topic("decode", 12)]
public partial class DecodeBenchmarks
{
    /// <summary>The mean difference of two decoders' levels: of a JPEG, whose colors each smooths in its own way.</summary>
    private const double Levels = 2;

    private byte[] file = [];
    private Image? picture;

    [Params("JPEG 1280 x 960", "JPEG 640 x 480", "PNG 640 x 480")]
    public string Setting { get; set; } = "";

    private double Allowed => Setting.StartsWith("PNG", StringComparison.Ordinal) ? 0 : Levels;

    [GlobalSetup]
    public void Prepare()
    {
        file = Setting switch
        {
            "JPEG 1280 x 960" => BenchPictures.Jpeg(1280, 960),
            "JPEG 640 x 480" => BenchPictures.Jpeg(640, 480),
            _ => Image.Decode(BenchPictures.Jpeg(640, 480)).EncodePng(),
        };
        Image ours = NewPicture();
        CheckManaged(ours);
        CheckSkiaSharp(ours);
    }

    /// <summary>Over the picture before, as ImageSharp takes the memory of one from its pool.</summary>
    [Benchmark(Baseline = true, Description = "ImageSig")]
    public Image ImageSig() => picture = Image.Decode(file, null, picture);

    [Benchmark(Description = Programs.NewPicture)]
    public Image NewPicture() => Image.Decode(file);

    partial void CheckManaged(Image ours);

    partial void CheckSkiaSharp(Image ours);
}
