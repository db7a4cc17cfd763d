using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace ImageSig.Imaging.Encoders;

/// <summary>Writes 8-bit RGB PNG, each row with the filter whose bytes are smallest in sum.</summary>
/// <remarks>Source: PNG specification (third edition), sections 5, 9 and 12.7 (the heuristic).</remarks>
internal static class PngEncoder
{
    /// <summary>Writes a whole file.</summary>
    public static void Encode(Image image, Stream stream)
    {
        stream.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, image.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], image.Height);
        (header[8], header[9]) = (8, 2);
        header[10..].Clear();
        WriteChunk(stream, "IHDR"u8, header);
        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
            WriteRows(image, deflate);
        WriteChunk(stream, "IDAT"u8, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        WriteChunk(stream, "IEND"u8, []);
    }

    private static void WriteRows(Image image, Stream deflate)
    {
        int bytes = 3 * image.Width;
        byte[] candidates = ArrayPool<byte>.Shared.Rent(5 * (bytes + 1));
        byte[] zeros = new byte[bytes];
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> above = y == 0 ? zeros : image.Row(y - 1);
            int best = 0;
            long smallest = long.MaxValue;
            for (int filter = 0; filter < 5; filter++)
            {
                long size = Filter(filter, image.Row(y), above, candidates.AsSpan(filter * (bytes + 1), bytes + 1));
                if (size < smallest)
                    (best, smallest) = (filter, size);
            }
            deflate.Write(candidates, best * (bytes + 1), bytes + 1);
        }
        ArrayPool<byte>.Shared.Return(candidates);
    }

    /// <summary>Writes the filtered row and returns the sum of its bytes taken as signed distances.</summary>
    private static long Filter(int filter, ReadOnlySpan<byte> row, ReadOnlySpan<byte> above, Span<byte> target)
    {
        target[0] = (byte)filter;
        long size = 0;
        for (int i = 0; i < row.Length; i++)
        {
            int left = i < 3 ? 0 : row[i - 3];
            int prediction = filter switch
            {
                0 => 0,
                1 => left,
                2 => above[i],
                3 => (left + above[i]) >> 1,
                _ => Decoders.PngPaeth.Predict(left, above[i], i < 3 ? 0 : above[i - 3]),
            };
            target[i + 1] = (byte)(row[i] - prediction);
            size += Math.Abs((int)(sbyte)target[i + 1]);
        }
        return size;
    }

    private static void WriteChunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(type);
        stream.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(Crc32.Append(0, type), data));
        stream.Write(number);
    }
}
