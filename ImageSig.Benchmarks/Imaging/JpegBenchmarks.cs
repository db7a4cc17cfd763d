using BenchmarkDotNet.Attributes;
using ImageSig.Imaging;

namespace ImageSig.Benchmarks.Imaging;

/// <summary>A camera's JPEG to 64x64, as prediction does it: decode and area resize. What is allocated is the two pictures.</summary>
[MemoryDiagnoser]
public class JpegBenchmarks
{
    private readonly byte[] file = Photograph(1280, 960).EncodeJpeg(quality: 85);
    private DecodeOptions options = DecodeOptions.Default;

    /// <summary>1 decodes the whole picture, 8 an eighth of either side.</summary>
    [Params(1, 2, 4, 8)]
    public int Scale { get; set; }

    [GlobalSetup]
    public void Prepare() => options = new() { Scale = Scale };

    [Benchmark]
    public Image DecodeAndResize() => Resize.Area(Image.Decode(file, options), 64, 64);

    /// <summary>Shades, edges and grain: about as many bits a pixel as a photograph.</summary>
    private static Image Photograph(int width, int height)
    {
        Image picture = new(width, height);
        Random grain = new(1);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < 3 * width; x++)
                picture.Row(y)[x] = (byte)(128 + 60 * Math.Sin(x / 97.0 + y / 61.0) + ((x / 480 + y / 120) % 3 == 0 ? 40 : 0) + grain.Next(-8, 9));
        return picture;
    }
}
