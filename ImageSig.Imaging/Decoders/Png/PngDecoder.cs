using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ImageSig.Imaging.Decoders;

/// <summary>Reads PNG: every colour type and depth, interlaced or not. Damage to anything that concerns a pixel is refused.</summary>
/// <remarks>A chunk that may be left out is left out where its checksum is wrong. The checksum inside the compressed pixels is not looked at: the chunks' own cover
/// the same bytes. Source: Portable Network Graphics specification (third edition), W3C.</remarks>
internal static class PngDecoder
{
    /// <summary>Deflate cannot expand by more than this, so a file's length bounds the picture it can hold.</summary>
    private const int LargestExpansion = 1032;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Decodes a whole file.</summary>
    public static Image Decode(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        if (!file.StartsWith(Signature))
            throw DamagedSignature();
        byte[] compressed = ArrayPool<byte>.Shared.Rent(file.Length);
        try
        {
            (PngHeader header, PngPixels pixels, PngNotes notes, int length) = ReadChunks(file, options, compressed);
            long needed = PngPass.Of(header).Sum(pass => pass.Width == 0 ? 0 : pass.Height * (1 + header.RowBytes(pass.Width)));
            if (needed > (long)length * LargestExpansion)
                throw new ImageFormatException($"PNG: {header.Width}x{header.Height} pixels cannot be held in {length} compressed bytes; the file is cut short or damaged.");
            using MemoryStream source = new(compressed, 0, length, writable: false);
            using ZLibStream inflated = new(source, CompressionMode.Decompress);
            return ReadPixels(header, pixels, notes, inflated, options);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            throw new ImageFormatException("PNG: the compressed pixels are damaged; copy the file again.", failure);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(compressed);
        }
    }

    /// <summary>Reads what a file says about itself.</summary>
    public static ImageInfo Describe(ReadOnlySpan<byte> file, DecodeOptions options)
    {
        if (!file.StartsWith(Signature))
            throw DamagedSignature();
        int position = Signature.Length;
        PngNotes notes = new();
        ReadOnlySpan<byte> chunk = NextChunk(file, ref position, notes);
        if (!chunk.StartsWith("IHDR"u8))
            throw new ImageFormatException("PNG: the first chunk is not the header; the file is damaged.");
        PngHeader header = PngHeader.Read(chunk[4..], options);
        while (notes.Orientation is null && HasChunk(file, position))
            notes.Read(NextChunk(file, ref position, notes));
        string color = header.Color switch
        {
            PngColor.Grey => "grey",
            PngColor.Palette => "palette",
            PngColor.GreyAlpha => "grey with alpha",
            PngColor.RgbAlpha => "RGB with alpha",
            _ => "RGB",
        };
        return new(ImageFormat.Png, header.Width, header.Height, header.BitDepth, color) { Progressive = header.Interlaced, Orientation = notes.Orientation ?? 1 };
    }

    private static ImageFormatException DamagedSignature() =>
        new("PNG: the eight bytes of the signature are damaged or cut short; copy the file again, as binary.");

    /// <summary>Walks the chunks, checks each, and gathers the compressed pixels into one run.</summary>
    private static (PngHeader Header, PngPixels Pixels, PngNotes Notes, int Length) ReadChunks(ReadOnlySpan<byte> file, DecodeOptions options, Span<byte> compressed)
    {
        PngHeader? header = null;
        PngPixels? pixels = null;
        PngNotes notes = new();
        int length = 0;
        for (int position = Signature.Length; ;)
        {
            ReadOnlySpan<byte> chunk = NextChunk(file, ref position, notes);
            if (chunk.IsEmpty)
                continue;
            ReadOnlySpan<byte> data = chunk[4..];
            if (header is null || pixels is null)
            {
                if (!chunk.StartsWith("IHDR"u8))
                    throw new ImageFormatException("PNG: the first chunk is not the header; the file is damaged.");
                header = PngHeader.Read(data, options);
                pixels = new(header.Value);
            }
            else if (chunk.StartsWith("PLTE"u8))
            {
                pixels.SetPalette(data);
            }
            else if (chunk.StartsWith("tRNS"u8))
            {
                pixels.SetTransparency(data);
            }
            else if (chunk.StartsWith("IDAT"u8))
            {
                data.CopyTo(compressed[length..]);
                length += data.Length;
            }
            else if (chunk.StartsWith("IEND"u8))
            {
                pixels.CheckPalette();
                return (header.Value, pixels, notes, length);
            }
            else if ((chunk[0] & 0x20) == 0)
            {
                throw new ImageFormatException($"PNG: chunk {Name(chunk)} is needed to read this file and is not known; save the picture as a plain PNG.");
            }
            else
            {
                notes.Read(chunk);
            }
        }
    }

    private static bool HasChunk(ReadOnlySpan<byte> file, int position) =>
        file.Length - position >= 12 && BinaryPrimitives.ReadUInt32BigEndian(file[position..]) <= file.Length - position - 12;

    /// <summary>The type and data of the chunk at <paramref name="position"/>, its checksum verified; empty where that is wrong and the chunk may be left out.</summary>
    private static ReadOnlySpan<byte> NextChunk(ReadOnlySpan<byte> file, scoped ref int position, PngNotes notes)
    {
        ReadOnlySpan<byte> rest = file[position..];
        if (rest.Length < 12)
            throw CutShort(file);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - 12)
            throw CutShort(file);
        ReadOnlySpan<byte> chunk = rest.Slice(4, 4 + (int)length);
        uint stored = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]);
        uint computed = Crc32.Append(0, chunk);
        position += 12 + (int)length;
        if (stored != computed && (chunk[0] & 0x20) != 0)
        {
            notes.Irregularity ??= $"the checksum of chunk {Name(chunk)} is wrong, and the chunk left out";
            return default;
        }
        if (stored != computed)
            throw new ImageFormatException($"PNG: the checksum of chunk {Name(chunk)} is {stored:x8}, its bytes give {computed:x8}; the file is damaged, copy it again.");
        return chunk;
    }

    private static Image ReadPixels(PngHeader header, PngPixels pixels, PngNotes notes, Stream inflated, DecodeOptions options)
    {
        Image image = Image.Uncleared(header.Width, header.Height, irregularity: notes.Irregularity);
        int longest = checked((int)header.RowBytes(header.Width));
        byte[] current = ArrayPool<byte>.Shared.Rent(longest + 1);
        byte[] above = ArrayPool<byte>.Shared.Rent(longest + 1);
        try
        {
            foreach (PngPass pass in PngPass.Of(header))
            {
                int bytes = (int)header.RowBytes(pass.Width);
                above.AsSpan(0, bytes + 1).Clear();
                for (int y = 0; y < (pass.Width == 0 ? 0 : pass.Height); y++)
                {
                    options.Cancellation.ThrowIfCancellationRequested();
                    if (inflated.ReadAtLeast(current.AsSpan(0, bytes + 1), bytes + 1, throwOnEndOfStream: false) <= bytes)
                        throw new ImageFormatException($"PNG: the compressed pixels end early, in row {y} of {pass.Height}; the file is cut short or damaged.");
                    PngFilter.Restore(current[0], current.AsSpan(1, bytes), above.AsSpan(1, bytes), header.FilterStep);
                    Span<byte> row = image.Row(pass.Top + y * pass.StepDown);
                    pixels.Convert(current.AsSpan(1, bytes), pass.Width, row[(3 * pass.Left)..], 3 * pass.StepRight);
                    (current, above) = (above, current);
                }
            }
            return options.ApplyOrientation ? Exif.Upright(image, notes.Orientation ?? 1) : image;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(above);
        }
    }

    private static ImageFormatException CutShort(ReadOnlySpan<byte> file) =>
        new($"PNG: the file ends after {file.Length} bytes in the middle of a chunk or without its end chunk; it is cut short, copy it again.");

    private static string Name(ReadOnlySpan<byte> chunk)
    {
        bool letters = !chunk[..4].ContainsAnyExceptInRange((byte)'A', (byte)'z');
        return letters ? Encoding.ASCII.GetString(chunk[..4]) : Convert.ToHexString(chunk[..4]);
    }
}
