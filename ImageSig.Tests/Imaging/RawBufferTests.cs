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
    public void Fast_rows_have_the_bytes_of_the_formula_at_every_width()
    {
        Random random = new(2);
        foreach (PixelFormat format in Enum.GetValues<PixelFormat>())
            foreach (bool videoRange in (bool[])[false, true])
                for (int width = 1; width < 70; width++)
                {
                    PixelLayout layout = new(format, width, 3, width % 3 == 0 ? 0 : (4 * width) + 5) { VideoRange = videoRange };
                    byte[] buffer = new byte[layout.MinLength];
                    random.NextBytes(buffer);
                    Assert.Equal(Plain(buffer, layout), Image.FromPixels(buffer, layout).Pixels.ToArray());
                }
    }

    [Fact]
    public void Every_color_of_video_has_the_bytes_of_the_formula()
    {
        // All Y and U along the columns of a picture, one V a picture.
        PixelLayout layout = new(PixelFormat.Yuv420, 512, 256) { VideoRange = true };
        byte[] buffer = new byte[layout.MinLength];
        for (int i = 0; i < 512 * 256; i++)
            buffer[i] = (byte)(i / 512);
        for (int i = 0; i < 256 * 128; i++)
            buffer[(512 * 256) + i] = (byte)i;
        for (int v = 0; v < 256; v += 15)
        {
            buffer.AsSpan((512 * 256) + (256 * 128)).Fill((byte)v);
            Assert.Equal(Plain(buffer, layout), Image.FromPixels(buffer, layout).Pixels.ToArray());
        }
    }

    [Fact]
    public void A_fitted_picture_has_the_pixels_of_the_whole_one_brought_to_the_size()
    {
        byte[] buffer = new byte[4 * 70_001 * 2];
        new Random(3).NextBytes(buffer);
        foreach (PixelFormat format in Enum.GetValues<PixelFormat>())
            foreach ((int width, int height) in ((int, int)[])[(1, 1), (7, 5), (101, 90), (70_001, 2)])
                foreach (ImageFit fit in Enum.GetValues<ImageFit>())
                {
                    PixelLayout layout = new(format, width, height) { VideoRange = fit == ImageFit.Crop };
                    Image expected = Resize.Fit(Image.FromPixels(buffer, layout), 16, 12, fit, bars: 3);
                    Assert.Equal(expected.Pixels.ToArray(), Image.FromPixelsFitted(buffer, layout, 16, 12, fit, bars: 3).Pixels.ToArray());
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

    /// <summary>[H, W, 3], a pixel at a time.</summary>
    private static byte[] Plain(byte[] buffer, PixelLayout layout)
    {
        byte[] rgb = new byte[3 * layout.Width * layout.Height];
        (int black, int gray, int a, int b, int c, int d) = layout.VideoRange ? (16, 76309, 104597, 25675, 53279, 132201) : (0, 65536, 91881, 22554, 46802, 116130);
        int colors = layout.RowStride * layout.Height, second = (layout.RowStride + 1) / 2 * ((layout.Height + 1) / 2);
        for (int at = 0, y = 0; y < layout.Height; y++)
            for (int x = 0; x < layout.Width; x++, at += 3)
            {
                int start = y * layout.RowStride, planar = colors + (y / 2 * ((layout.RowStride + 1) / 2)) + (x / 2), paired = colors + (y / 2 * layout.RowStride) + (x / 2 * 2);
                (rgb[at], rgb[at + 1], rgb[at + 2]) = layout.Format switch
                {
                    PixelFormat.Rgb24 => (buffer[start + (3 * x)], buffer[start + (3 * x) + 1], buffer[start + (3 * x) + 2]),
                    PixelFormat.Bgr24 => (buffer[start + (3 * x) + 2], buffer[start + (3 * x) + 1], buffer[start + (3 * x)]),
                    PixelFormat.Rgba32 => (buffer[start + (4 * x)], buffer[start + (4 * x) + 1], buffer[start + (4 * x) + 2]),
                    PixelFormat.Bgra32 => (buffer[start + (4 * x) + 2], buffer[start + (4 * x) + 1], buffer[start + (4 * x)]),
                    PixelFormat.Gray8 => (buffer[start + x], buffer[start + x], buffer[start + x]),
                    PixelFormat.Yuv420 => Rgb(buffer[start + x], buffer[planar], buffer[planar + second]),
                    _ => Rgb(buffer[start + x], buffer[paired], buffer[paired + 1]),
                };
            }
        return rgb;

        (byte, byte, byte) Rgb(int luma, int u, int v)
        {
            int light = ((luma - black) * gray) + 32768;
            return (Level(light + (a * (v - 128))), Level(light - (b * (u - 128)) - (c * (v - 128))), Level(light + (d * (u - 128))));
        }

        static byte Level(int value) => (byte)Math.Clamp(value >> 16, 0, 255);
    }
}
