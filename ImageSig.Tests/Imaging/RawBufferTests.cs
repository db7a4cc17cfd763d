using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

public class RawBufferTests
{
    private const byte Gap = 99;

    [Theory]
    [InlineData(PixelFormat.Rgb24, 3, 0, 1, 2)]
    [InlineData(PixelFormat.Bgr24, 3, 2, 1, 0)]
    [InlineData(PixelFormat.Rgba32, 4, 0, 1, 2)]
    [InlineData(PixelFormat.Bgra32, 4, 2, 1, 0)]
    [InlineData(PixelFormat.Gray8, 1, 0, 0, 0)]
    public void Interleaved_pixels_are_put_in_order_and_gaps_between_rows_are_passed_over(PixelFormat format, int bytes, int red, int green, int blue)
    {
        const int Width = 5, Height = 3;
        foreach (int gap in (int[])[0, 7])
        {
            int stride = (Width * bytes) + gap;
            byte[] buffer = new byte[(stride * (Height - 1)) + (Width * bytes)];
            Array.Fill(buffer, Gap);
            Image expected = new(Width, Height);
            for (int y = 0; y < Height; y++)
                for (int x = 0; x < Width; x++)
                {
                    for (int i = 0; i < bytes; i++)
                        buffer[(y * stride) + (x * bytes) + i] = (byte)((y * 50) + (x * 4) + i);
                    int first = (y * stride) + (x * bytes);
                    (expected.Row(y)[3 * x], expected.Row(y)[(3 * x) + 1], expected.Row(y)[(3 * x) + 2]) = (buffer[first + red], buffer[first + green], buffer[first + blue]);
                }
            Assert.Equal(expected.Pixels.ToArray(), Image.FromPixels(buffer, new PixelLayout(format, Width, Height, gap == 0 ? 0 : stride)).Pixels.ToArray());
        }
    }

    [Theory]
    [InlineData(PixelFormat.Yuv420, false)]
    [InlineData(PixelFormat.Yuv420, true)]
    [InlineData(PixelFormat.Nv12, false)]
    [InlineData(PixelFormat.Nv12, true)]
    public void Planes_of_luma_and_color_become_the_nearest_rgb(PixelFormat format, bool videoRange)
    {
        const int Width = 7, Height = 5, Stride = 10;
        PixelLayout layout = new(format, Width, Height, Stride) { VideoRange = videoRange };
        byte[] buffer = new byte[layout.MinLength];
        new Random(1).NextBytes(buffer);
        Image image = Image.FromPixels(buffer, layout);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                int u, v, start = Stride * Height;
                if (format == PixelFormat.Nv12)
                    (u, v) = (buffer[start + (y / 2 * Stride) + (x / 2 * 2)], buffer[start + (y / 2 * Stride) + (x / 2 * 2) + 1]);
                else
                    (u, v) = (buffer[start + (y / 2 * 5) + (x / 2)], buffer[start + (5 * 3) + (y / 2 * 5) + (x / 2)]);
                double luma = buffer[(y * Stride) + x], color = videoRange ? 255 / 224.0 : 1;
                luma = videoRange ? (luma - 16) * 255 / 219 : luma;
                double[] expected =
                [
                    luma + (1.402 * color * (v - 128)), luma - (0.344136 * color * (u - 128)) - (0.714136 * color * (v - 128)), luma + (1.772 * color * (u - 128)),
                ];
                for (int channel = 0; channel < 3; channel++)
                    Assert.InRange(image.Row(y)[(3 * x) + channel] - Math.Clamp(expected[channel], 0, 255), -0.51, 0.51);
            }
    }

    [Fact]
    public void A_buffer_that_is_too_short_or_a_layout_that_cannot_be_is_refused()
    {
        Assert.Contains("take 75 bytes", Assert.Throws<ArgumentException>("buffer", () => Image.FromPixels(new byte[74], new(PixelFormat.Rgb24, 5, 5))).Message, StringComparison.Ordinal);
        Assert.Contains("stride of 14 bytes", Assert.Throws<ArgumentException>(() => Image.FromPixels(new byte[99], new(PixelFormat.Rgb24, 5, 5, 14))).Message, StringComparison.Ordinal);
        Assert.Contains("at least 1x1", Assert.Throws<ArgumentException>(() => Image.FromPixels([], new(PixelFormat.Gray8, 0, 5))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("buffer", () => Image.FromPixels(new byte[37], new(PixelFormat.Yuv420, 5, 5)));
    }
}
