using System.Buffers.Binary;
using System.IO.Compression;
using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>PNG files of kinds that the encoder does not write.</summary>
internal static class PngSamples
{
    /// <summary>A file of the given header with these filtered rows.</summary>
    public static byte[] Write(int width, int height, byte depth, byte color, byte interlace, byte[] rows, byte[] palette, byte[]? transparency = null)
    {
        using MemoryStream file = new();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        byte[] header = [0, 0, 0, (byte)width, 0, 0, 0, (byte)height, depth, color, 0, 0, interlace];
        WriteChunk(file, "IHDR"u8, header);
        if (palette.Length > 0)
            WriteChunk(file, "PLTE"u8, palette);
        if (transparency is not null)
            WriteChunk(file, "tRNS"u8, transparency);
        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(rows);
        WriteChunk(file, "IDAT"u8, compressed.ToArray());
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
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
