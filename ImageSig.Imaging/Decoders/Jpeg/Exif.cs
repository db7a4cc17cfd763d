using System.Buffers.Binary;

namespace ImageSig.Imaging.Decoders;

/// <summary>The one fact of a camera's notes that changes what is seen: how the camera was held.</summary>
/// <remarks>Source: CIPA DC-008 (Exif 2.32), section 4.6.4, tag 274; TIFF 6.0, section 2.</remarks>
internal static class Exif
{
    private const int OrientationTag = 0x0112;

    /// <summary>The orientation 1…8 that an APP1 segment names, 1 where it holds notes without one; null where it holds no notes. Damaged notes are no notes.</summary>
    public static int? Orientation(ReadOnlySpan<byte> segment) =>
        segment.StartsWith("Exif\0\0"u8) ? OrientationOf(segment[6..]) : null;

    /// <summary>The same of the notes themselves, as a PNG holds them.</summary>
    /// <param name="tiff">From the byte order on.</param>
    public static int? OrientationOf(ReadOnlySpan<byte> tiff)
    {
        bool little = tiff.StartsWith("II"u8);
        if (tiff.Length < 8 || (!little && !tiff.StartsWith("MM"u8)))
            return null;
        uint directory = Read32(tiff[4..], little);
        if (directory > tiff.Length - 2)
            return null;
        ReadOnlySpan<byte> entries = tiff[(int)directory..];
        int count = Read16(entries, little);
        for (entries = entries[2..]; count > 0 && entries.Length >= 12; count--, entries = entries[12..])
            if (Read16(entries, little) == OrientationTag)
                return Number(entries, little) is >= 1 and <= 8 and uint value ? (int)value : 1;
        return 1;
    }

    /// <summary>The picture as it was seen: itself where it stands upright.</summary>
    public static Image Upright(Image stored, int orientation)
    {
        if (orientation == 1)
            return stored;
        Image upright = orientation >= 5 ? Image.Uncleared(stored.Height, stored.Width) : Image.Uncleared(stored.Width, stored.Height);
        Orient(stored.Pixels, stored.Width, stored.Height, orientation, upright.Pixels);
        return upright;
    }

    /// <summary>Turns and mirrors a picture so that it stands upright.</summary>
    /// <param name="pixels">[height, width, 3] as stored.</param>
    /// <param name="width">Stored columns.</param>
    /// <param name="height">Stored rows.</param>
    /// <param name="orientation">2 mirrored, 3 upside down, 4 both, 5…8 the same with rows and columns exchanged.</param>
    /// <param name="target">Receives the upright picture; rows and columns exchanged from 5 on.</param>
    public static void Orient(ReadOnlySpan<byte> pixels, int width, int height, int orientation, Span<byte> target)
    {
        // Where pixel (0, 0) goes, and how far one step right and one step down in the stored picture lead.
        (long start, long right, long down) = orientation switch
        {
            2 => (width - 1L, -1L, width),
            3 => ((long)width * height - 1, -1, -width),
            4 => ((height - 1L) * width, 1, -width),
            5 => (0, height, 1),
            6 => (height - 1L, height, -1),
            7 => ((long)width * height - 1, -height, -1),
            8 => ((width - 1L) * height, -height, 1),
            _ => (0, 1, width),
        };
        for (int y = 0; y < height; y++)
        {
            long to = start + y * down;
            for (int x = 0; x < width; x++, to += right)
                pixels.Slice(3 * (y * width + x), 3).CopyTo(target[(int)(3 * to)..]);
        }
    }

    /// <summary>The value of an entry of one number: a byte, 16 bits as the standard has it, or 32, signed or not.</summary>
    private static uint Number(ReadOnlySpan<byte> entry, bool little) => Read16(entry[2..], little) switch
    {
        1 or 6 => entry[8],
        3 or 8 => (uint)Read16(entry[8..], little),
        4 or 9 => Read32(entry[8..], little),
        _ => 0,
    };

    private static int Read16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
