using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ImageSig;

/// <summary>A hash of 128 bits of bytes that come in pieces, by which entries of a cache are found: two of a million different files share one with a chance of 10⁻²⁷.</summary>
/// <remarks>MurmurHash3_x64_128 with seed 0 (Austin Appleby, public domain). Not for telling an enemy's files apart.</remarks>
internal struct ContentHash
{
    private const ulong First = 0x87C37B91114253D5, Second = 0x4CF5AD432745937F;
    private const int BlockBytes = 16, PieceBytes = 1 << 16;

    private ulong low, high;
    private long length;

    /// <summary>The hash of all of <paramref name="bytes"/>.</summary>
    public static UInt128 Of(ReadOnlySpan<byte> bytes)
    {
        ContentHash hash = default;
        int whole = bytes.Length - (bytes.Length % BlockBytes);
        hash.Add(bytes[..whole]);
        return hash.End(bytes[whole..]);
    }

    /// <summary>The hash of a file's content.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static UInt128 OfFile(string path)
    {
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            ContentHash hash = default;
            while (true)
            {
                int count = file.ReadAtLeast(piece.AsSpan(0, PieceBytes), PieceBytes, throwOnEndOfStream: false);
                int whole = count - (count % BlockBytes);
                hash.Add(piece.AsSpan(0, whole));
                if (count < PieceBytes)
                    return hash.End(piece.AsSpan(whole, count - whole));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private void Add(ReadOnlySpan<byte> blocks)
    {
        length += blocks.Length;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(blocks);
        (ulong a, ulong b) = (low, high);
        for (int i = 0; i < words.Length; i += 2)
        {
            a = (BitOperations.RotateLeft(a ^ MixLow(words[i]), 27) + b) * 5 + 0x52DCE729;
            b = (BitOperations.RotateLeft(b ^ MixHigh(words[i + 1]), 31) + a) * 5 + 0x38495AB5;
        }
        (low, high) = (a, b);
    }

    /// <param name="rest">Fewer bytes than a block.</param>
    private readonly UInt128 End(ReadOnlySpan<byte> rest)
    {
        Span<byte> block = stackalloc byte[BlockBytes];
        block.Clear();
        rest.CopyTo(block);
        ulong all = (ulong)(length + rest.Length);
        ulong a = low ^ MixLow(BinaryPrimitives.ReadUInt64LittleEndian(block)) ^ all;
        ulong b = high ^ MixHigh(BinaryPrimitives.ReadUInt64LittleEndian(block[8..])) ^ all;
        a += b;
        b += a;
        (a, b) = (Finish(a), Finish(b));
        a += b;
        return new UInt128(b + a, a);
    }

    private static ulong MixLow(ulong word) => BitOperations.RotateLeft(word * First, 31) * Second;

    private static ulong MixHigh(ulong word) => BitOperations.RotateLeft(word * Second, 33) * First;

    private static ulong Finish(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xFF51AFD7ED558CCD;
        value = (value ^ (value >> 33)) * 0xC4CEB9FE1A85EC53;
        return value ^ (value >> 33);
    }
}
