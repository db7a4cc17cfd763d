using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;
using ImageSig.Imaging;
using SkiaSharp;

namespace ImageSig.Benchmarks.Imaging;

public partial class DecodeBenchmarks
{
    partial void CheckSkiaSharp(Image ours)
    {
        using SKBitmap bitmap = SKBitmap.Decode(file);
        byte[] levels = new byte[ours.Pixels.Length];
        SKColor[] colors = bitmap.Pixels;
        for (int pixel = 0; pixel < colors.Length; pixel++)
            (levels[3 * pixel], levels[3 * pixel + 1], levels[3 * pixel + 2]) = (colors[pixel].Red, colors[pixel].Green, colors[pixel].Blue);
        Agreement.CheckPixels(Programs.Skia, ours.Pixels, levels, Allowed);
    }

    /// <summary>To four bytes a pixel: Skia has no picture of three.</summary>
    [Benchmark(Description = Programs.Skia)]
    public void SkiaSharp() => SKBitmap.Decode(file).Dispose();
}
