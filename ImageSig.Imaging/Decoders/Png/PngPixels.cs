namespace ImageSig.Imaging.Decoders;

/// <summary>Turns restored rows of any color type and depth into RGB, with transparency laid over white.</summary>
/// <remarks>16-bit samples become 8-bit by <c>round(v / 257)</c>, narrower ones by <c>v · 255 / (2^depth − 1)</c>; gamma is ignored.</remarks>
internal sealed class PngPixels(PngHeader header)
{
    private readonly byte[] palette = new byte[256 * 3];
    private int colors;
    private readonly int[] transparent = [-1, -1, -1];

    /// <summary>Takes the PLTE chunk; in a picture of colors it is a suggestion and concerns no pixel.</summary>
    public void SetPalette(ReadOnlySpan<byte> data)
    {
        if (header.Color != PngColor.Palette)
            return;
        if (data.Length is 0 or > 768 || data.Length % 3 != 0)
            throw new ImageFormatException($"PNG: the palette holds {data.Length} bytes, it must hold 3 for each of 1 to 256 colors; the file is damaged.");
        data.CopyTo(palette);
        colors = data.Length / 3;
    }

    /// <summary>Takes the tRNS chunk: an alpha for each palette entry, or the one color that is not to be seen.</summary>
    public void SetTransparency(ReadOnlySpan<byte> data)
    {
        if (header.Color == PngColor.Palette)
        {
            for (int i = 0; i < Math.Min(data.Length, colors); i++)
                for (int channel = 3 * i; channel < 3 * i + 3; channel++)
                    palette[channel] = (byte)OverWhite(palette[channel], data[i], 255);
            return;
        }
        if (header.Color is PngColor.Gray or PngColor.Rgb && data.Length == 2 * header.Channels)
            for (int channel = 0; channel < header.Channels; channel++)
                transparent[channel] = ((data[2 * channel] << 8) | data[2 * channel + 1]) & ((1 << header.BitDepth) - 1);
    }

    /// <summary>Prepares to convert, once every chunk was taken.</summary>
    public void Complete()
    {
        if (header.Color == PngColor.Palette && colors == 0)
            throw new ImageFormatException("PNG: a palette picture without its palette; the file is damaged.");
        // Shades of gray are a palette as well.
        if (header.Color != PngColor.Gray || header.BitDepth > 8)
            return;
        for (int sample = 0; sample < 1 << header.BitDepth; sample++)
            palette.AsSpan(3 * sample, 3).Fill(sample == transparent[0] ? (byte)255 : To8Bit(sample));
    }

    /// <summary>Converts a row.</summary>
    /// <param name="row">Restored bytes of <paramref name="count"/> pixels.</param>
    /// <param name="count">Pixels in the row.</param>
    /// <param name="target">Where the first pixel goes, [.., 3].</param>
    /// <param name="step">Bytes from one target pixel to the next: 3, or more in an interlaced pass.</param>
    public void Convert(ReadOnlySpan<byte> row, int count, Span<byte> target, int step)
    {
        bool plain = header.BitDepth == 8 && transparent[0] < 0;
        if (plain && header.Color == PngColor.Rgb && step == 3)
        {
            row[..(3 * count)].CopyTo(target);
            return;
        }
        if (header.Channels == 1 && header.BitDepth <= 8)
        {
            ConvertIndices(row, count, target, step);
            return;
        }
        Span<byte> pixel = stackalloc byte[3];
        for (int x = 0, to = 0; x < count; x++, to += step)
        {
            Pixel(row, x * header.Channels, pixel);
            pixel.CopyTo(target[to..]);
        }
    }

    /// <summary>Colors of the palette, black beyond it as in libpng.</summary>
    private void ConvertIndices(ReadOnlySpan<byte> row, int count, Span<byte> target, int step)
    {
        int depth = header.BitDepth;
        int most = (1 << depth) - 1;
        int perByte = 8 / depth;
        ReadOnlySpan<byte> from = palette;
        for (int x = 0, at = 0, to = 0; x < count; at++)
        {
            int bits = row[at];
            for (int end = Math.Min(count, x + perByte), shift = 8 - depth; x < end; x++, shift -= depth, to += step)
            {
                int index = 3 * (bits >> shift & most);
                target[to + 2] = from[index + 2];
                target[to + 1] = from[index + 1];
                target[to] = from[index];
            }
        }
    }

    private void Pixel(ReadOnlySpan<byte> row, int first, Span<byte> pixel)
    {
        bool gray = header.Color is PngColor.Gray or PngColor.GrayAlpha;
        bool hidden = transparent[0] >= 0;
        int most = (1 << header.BitDepth) - 1;
        int alpha = header.Color is PngColor.GrayAlpha or PngColor.RgbAlpha ? Sample(row, first + header.Channels - 1) : most;
        for (int channel = 0; channel < 3; channel++)
        {
            int sample = Sample(row, gray ? first : first + channel);
            hidden &= sample == transparent[gray ? 0 : channel];
            pixel[channel] = To8Bit(OverWhite(sample, alpha, most));
        }
        if (hidden)
            pixel.Fill(255);
    }

    /// <summary><c>sample · alpha + white · (1 − alpha)</c>, at the file's own depth.</summary>
    private static int OverWhite(int sample, int alpha, int most) =>
        alpha == most ? sample : (int)(((long)sample * alpha + (long)most * (most - alpha) + most / 2) / most);

    private byte To8Bit(int sample) => header.BitDepth switch
    {
        16 => (byte)((sample + 128) / 257),
        8 => (byte)sample,
        int depth => (byte)(sample * 255 / ((1 << depth) - 1)),
    };

    private int Sample(ReadOnlySpan<byte> row, int index)
    {
        if (header.BitDepth == 8)
            return row[index];
        if (header.BitDepth == 16)
            return (row[2 * index] << 8) | row[2 * index + 1];
        int bit = index * header.BitDepth;
        return row[bit >> 3] >> (8 - header.BitDepth - (bit & 7)) & ((1 << header.BitDepth) - 1);
    }
}
