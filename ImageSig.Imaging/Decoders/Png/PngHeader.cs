using System.Buffers.Binary;

namespace ImageSig.Imaging.Decoders;

/// <summary>How the samples of a PNG are laid out.</summary>
internal enum PngColor
{
    Gray = 0,
    Rgb = 2,
    Palette = 3,
    GrayAlpha = 4,
    RgbAlpha = 6,
}

/// <summary>The first chunk of a PNG, checked.</summary>
internal readonly record struct PngHeader(int Width, int Height, int BitDepth, PngColor Color, bool Interlaced)
{
    /// <summary>Samples of one pixel.</summary>
    public int Channels => Color switch
    {
        PngColor.Rgb => 3,
        PngColor.GrayAlpha => 2,
        PngColor.RgbAlpha => 4,
        _ => 1,
    };

    /// <summary>Bytes of a row of <paramref name="width"/> pixels, without its filter byte.</summary>
    public long RowBytes(int width) => ((long)width * Channels * BitDepth + 7) / 8;

    /// <summary>The distance at which filters look back: whole bytes of a pixel, at least 1.</summary>
    public int FilterStep => Math.Max(1, Channels * BitDepth / 8);

    /// <summary>Reads the 13 bytes of IHDR and refuses what cannot be.</summary>
    public static PngHeader Read(ReadOnlySpan<byte> data, DecodeOptions options)
    {
        if (data.Length != 13)
            throw new ImageFormatException($"PNG: the header holds {data.Length} bytes, it must hold 13; the file is damaged.");
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        ImageLimits.Check("PNG", width, height, options);
        (int depth, int color, int compression, int filter, int interlace) = (data[8], data[9], data[10], data[11], data[12]);
        bool known = color switch
        {
            (int)PngColor.Gray => depth is 1 or 2 or 4 or 8 or 16,
            (int)PngColor.Palette => depth is 1 or 2 or 4 or 8,
            (int)PngColor.Rgb or (int)PngColor.GrayAlpha or (int)PngColor.RgbAlpha => depth is 8 or 16,
            _ => false,
        };
        if (!known)
            throw new ImageFormatException($"PNG: color type {color} with {depth} bits per sample does not exist; the file is damaged.");
        if (compression != 0 || filter != 0 || interlace > 1)
            throw new ImageFormatException($"PNG: compression {compression}, filter {filter}, interlace {interlace}: only 0, 0 and 0 or 1 exist; the file is damaged.");
        return new((int)width, (int)height, depth, (PngColor)color, interlace == 1);
    }
}
