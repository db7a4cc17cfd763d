using System.Buffers.Binary;
using System.Text;

namespace ImageSig.Imaging.Decoders;

/// <summary>Walks the chunks of a PNG from the first to the last.</summary>
internal sealed class PngChunks(ByteSource source, long position)
{
    /// <summary>Bytes around a chunk's data: its length, its type and its checksum.</summary>
    private const int Frame = 12;

    private long start = position, next = position;

    /// <summary>Bytes of data of the chunk.</summary>
    public uint Length { get; private set; }

    /// <summary>Where its data begins in the file.</summary>
    public long DataStart => start + 8;

    /// <summary>Where the chunk itself begins.</summary>
    public long Start => start;

    /// <summary>Its data, of which a decoder looks at the first 64 KB at most.</summary>
    public ReadOnlySpan<byte> Data
    {
        get
        {
            int count = (int)Math.Min(Length, ByteSource.LongestLook);
            ReadOnlySpan<byte> seen = source.Look(DataStart, count);
            return seen[..Math.Min(seen.Length, count)];
        }
    }

    /// <summary>Whether a decoder may leave it out.</summary>
    public bool IsAncillary => (source.Look(start + 4, 1)[0] & 0x20) != 0;

    /// <summary>Whether it is of this type.</summary>
    public bool Is(ReadOnlySpan<byte> type) => source.Look(start + 4, 4)[..4].SequenceEqual(type);

    /// <summary>Its type, for people.</summary>
    public string Name
    {
        get
        {
            ReadOnlySpan<byte> type = source.Look(start + 4, 4)[..4];
            bool letters = !type.ContainsAnyExceptInRange((byte)'A', (byte)'z');
            return letters ? Encoding.ASCII.GetString(type) : Convert.ToHexString(type);
        }
    }

    /// <summary>Goes to the next chunk.</summary>
    /// <returns>False where the file holds no whole one.</returns>
    public bool TryNext()
    {
        start = next;
        if (source.Length - start < Frame)
            return false;
        Length = BinaryPrimitives.ReadUInt32BigEndian(source.Look(start, 4));
        next = start + Frame + Length;
        return Length <= source.Length - start - Frame;
    }

    /// <summary>The checksum that is stored behind the data, and the one that its bytes give.</summary>
    public (uint Stored, uint Computed) Checksums()
    {
        uint computed = 0;
        for (long at = start + 4, left = 4L + Length; left > 0;)
        {
            ReadOnlySpan<byte> piece = source.Look(at, (int)Math.Min(left, ByteSource.LongestLook));
            piece = piece[..(int)Math.Min(left, Math.Min(piece.Length, ByteSource.LongestLook))];
            if (piece.IsEmpty)
                break;
            computed = Crc32.Append(computed, piece);
            (at, left) = (at + piece.Length, left - piece.Length);
        }
        ReadOnlySpan<byte> stored = source.Look(DataStart + Length, 4);
        return (stored.Length < 4 ? ~computed : BinaryPrimitives.ReadUInt32BigEndian(stored), computed);
    }
}
