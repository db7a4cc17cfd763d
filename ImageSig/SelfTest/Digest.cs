using System.Runtime.InteropServices;

namespace ImageSig.SelfTest;

/// <summary>A hash of 64 bits that is the same everywhere: FNV-1a over bytes, numbers as they lie in memory on a little-endian machine.</summary>
internal struct Digest()
{
    private const ulong Prime = 0x100000001B3;

    /// <summary>What was added so far.</summary>
    public ulong Value { get; private set; } = 0xCBF29CE484222325;

    /// <summary>Takes bytes in.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ulong value = Value;
        foreach (byte part in bytes)
            value = (value ^ part) * Prime;
        Value = value;
    }

    /// <summary>Takes numbers in, bit by bit.</summary>
    public void Add<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged => Add(MemoryMarshal.AsBytes(numbers));
}
