using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ImageSig.Tensors;

/// <summary>One array of a .npz file, a ZIP of .npy files, as a stream of its .npy file: read forward, its length known from the list at the ZIP's end.</summary>
/// <remarks>Source: PKWARE's APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16. Files are stored or deflated, as NumPy's savez and savez_compressed write them.</remarks>
internal sealed class NpzEntry : ForwardStream
{
    private const uint LocalSignature = 0x04034B50, ListSignature = 0x02014B50, EndSignature = 0x06054B50;
    private const int LocalBytes = 30, ListBytes = 46, EndBytes = 22, MaxComment = ushort.MaxValue, MaxList = 1 << 24;
    private const ushort Stored = 0, Deflated = 8;

    /// <summary>A byte of deflated data stands for at most so many: a match of 258 in two bits (RFC 1951).</summary>
    private const long MostInflated = 1032;

    /// <summary>Arrays that a message names.</summary>
    private const int MostNamed = 10;

    private readonly Stream content;
    private readonly uint checksum;
    private uint seen = ZipChecksum.OfNothing;
    private long position;

    private NpzEntry(Stream content, long length, uint checksum) => (this.content, Length, this.checksum) = (content, length, checksum);

    public override long Length { get; }

    public override long Position { get => position; set => throw new NotSupportedException(); }

    /// <summary>Opens an array.</summary>
    /// <param name="file">The ZIP; closed with the stream that comes out.</param>
    /// <param name="name">Of the array; null for the only one that there is.</param>
    /// <exception cref="InvalidDataException">The file is none or damaged, or there is no such array, or more than one to choose from.</exception>
    public static NpzEntry Open(FileStream file, string? name)
    {
        byte[] list = ReadList(file);
        int chosen = -1;
        List<string> names = [];
        for (int at = 0; at < list.Length; at += ListBytes + Whole(list, at + 28) + Whole(list, at + 30) + Whole(list, at + 32))
        {
            if (list.Length - at < ListBytes || Number(list, at) != ListSignature || list.Length - at - ListBytes < Whole(list, at + 28))
                throw Damaged();
            string path = Encoding.UTF8.GetString(list, at + ListBytes, Whole(list, at + 28));
            names.Add(path.EndsWith(".npy", StringComparison.Ordinal) ? path[..^4] : path);
            if (name is null || names[^1] == name)
                chosen = at;
        }
        return chosen >= 0 && (name is not null || names.Count == 1) ? Open(file, list.AsSpan(chosen, ListBytes))
            : throw new InvalidDataException(names.Count == 0 ? "there is no array in this .npz file."
                : $"{(name is null ? "several arrays are" : $"there is no array '{name}'")} in this .npz file; name one behind the file, as FILE.npz:{names[0]}. They are {string.Join(", ", names.GetRange(0, Math.Min(names.Count, MostNamed)))}{(names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "")}.");
    }

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, Length - position), read = Inflated(buffer[..wanted]);
        position += read;
        seen = ZipChecksum.Append(seen, buffer[..read]);
        return (read > 0 || wanted == 0) && (position < Length || seen == checksum) ? read : throw Damaged();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    private int Inflated(Span<byte> buffer)
    {
        try
        {
            return content.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }
    }

    /// <summary>The array that a line of the list tells.</summary>
    private static NpzEntry Open(FileStream file, ReadOnlySpan<byte> line)
    {
        uint packed = Number(line, 20), size = Number(line, 24), start = Number(line, 42);
        if (uint.MaxValue == packed || uint.MaxValue == size || uint.MaxValue == start)
            throw TooLarge();
        file.Position = start;
        byte[] local = new byte[LocalBytes];
        if (file.ReadAtLeast(local, LocalBytes, throwOnEndOfStream: false) < LocalBytes || Number(local, 0) != LocalSignature)
            throw Damaged();
        file.Position += Whole(local, 26) + Whole(local, 28);
        bool isEncrypted = (Whole(line, 8) & 1) != 0, isStored = Whole(line, 10) == Stored;
        if (isEncrypted || !(isStored || Whole(line, 10) == Deflated))
            throw new InvalidDataException("the array is encrypted, or compressed otherwise than by numpy.savez_compressed; save it by itself (numpy.save).");
        // Memory is asked for by what the list says of the size, so it has to be possible.
        if (packed > file.Length - file.Position || size > packed * (isStored ? 1 : MostInflated))
            throw Damaged();
        return new(isStored ? file : new DeflateStream(file, CompressionMode.Decompress), size, Number(line, 16));
    }

    /// <summary>The list of files, which the last bytes lead to.</summary>
    private static byte[] ReadList(FileStream file)
    {
        byte[] end = new byte[(int)Math.Min(file.Length, EndBytes + MaxComment)];
        file.Position = file.Length - end.Length;
        file.ReadExactly(end);
        Span<byte> signature = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(signature, EndSignature);
        int at = end.AsSpan().LastIndexOf(signature);
        if (at < 0 || end.Length - at < EndBytes)
            throw Damaged();
        uint length = Number(end, at + 12), start = Number(end, at + 16);
        if (length == uint.MaxValue || start == uint.MaxValue)
            throw TooLarge();
        if (length > MaxList || start + (long)length > file.Length)
            throw Damaged();
        file.Position = start;
        byte[] list = new byte[length];
        file.ReadExactly(list);
        return list;
    }

    private static InvalidDataException TooLarge() => new("a .npz file is read up to 2 GB; save the array by itself (numpy.save).");

    private static InvalidDataException Damaged() => new("this .npz file is cut or damaged; copy it again.");

    private static int Whole(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
