using System.Buffers.Binary;
using System.IO.Compression;
using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>Damage that knows the format: it changes what decoders act on, and mends the checksums that would hide the damage behind them.</summary>
internal static class StructuredMutation
{
    public static byte[] Of(byte[] file, Random random) => ImageFormats.Recognize(file)?.Name switch
    {
        "JPEG" => OfJpeg(file, random),
        "PNG" => OfPng(file, random),
        _ => OfHeader(file, random),
    };

    /// <summary>Changes fields of one to three segments: lengths, dimensions, sampling, table numbers, Huffman counts, bands; or moves segments about.</summary>
    private static byte[] OfJpeg(byte[] file, Random random)
    {
        byte[] changed = [.. file];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            List<(int Start, int Length)> segments = Segments(changed);
            if (segments.Count == 0)
                break;
            (int start, int length) = segments[random.Next(segments.Count)];
            switch (random.Next(6))
            {
                case 0: // its length
                    BinaryPrimitives.WriteUInt16BigEndian(changed.AsSpan(start + 2), (ushort)Pick(random, length - 2));
                    break;
                case 1: // its kind
                    changed[start + 1] = (byte)(0xC0 + random.Next(32));
                    break;
                case 2: // left out
                    changed = [.. changed.AsSpan(0, start), .. changed.AsSpan(start + length)];
                    break;
                case 3: // given again, somewhere else
                    int at = segments[random.Next(segments.Count)].Start;
                    changed = [.. changed.AsSpan(0, at), .. changed.AsSpan(start, length), .. changed.AsSpan(at)];
                    break;
                default: // a field of it; the first bytes are those that matter
                    int field = start + 4 + Math.Min(random.Next(Math.Max(1, length - 4)), random.Next(24));
                    if (field < changed.Length)
                        changed[field] = (byte)Pick(random, changed[field]);
                    break;
            }
        }
        return random.Next(3) == 0 ? Mutation.Of(changed, random) : changed;
    }

    /// <summary>Changes a chunk and mends its checksum, or changes the pixels' bytes and compresses them again.</summary>
    private static byte[] OfPng(byte[] file, Random random)
    {
        byte[] changed = [.. file];
        for (int position = 8; position + 12 <= changed.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(changed.AsSpan(position));
            if (length < 0 || length > changed.Length - position - 12)
                break;
            Span<byte> data = changed.AsSpan(position + 8, length);
            bool pixels = changed.AsSpan(position + 4).StartsWith("IDAT"u8);
            if (pixels && random.Next(2) == 0)
                return Recompressed(changed, position, random);
            if (length > 0 && random.Next(2) == 0)
            {
                int at = random.Next(length);
                data[at] = (byte)Pick(random, data[at]);
                BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(position + 8 + length), Crc32.Append(0, changed.AsSpan(position + 4, 4 + length)));
            }
            position += 12 + length;
        }
        return changed;
    }

    private static byte[] Recompressed(byte[] file, int chunk, Random random)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(chunk));
        using MemoryStream raw = new();
        try
        {
            using ZLibStream inflate = new(new MemoryStream(file, chunk + 8, length), CompressionMode.Decompress);
            inflate.CopyTo(raw);
        }
        catch (InvalidDataException)
        {
            return file;
        }
        byte[] rows = Mutation.Of(raw.ToArray(), random);
        using MemoryStream compressed = new();
        compressed.Write("IDAT"u8);
        using (ZLibStream deflate = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(rows);
        byte[] body = compressed.ToArray();
        byte[] size = new byte[4], checksum = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, body.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(checksum, Crc32.Append(0, body));
        return [.. file.AsSpan(0, chunk), .. size, .. body, .. checksum, .. file.AsSpan(chunk + 12 + length)];
    }

    /// <summary>Changes bytes near the front, where other formats keep what they declare; sometimes anywhere.</summary>
    private static byte[] OfHeader(byte[] file, Random random)
    {
        byte[] changed = [.. file];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(Math.Min(changed.Length, 70));
            changed[at] = (byte)Pick(random, changed[at]);
        }
        return random.Next(3) == 0 ? Mutation.Of(changed, random) : changed;
    }

    /// <summary>A value likely to lie on an edge.</summary>
    private static int Pick(Random random, int old) => random.Next(8) switch
    {
        0 => 0,
        1 => 0xFF,
        2 => old + 1,
        3 => old - 1,
        4 => old << 1,
        5 => 0x7F,
        6 => random.Next(17),
        _ => random.Next(65536),
    };

    /// <summary>The marker segments up to the first scan, and those behind it that can be found.</summary>
    private static List<(int Start, int Length)> Segments(byte[] file)
    {
        List<(int, int)> segments = [];
        for (int position = 2; position + 4 <= file.Length;)
        {
            if (file[position] != 0xFF || file[position + 1] is < 0xC0 or (>= 0xD0 and <= 0xD9) or 0xFF)
            {
                position++;
                continue;
            }
            int length = 2 + BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(position + 2));
            if (length > file.Length - position)
                break;
            segments.Add((position, length));
            position += length;
        }
        return segments;
    }
}
