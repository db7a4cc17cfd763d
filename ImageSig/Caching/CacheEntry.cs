using System.Buffers.Binary;

namespace ImageSig;

/// <summary>What the index of a cache says of one entry.</summary>
/// <param name="Low">Of the hash of what it was made of, the lower half.</param>
/// <param name="High">And the upper.</param>
/// <param name="Checksum">CRC-32C of the entry's bytes.</param>
internal readonly record struct CacheEntry(ulong Low, ulong High, uint Checksum)
{
    /// <summary>Bytes in the index: the key, the entry's checksum, and a checksum of these and of the place.</summary>
    public const int Length = 24;

    private const int ChecksumAt = 16, OwnChecksumAt = 20;

    public CacheEntry(UInt128 key, ReadOnlySpan<byte> content) : this((ulong)key, (ulong)(key >> 64), Of(content)) { }

    /// <summary>No entry: half-written, or damaged.</summary>
    public static CacheEntry None => default;

    /// <summary>The hash of what the entry was made of.</summary>
    public UInt128 Key => new(High, Low);

    public bool Matches(ReadOnlySpan<byte> content) => Of(content) == Checksum;

    public void Write(Span<byte> index, int place)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(index, Low);
        BinaryPrimitives.WriteUInt64LittleEndian(index[sizeof(ulong)..], High);
        BinaryPrimitives.WriteUInt32LittleEndian(index[ChecksumAt..], Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(index[OwnChecksumAt..], Of(index[..OwnChecksumAt]) + (uint)place);
    }

    /// <summary>The entry of a place, or <see cref="None"/>.</summary>
    public static CacheEntry Read(ReadOnlySpan<byte> index, int place) =>
        BinaryPrimitives.ReadUInt32LittleEndian(index[OwnChecksumAt..]) != Of(index[..OwnChecksumAt]) + (uint)place
            ? None
            : new(
                BinaryPrimitives.ReadUInt64LittleEndian(index), BinaryPrimitives.ReadUInt64LittleEndian(index[sizeof(ulong)..]),
                BinaryPrimitives.ReadUInt32LittleEndian(index[ChecksumAt..]));

    private static uint Of(ReadOnlySpan<byte> bytes) => ~ImageSig.Checksum.Continue(uint.MaxValue, bytes);
}
