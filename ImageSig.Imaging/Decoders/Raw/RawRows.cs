using System.Buffers;

namespace ImageSig.Imaging.Decoders;

/// <summary>A raw buffer's pixels, row by row, as a decoder gives those of a file.</summary>
internal static class RawRows
{
    /// <summary>Puts all rows into a target.</summary>
    /// <param name="buffer">At least <see cref="PixelLayout.MinLength"/> bytes.</param>
    /// <param name="layout">What is in it.</param>
    /// <param name="target">Begun here.</param>
    public static void Put(ReadOnlySpan<byte> buffer, PixelLayout layout, RowTarget target)
    {
        int piece = Math.Min(layout.Width, RowTarget.LongestPiece);
        byte[] rented = layout.HasPlanes ? ArrayPool<byte>.Shared.Rent(2 * piece) : [];
        target.Begin(layout.Width, layout.Height);
        for (int y = 0; y < layout.Height; y++)
            for (int x = 0; x < layout.Width; x += piece)
            {
                int count = Math.Min(piece, layout.Width - x);
                Write(buffer, layout, y, x, target.Row(y, x, count), rented.AsSpan(0, 2 * (layout.HasPlanes ? count : 0)));
                target.Take(y, x, count);
            }
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>The pixels of row <paramref name="y"/> from column <paramref name="x"/>, which is even, on.</summary>
    private static void Write(ReadOnlySpan<byte> buffer, PixelLayout layout, int y, int x, Span<byte> rgb, Span<byte> colors)
    {
        int count = rgb.Length / 3;
        ReadOnlySpan<byte> row = buffer.Slice((y * layout.RowStride) + (x * layout.BytesPerPixel), count * layout.BytesPerPixel);
        switch (layout.Format)
        {
            case PixelFormat.Rgb24:
                row.CopyTo(rgb);
                break;
            case PixelFormat.Rgba32:
                RawPixels.Pick(row, 4, 0, 1, 2, rgb);
                break;
            case PixelFormat.Bgr24:
                RawPixels.Pick(row, 3, 2, 1, 0, rgb);
                break;
            case PixelFormat.Bgra32:
                RawPixels.Pick(row, 4, 2, 1, 0, rgb);
                break;
            case PixelFormat.Gray8:
                JpegColor.Interleave(row, row, row, rgb);
                break;
            default:
                Span<byte> u = colors[..count], v = colors[count..];
                ReadOnlySpan<byte> planes = buffer[((layout.RowStride * layout.Height) + (y / 2 * layout.ColorStride))..];
                if (layout.Format == PixelFormat.Nv12)
                {
                    RawPixels.DoublePairs(planes[x..], u, v);
                }
                else
                {
                    RawPixels.Double(planes[(x / 2)..], u);
                    RawPixels.Double(planes[((layout.ColorStride * layout.ColorRows) + (x / 2))..], v);
                }
                if (layout.VideoRange)
                    VideoColor.FromYcc(row, u, v, rgb);
                else
                    JpegColor.FromYcc(row, u, v, rgb);
                break;
        }
    }
}
