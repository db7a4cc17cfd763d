using BenchmarkDotNet.Attributes;
using ImageSig.Imaging;
using ImageSig.Measurement;

namespace ImageSig.Benchmarks.Imaging;

/// <summary>A camera's JPEG to 64x64, as prediction does it: decode and area resize. What is allocated is the two pictures.</summary>
[MemoryDiagnoser]
public class JpegBenchmarks
{
    private readonly byte[] file = BenchPictures.Jpeg(1280, 960);
    private DecodeOptions options = DecodeOptions.Default;

    /// <summary>1 decodes the whole picture, 8 an eighth of either side.</summary>
    [Params(1, 2, 4, 8)]
    public int Scale { get; set; }

    [GlobalSetup]
    public void Prepare() => options = new() { Scale = Scale };

    [Benchmark]
    public Image DecodeAndResize() => Resize.Area(Image.Decode(file, options), 64, 64);
}
