using System.Buffers.Binary;
using System.IO.Compression;
using ImageSig.Imaging;
using ImageSig.Imaging.Decoders;

namespace ImageSig.Tests.Imaging;

/// <summary>PNG files of kinds that the encoder does not write.</summary>
internal static class PngSamples
{
    /// <summary>The seven passes: first column and row, and the steps from one to the next.</summary>
    public static (int Left, int Top, int Right, int Down)[] Passes { get; } = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>A file of the given header with these filtered rows.</summary>
    public static byte[] Write(int width, int height, byte depth, byte color, byte interlace, byte[] rows, byte[] palette, byte[]? transparency = null)
    {
        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(rows);
        return WriteCompressed(width, height, depth, color, interlace, compressed.ToArray(), palette, transparency);
    }

    /// <summary>A file of the given header with these compressed bytes.</summary>
    public static byte[] WriteCompressed(int width, int height, byte depth, byte color, byte interlace, byte[] compressed, byte[]? palette = null, byte[]? transparency = null)
    {
        using MemoryStream file = new();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        byte[] header = [0, 0, 0, 0, 0, 0, 0, 0, depth, color, 0, 0, interlace];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        WriteChunk(file, "IHDR"u8, header);
        if (palette is { Length: > 0 })
            WriteChunk(file, "PLTE"u8, palette);
        if (transparency is not null)
            WriteChunk(file, "tRNS"u8, transparency);
        WriteChunk(file, "IDAT"u8, compressed);
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>A picture in seven passes, 8 bits and RGB, its rows filtered by each of the five filters in turn.</summary>
    public static byte[] Interlaced(Image picture)
    {
        using MemoryStream rows = new();
        int filter = 0;
        foreach ((int left, int top, int right, int down) in Passes)
        {
            byte[] above = [];
            for (int y = top; y < picture.Height && left < picture.Width; y += down)
            {
                byte[] row = [.. Enumerable.Range(0, (picture.Width - left + right - 1) / right).SelectMany(i => picture.Row(y).Slice(3 * (left + i * right), 3).ToArray())];
                above = above.Length == 0 ? new byte[row.Length] : above;
                rows.WriteByte((byte)(filter % 5));
                for (int i = 0; i < row.Length; i++)
                {
                    (int before, int corner) = i < 3 ? (0, 0) : (row[i - 3], above[i - 3]);
                    rows.WriteByte((byte)(row[i] - (filter % 5) switch { 0 => 0, 1 => before, 2 => above[i], 3 => (before + above[i]) / 2, _ => PngPaeth.Predict(before, above[i], corner) }));
                }
                above = row;
                filter++;
            }
        }
        return Write(picture.Width, picture.Height, depth: 8, color: 2, interlace: 1, rows.ToArray(), palette: []);
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] chunk = [.. type, .. data];
        byte[] number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(chunk);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Append(0, chunk));
        file.Write(number);
    }
}
