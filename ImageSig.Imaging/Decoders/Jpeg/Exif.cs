using System.Buffers.Binary;

namespace ImageSig.Imaging.Decoders;

/// <summary>The one fact of a camera's notes that changes what is seen: how the camera was held.</summary>
/// <remarks>Source: CIPA DC-008 (Exif 2.32), section 4.6.4, tag 274; TIFF 6.0, section 2.</remarks>
internal static class Exif
{
    private const int OrientationTag = 0x0112;

    /// <summary>The orientation 1…8 that an APP1 segment names; null where it names none. Damaged notes are no notes.</summary>
    public static int? Orientation(ReadOnlySpan<byte> segment)
    {
        if (!segment.StartsWith("Exif\0\0"u8))
            return null;
        ReadOnlySpan<byte> tiff = segment[6..];
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
                return Read16(entries[8..], little) is >= 1 and <= 8 and int value ? value : null;
        return null;
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

    private static int Read16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Read32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
