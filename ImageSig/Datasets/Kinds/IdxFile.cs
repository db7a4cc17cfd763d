using System.Buffers.Binary;
using System.IO.Compression;

namespace ImageSig;

/// <summary>An array of bytes in an IDX file, the format of MNIST: two zero bytes, the type 8, the number of dimensions, each as a big-endian 32-bit number, then the
/// bytes, the last dimension fastest. It may be compressed (gzip).</summary>
/// <param name="Shape">The dimensions.</param>
/// <param name="Bytes">As many as they say.</param>
internal sealed record IdxFile(int[] Shape, byte[] Bytes)
{
    private const byte UnsignedBytes = 8;

    /// <summary>Reads a file.</summary>
    /// <param name="path">Compressed where it starts as gzip does, whatever its name.</param>
    /// <param name="dimensions">How many there must be.</param>
    /// <exception cref="DatasetException">It is none, or not whole; the message names the byte.</exception>
    public static IdxFile Read(string path, int dimensions)
    {
        ImageReader.CheckOrdinary(path);
        using FileStream file = File.OpenRead(path);
        bool compressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using Stream content = compressed ? new GZipStream(file, CompressionMode.Decompress) : new BufferedStream(file);
        try
        {
            return Read(path, content, dimensions);
        }
        catch (InvalidDataException damage)
        {
            throw new DatasetException($"{path}: the compressed data is damaged ({damage.Message})");
        }
    }

    private static IdxFile Read(string path, Stream content, int dimensions)
    {
        Span<byte> header = stackalloc byte[4 + (4 * dimensions)];
        int read = content.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (read < 4 || header[0] != 0 || header[1] != 0 || header[2] != UnsignedBytes || header[3] != dimensions)
            throw new DatasetException($"{path}, byte 0: {Convert.ToHexString(header[..Math.Min(read, 4)])} found; an IDX file of bytes in {dimensions} dimension{(dimensions == 1 ? "" : "s")} starts with 000008{dimensions:X2}.");
        if (read < header.Length)
            throw new DatasetException($"{path}, byte {read}: the file ends within its {header.Length} bytes of header.");
        int[] shape = new int[dimensions];
        long length = 1;
        for (int i = 0; i < dimensions; i++)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(header[(4 + (4 * i))..]);
            length = size == 0 || length == 0 ? 0 : length > Array.MaxLength / size ? long.MaxValue : length * size;
            shape[i] = (int)Math.Min(size, int.MaxValue);
        }
        if (length > Math.Min(Array.MaxLength, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2))
            throw new DatasetException($"{path}, byte 4: dimensions of {string.Join(" x ", shape)} are more than this machine's memory should hold.");

        byte[] bytes = ReadGrowing(content, (int)length);
        if (bytes.Length < length)
            throw new DatasetException($"{path}, byte {header.Length + bytes.Length}: the file ends here; {string.Join(" x ", shape)} bytes were expected behind the header.");
        if (content.ReadByte() >= 0)
            throw new DatasetException($"{path}, byte {header.Length + length}: there are bytes behind the {string.Join(" x ", shape)} that the header says.");
        return new IdxFile(shape, bytes);
    }

    /// <summary>Memory grows with what the file really holds, not with what its header claims.</summary>
    private static byte[] ReadGrowing(Stream content, int length)
    {
        const int FirstPiece = 1 << 20;
        byte[] bytes = new byte[Math.Min(length, FirstPiece)];
        int read = 0;
        while (true)
        {
            read += content.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
            if (read < bytes.Length || read == length)
                break;
            Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
        }
        return read == bytes.Length ? bytes : bytes[..read];
    }
}
