using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ImageSig.Tests.Imaging;

/// <summary>Small files that hold, or claim to hold, very large pictures of one color.</summary>
internal static class LargePictures
{
    /// <summary>A JPEG of three components, 4:2:0, of which every scan is nothing but zeros.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="scans">For each: its components, first and last coefficient, high and low bit. A sequential picture has 0, 63, 0, 0.</param>
    /// <param name="progressive">Whether coefficients come bit by bit.</param>
    public static byte[] Jpeg(int width, int height, bool progressive, IEnumerable<(byte[] Components, byte First, byte Last, byte High, byte Low)> scans)
    {
        using MemoryStream file = new();
        // The one code of either table is a single zero: no difference; the end of a block, or of 16384 blocks where coefficients come bit by bit.
        file.Write([0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64)]);
        foreach ((byte table, byte symbol) in new (byte, byte)[] { (0x00, 0), (0x10, progressive ? (byte)0xE0 : (byte)0) })
            file.Write([0xFF, 0xC4, 0, 20, table, 1, .. new byte[15], symbol]);
        byte[] frame = [0xFF, progressive ? (byte)0xC2 : (byte)0xC0, 0, 17, 8, 0, 0, 0, 0, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(7), (ushort)width);
        file.Write(frame);
        foreach ((byte[] components, byte first, byte last, byte high, byte low) in scans)
        {
            file.Write([0xFF, 0xDA, 0, (byte)(6 + 2 * components.Length), (byte)components.Length, .. components.SelectMany(id => new byte[] { id, 0 }), first, last, (byte)((high << 4) | low)]);
            long blocks = components.Sum(id => (id == 1 ? 4L : 1L) * ((width + 15) / 16) * ((height + 15) / 16));
            file.Write(new byte[first > 0 ? blocks * 15 / 16384 / 8 + 4 : blocks * (progressive ? 1 : 2) / 8 + 1]);
        }
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    /// <summary>A progressive JPEG in the ten scans that encoders usually write.</summary>
    public static byte[] ProgressiveJpeg(int width, int height) => Jpeg(width, height, progressive: true,
    [
        ([1, 2, 3], 0, 0, 0, 1), ([1], 1, 5, 0, 2), ([3], 1, 63, 0, 1), ([2], 1, 63, 0, 1), ([1], 6, 63, 0, 2),
        ([1], 1, 63, 2, 1), ([1, 2, 3], 0, 0, 1, 0), ([3], 1, 63, 1, 0), ([2], 1, 63, 1, 0), ([1], 1, 63, 1, 0),
    ]);

    /// <summary>A baseline JPEG whose components come one after the other.</summary>
    public static byte[] JpegOfThreeScans(int width, int height) =>
        Jpeg(width, height, progressive: false, [([1], 0, 63, 0, 0), ([2], 0, 63, 0, 0), ([3], 0, 63, 0, 0)]);

    /// <summary>A baseline JPEG of one scan.</summary>
    public static byte[] BaselineJpeg(int width, int height) => Jpeg(width, height, progressive: false, [([1, 2, 3], 0, 63, 0, 0)]);

    /// <summary>A PNG of zeros.</summary>
    public static byte[] Png(int width, int height, byte depth, byte color, bool interlaced)
    {
        int bits = depth * color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        long length = interlaced ? 0 : height * (1 + ((long)width * bits + 7) / 8);
        if (interlaced)
            foreach ((int left, int top, int right, int down) in PngSamples.Passes)
                length += left >= width ? 0 : (height - top + down - 1) / down * (1 + ((long)((width - left + right - 1) / right) * bits + 7) / 8);
        using MemoryStream compressed = new();
        using (ZLibStream deflate = new(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            byte[] zeros = new byte[1 << 16];
            for (; length > 0; length -= zeros.Length)
                deflate.Write(zeros.AsSpan(0, (int)Math.Min(length, zeros.Length)));
        }
        return PngSamples.WriteCompressed(width, height, depth, color, interlaced ? (byte)1 : (byte)0, compressed.ToArray());
    }

    /// <summary>A bitmap of black runs, one byte pair for 255 pixels.</summary>
    public static byte[] BmpOfRuns(int width, int height)
    {
        byte[] row = [.. Enumerable.Repeat(new byte[] { 255, 0 }, width / 255).SelectMany(pair => pair), (byte)(width % 255), 0, 0, 0];
        if (width % 255 == 0)
            row = [.. row[..^4], 0, 0];
        byte[] file = new byte[54 + 4 * 256 + (long)row.Length * height];
        (file[0], file[1], file[14], file[26], file[28], file[30]) = ((byte)'B', (byte)'M', 40, 1, 8, 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54 + 4 * 256);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        for (int y = 0; y < height; y++)
            row.CopyTo(file, 54 + 4 * 256 + y * row.Length);
        return file;
    }

    /// <summary>A bitmap of black and white, all black.</summary>
    public static byte[] Pbm(int width, int height) => [.. Encoding.ASCII.GetBytes($"P4\n{width} {height}\n"), .. Enumerable.Repeat((byte)0xFF, (width + 7) / 8 * height)];

    /// <summary>The same as text.</summary>
    public static byte[] PlainPbm(int width, int height) => [.. Encoding.ASCII.GetBytes($"P1\n{width} {height}\n"), .. Enumerable.Repeat((byte)'1', width * height)];
}
