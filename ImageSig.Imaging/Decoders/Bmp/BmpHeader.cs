using System.Buffers.Binary;
using System.Numerics;

namespace ImageSig.Imaging.Decoders;

/// <summary>How the pixels of a bitmap are stored.</summary>
internal enum BmpCompression
{
    None = 0,
    RunLength8 = 1,
    RunLength4 = 2,
    Masks = 3,
    MasksWithAlpha = 6,
}

/// <summary>One color of a 16- or 32-bit pixel.</summary>
internal readonly record struct BmpMask(uint Bits)
{
    /// <summary>The bits' value of 0…255: of more than eight the nearest level, fewer repeated until there are eight; <paramref name="absent"/> where there are none.</summary>
    public byte Level(uint pixel, byte absent)
    {
        if (Bits == 0)
            return absent;
        int width = 32 - BitOperations.LeadingZeroCount(Bits) - BitOperations.TrailingZeroCount(Bits);
        if (width > 8)
        {
            ulong most = (1UL << width) - 1;
            return (byte)((255 * (ulong)((pixel & Bits) >> BitOperations.TrailingZeroCount(Bits)) + most / 2) / most);
        }
        uint level = (pixel & Bits) << BitOperations.LeadingZeroCount(Bits) >> 24;
        for (; width < 8; width *= 2)
            level |= level >> width;
        return (byte)level;
    }
}

/// <summary>Everything in front of a bitmap's pixels, checked.</summary>
internal readonly record struct BmpHeader(
    int Width, int Height, bool TopDown, int BitsPerPixel, BmpCompression Compression,
    BmpMask Red, BmpMask Green, BmpMask Blue, BmpMask Alpha, int PaletteStart, int PaletteCount, int PaletteStep, long PixelStart)
{
    private const int FileHeader = 14;

    /// <summary>Bytes of a stored row, padded to whole 32-bit words.</summary>
    public long RowBytes => ((long)Width * BitsPerPixel + 31) / 32 * 4;

    /// <summary>Reads the file header and any of the information headers of Windows and OS/2.</summary>
    /// <param name="file">The file, or its first 64 KB.</param>
    /// <param name="length">Bytes of the whole file.</param>
    /// <param name="options">The limits.</param>
    public static BmpHeader Read(ReadOnlySpan<byte> file, long length, DecodeOptions options)
    {
        if (file.Length < FileHeader + 4)
            throw CutShort(file);
        uint pixelStart = BinaryPrimitives.ReadUInt32LittleEndian(file[10..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[FileHeader..]);
        if (size is not (12 or 16 or (>= 40 and <= 124)))
            throw new ImageFormatException($"BMP: an information header of {size} bytes does not exist; the file is damaged.");
        if (file.Length < FileHeader + size)
            throw CutShort(file);
        ReadOnlySpan<byte> info = file.Slice(FileHeader, (int)size);
        bool core = size == 12;
        long width = core ? BinaryPrimitives.ReadUInt16LittleEndian(info[4..]) : BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
        long height = core ? BinaryPrimitives.ReadUInt16LittleEndian(info[6..]) : BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        bool topDown = height < 0;
        height = Math.Abs(height);
        ImageLimits.Check("BMP", width, height, options);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(info[(core ? 10 : 14)..]);
        uint compression = size >= 40 ? BinaryPrimitives.ReadUInt32LittleEndian(info[16..]) : 0;
        CheckKind(bits, compression, topDown, os2: size is > 12 and not (40 or 52 or 56 or 108 or 124));
        (BmpMask[] masks, int afterMasks) = Masks(file, info, bits, (BmpCompression)compression);
        uint declared = size >= 40 ? BinaryPrimitives.ReadUInt32LittleEndian(info[32..]) : 0;
        int count = bits > 8 ? 0 : declared is 0 or > 256 ? 1 << bits : (int)declared;
        int step = core ? 3 : 4;
        // Some writers leave entries out; what the pixels start behind is the palette's end at the latest.
        count = (int)Math.Min(count, Math.Max(0, Math.Min(pixelStart, length) - afterMasks) / step);
        if (pixelStart < FileHeader + size || pixelStart >= length)
            throw new ImageFormatException($"BMP: the pixels are declared to start at byte {pixelStart} of {length}; the file is truncated or damaged.");
        return new((int)width, (int)height, topDown, bits, (BmpCompression)compression,
            masks[0], masks[1], masks[2], masks[3], afterMasks, count, step, pixelStart);
    }

    /// <summary>The palette as RGB, [256, 3]; black beyond what the file holds, as in PNG.</summary>
    /// <param name="file">What <see cref="Read"/> was given.</param>
    public byte[] Colors(ReadOnlySpan<byte> file)
    {
        byte[] colors = new byte[3 * 256];
        for (int index = 0; index < PaletteCount; index++)
        {
            ReadOnlySpan<byte> entry = file.Slice(PaletteStart + index * PaletteStep, 3);
            (colors[3 * index], colors[3 * index + 1], colors[3 * index + 2]) = (entry[2], entry[1], entry[0]);
        }
        return colors;
    }

    private static void CheckKind(int bits, uint compression, bool topDown, bool os2)
    {
        if (os2 && (compression is 3 or 4))
            throw new ImageFormatException($"BMP: {(compression == 3 ? "OS/2 Huffman coding" : "OS/2 run lengths of 24 bits (RLE24)")} is not supported; save the picture as PNG.");
        if (compression is 4 or 5)
            throw new ImageFormatException($"BMP: a {(compression == 4 ? "JPEG" : "PNG")} inside a bitmap is not supported; save the picture as {(compression == 4 ? "JPEG" : "PNG")} itself.");
        bool known = compression switch
        {
            0 => bits is 1 or 2 or 4 or 8 or 16 or 24 or 32,
            1 => bits == 8 && !topDown,
            2 => bits == 4 && !topDown,
            3 or 6 => bits is 16 or 32,
            _ => false,
        };
        if (!known)
            throw new ImageFormatException($"BMP: {bits} bits per pixel with compression {compression}{(topDown ? ", top down," : "")} are not supported; save the picture as PNG.");
    }

    /// <summary>The masks of a 16- or 32-bit picture: in the header, behind it, or the usual ones; and where what follows starts.</summary>
    private static (BmpMask[] Masks, int End) Masks(ReadOnlySpan<byte> file, ReadOnlySpan<byte> info, int bits, BmpCompression compression)
    {
        int end = FileHeader + info.Length;
        BmpMask[] masks = bits == 16 ? [new(0x7C00), new(0x3E0), new(0x1F), new(0)] : [new(0xFF0000), new(0xFF00), new(0xFF), new(0)];
        if (compression is not (BmpCompression.Masks or BmpCompression.MasksWithAlpha))
            return (masks, end);
        int count = info.Length >= 56 || compression == BmpCompression.MasksWithAlpha ? 4 : 3;
        if (info.Length < 52)
            end += 4 * count;
        if (file.Length < FileHeader + 40 + 4 * count)
            throw CutShort(file);
        for (int i = 0; i < count; i++)
            masks[i] = new(BinaryPrimitives.ReadUInt32LittleEndian(file[(FileHeader + 40 + 4 * i)..]));
        return (masks, end);
    }

    private static ImageFormatException CutShort(ReadOnlySpan<byte> file) =>
        new($"BMP: the file ends after {file.Length} bytes, inside its header; it is truncated, copy it again.");
}
