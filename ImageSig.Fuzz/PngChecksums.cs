using System.Buffers.Binary;
using ImageSig.Imaging;

namespace ImageSig.Fuzz;

/// <summary>Mends the checksums of a PNG file's chunks: random changes would seldom get past them.</summary>
internal static class PngChecksums
{
    private const int Signature = 8, Around = 12;

    /// <summary>The file, its whole chunks with checksums that fit.</summary>
    public static byte[] Mend(byte[] file)
    {
        Span<byte> left = file.AsSpan(Math.Min(Signature, file.Length));
        while (left.Length >= Around)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(left);
            if (length > left.Length - Around)
                break;
            int end = (int)length + Around;
            BinaryPrimitives.WriteUInt32BigEndian(left[(end - 4)..], Crc32.Append(0, left[4..(end - 4)]));
            left = left[end..];
        }
        return file;
    }
}
