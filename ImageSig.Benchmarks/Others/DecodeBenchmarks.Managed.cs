using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;
using ImageSig.Imaging;
using SixLabors.ImageSharp.PixelFormats;
using StbImageSharp;
using Foreign = SixLabors.ImageSharp;

namespace ImageSig.Benchmarks.Imaging;

public partial class DecodeBenchmarks
{
    [Benchmark(Description = Programs.ImageSharp)]
    public void ImageSharp() => Foreign.Image.Load<Rgb24>(file).Dispose();

    [Benchmark(Description = Programs.Stb)]
    public ImageResult StbImageSharp() => ImageResult.FromMemory(file, ColorComponents.RedGreenBlue);

    partial void CheckManaged(Image ours)
    {
        using Foreign.Image<Rgb24> theirs = Foreign.Image.Load<Rgb24>(file);
        byte[] levels = new byte[ours.Pixels.Length];
        theirs.CopyPixelDataTo(levels);
        Agreement.CheckPixels(Programs.ImageSharp, ours.Pixels, levels, Allowed);
        Agreement.CheckPixels(Programs.Stb, ours.Pixels, StbImageSharp().Data, Allowed);
    }
}
