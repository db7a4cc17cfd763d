using System.Buffers.Binary;
using ImageSig.Imaging.Decoders;

namespace ImageSig.Imaging.Encoders;

/// <summary>Writes baseline JPEG in the JFIF way, with the standard's tables.</summary>
/// <remarks>Source: ITU-T T.81 and T.871; the quality scale is that of the Independent JPEG Group.</remarks>
internal static class JpegEncoder
{
    /// <summary>Writes a whole file.</summary>
    public static void Encode(Image image, Stream stream, int quality, bool halveColor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        if (image.Width > 65535 || image.Height > 65535)
            throw new ImageFormatException($"JPEG: {image.Width}x{image.Height} pixels, a side is 65535 at most; write a PNG.");
        byte[] luma = Factors(JpegStandardTables.LumaFactors, quality);
        byte[] chroma = Factors(JpegStandardTables.ChromaFactors, quality);
        stream.Write([0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        WriteFactors(stream, 0, luma);
        WriteFactors(stream, 1, chroma);
        byte sampling = (byte)(halveColor ? 0x22 : 0x11);
        (byte[] height, byte[] width) = (BigEndian(image.Height), BigEndian(image.Width));
        stream.Write([0xFF, 0xC0, 0, 17, 8, .. height, .. width, 3, 1, sampling, 0, 2, 0x11, 1, 3, 0x11, 1]);
        WriteHuffman(stream, 0x00, JpegStandardTables.LumaDc);
        WriteHuffman(stream, 0x10, JpegStandardTables.LumaAc);
        WriteHuffman(stream, 0x01, JpegStandardTables.ChromaDc);
        WriteHuffman(stream, 0x11, JpegStandardTables.ChromaAc);
        stream.Write([0xFF, 0xDA, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]);
        WriteScan(image, stream, luma, chroma, halveColor);
        stream.Write([0xFF, 0xD9]);
    }

    private static void WriteScan(Image image, Stream stream, byte[] lumaFactors, byte[] chromaFactors, bool halveColor)
    {
        JpegBitWriter writer = new(stream);
        JpegPlanes planes = new(image, halveColor);
        JpegBlockWriter luma = new(writer, lumaFactors, new(JpegStandardTables.LumaDc), new(JpegStandardTables.LumaAc));
        JpegBlockWriter blue = new(writer, chromaFactors, new(JpegStandardTables.ChromaDc), new(JpegStandardTables.ChromaAc));
        JpegBlockWriter red = new(writer, chromaFactors, new(JpegStandardTables.ChromaDc), new(JpegStandardTables.ChromaAc));
        int unit = halveColor ? 2 : 1;
        for (int down = 0; down < planes.UnitsDown; down++)
        {
            planes.Load(down);
            for (int across = 0; across < planes.UnitsAcross; across++)
            {
                for (int block = 0; block < unit * unit; block++)
                    luma.Write(planes.Luma, planes.LumaStride, 8 * (across * unit + block % unit), 8 * (block / unit));
                blue.Write(planes.Blue, planes.ChromaStride, 8 * across, 0);
                red.Write(planes.Red, planes.ChromaStride, 8 * across, 0);
            }
        }
        writer.Finish();
    }

    private static byte[] Factors(ReadOnlySpan<byte> standard, int quality)
    {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        byte[] factors = new byte[64];
        for (int i = 0; i < 64; i++)
            factors[i] = (byte)Math.Clamp((standard[i] * percent + 50) / 100, 1, 255);
        return factors;
    }

    private static void WriteFactors(Stream stream, byte slot, byte[] factors)
    {
        Span<byte> stored = stackalloc byte[64];
        for (int k = 0; k < 64; k++)
            stored[k] = factors[JpegZigZag.Order[k]];
        stream.Write([0xFF, 0xDB, 0, 67, slot, .. stored]);
    }

    private static void WriteHuffman(Stream stream, byte kind, ReadOnlySpan<byte> table)
    {
        byte[] length = BigEndian(3 + table.Length);
        stream.Write([0xFF, 0xC4, .. length, kind, .. table]);
    }

    private static byte[] BigEndian(int value)
    {
        byte[] bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }
}
