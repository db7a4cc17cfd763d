namespace ImageSig.Imaging;

public sealed partial class Image
{
    /// <summary>A picture of a raw buffer's pixels, which are copied.</summary>
    /// <param name="buffer">At least <see cref="PixelLayout.MinLength"/> bytes.</param>
    /// <param name="layout">What is in it.</param>
    /// <exception cref="ArgumentException">The buffer is shorter than the layout says, a side is below 1, or the stride is shorter than a row.</exception>
    public static Image FromPixels(ReadOnlySpan<byte> buffer, PixelLayout layout)
    {
        if (buffer.Length < layout.MinLength)
            throw new ArgumentException(
                $"Image.FromPixels: {layout.Width}x{layout.Height} pixels of {layout.Format} with a stride of {layout.RowStride} take {layout.MinLength} bytes, the buffer holds {buffer.Length}.", nameof(buffer));
        Image image = Uncleared(layout.Width, layout.Height);
        for (int y = 0; y < layout.Height; y++)
        {
            ReadOnlySpan<byte> row = buffer.Slice(y * layout.RowStride, layout.Format is PixelFormat.Nv12 ? layout.Width : layout.RowLength);
            Span<byte> result = image.Row(y);
            switch (layout.Format)
            {
                case PixelFormat.Rgb24:
                    row.CopyTo(result);
                    break;
                case PixelFormat.Rgba32:
                    Pick(row, 4, 0, 1, 2, result);
                    break;
                case PixelFormat.Bgr24:
                    Pick(row, 3, 2, 1, 0, result);
                    break;
                case PixelFormat.Bgra32:
                    Pick(row, 4, 2, 1, 0, result);
                    break;
                case PixelFormat.Gray8:
                    Pick(row, 1, 0, 0, 0, result);
                    break;
                default:
                    Convert(row, ColorOf(buffer, layout, y, second: false), ColorOf(buffer, layout, y, second: true), layout, result);
                    break;
            }
        }
        return image;
    }

    private static void Pick(ReadOnlySpan<byte> row, int step, int red, int green, int blue, Span<byte> result)
    {
        for (int from = 0, to = 0; to < result.Length; from += step, to += 3)
            (result[to], result[to + 1], result[to + 2]) = (row[from + red], row[from + green], row[from + blue]);
    }

    /// <summary>The values of U, or of V, that belong to a row, from the first on.</summary>
    private static ReadOnlySpan<byte> ColorOf(ReadOnlySpan<byte> buffer, PixelLayout layout, int y, bool second)
    {
        ReadOnlySpan<byte> color = buffer[(layout.RowStride * layout.Height)..];
        color = color[(y / 2 * layout.ColorStride)..];
        return layout.Format == PixelFormat.Nv12 ? color[(second ? 1 : 0)..] : color[(second ? layout.ColorStride * layout.ColorRows : 0)..];
    }

    /// <summary><c>R = Y + a (V − 128), G = Y − b (U − 128) − c (V − 128), B = Y + d (U − 128)</c>, Y stretched first where its range is that of video.</summary>
    private static void Convert(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> u, ReadOnlySpan<byte> v, PixelLayout layout, Span<byte> result)
    {
        // In units of 1/65536, as libjpeg's.
        (int black, int scale, int a, int b, int c, int d) = layout.VideoRange ? (16, 76309, 104597, 25675, 53279, 132201) : (0, 65536, 91881, 22554, 46802, 116130);
        int step = layout.Format == PixelFormat.Nv12 ? 2 : 1;
        for (int x = 0; x < luma.Length; x++)
        {
            int y = ((luma[x] - black) * scale) + 32768, blue = u[x / 2 * step] - 128, red = v[x / 2 * step] - 128;
            result[3 * x] = Level(y + (a * red));
            result[(3 * x) + 1] = Level(y - (b * blue) - (c * red));
            result[(3 * x) + 2] = Level(y + (d * blue));
        }
    }

    private static byte Level(int value) => (byte)Math.Clamp(value >> 16, 0, 255);
}
