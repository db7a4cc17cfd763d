using System.Diagnostics.CodeAnalysis;

namespace ImageSig.Tensors;

/// <summary>Random numbers by position: the n-th block of four is a pure function of a key and of n. Philox 4x32-10.</summary>
/// <remarks>No state is shared between streams, so threads, batch order and resuming cannot change what is drawn.
/// Source: Salmon, Moraes, Dror &amp; Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3.</remarks>
[SuppressMessage("Naming", "CA1711", Justification = "It is a stream, of numbers rather than bytes.")]
public struct RandomStream
{
    private readonly ulong seed;
    private readonly uint purpose;
    private readonly uint epoch;
    private readonly uint item;
    private uint block;
    private (uint, uint, uint, uint) ready;
    private int left;

    /// <summary>The stream of the key (seed, purpose, epoch, item), at its beginning.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="purpose">What is drawn: the number of a layer, from 0 up; 2²⁴ and above are this library's own.</param>
    /// <param name="epoch">The pass over the data; 0 where there is none.</param>
    /// <param name="item">The sample; 0 where there is none.</param>
    public RandomStream(ulong seed, uint purpose, uint epoch = 0, uint item = 0)
    {
        this.seed = seed;
        this.purpose = purpose;
        this.epoch = epoch;
        this.item = item;
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextBits()
    {
        if (left == 0)
        {
            ready = Block(seed, block++, purpose, epoch, item);
            left = 4;
        }
        return left-- switch { 4 => ready.Item1, 3 => ready.Item2, 2 => ready.Item3, _ => ready.Item4 };
    }

    /// <summary>Each number becomes 0 with probability <paramref name="rate"/> and <paramref name="kept"/> otherwise, as <see cref="NextFloat"/>
    /// is below the rate or not, one draw each; a whole block at a time and without branches, which guess wrong nearly half the time.</summary>
    internal void FillMask(Span<float> mask, float rate, float kept)
    {
        // NextFloat is an integer below 2²⁴, scaled: it is below the rate where the integer is below this.
        int limit = (int)MathF.Ceiling(rate * (1 << 24));
        uint keptBits = BitConverter.SingleToUInt32Bits(kept);
        int i = 0;
        if (left == 0)
            for (; i <= mask.Length - 4; i += 4)
            {
                (uint a, uint b, uint c, uint d) = Block(seed, block++, purpose, epoch, item);
                mask[i] = Kept(a, limit, keptBits);
                mask[i + 1] = Kept(b, limit, keptBits);
                mask[i + 2] = Kept(c, limit, keptBits);
                mask[i + 3] = Kept(d, limit, keptBits);
            }
        for (; i < mask.Length; i++)
            mask[i] = Kept(NextBits(), limit, keptBits);
    }

    private static float Kept(uint bits, int limit, uint keptBits) =>
        BitConverter.UInt32BitsToSingle(keptBits & ~(uint)(((int)(bits >> 8) - limit) >> 31));

    /// <summary>Uniform in [0, 1): a multiple of 2⁻²⁴.</summary>
    public float NextFloat() => (NextBits() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [0, <paramref name="limit"/>): the high half of a 64-bit product, whose bias is below limit / 2³².</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is below 1.</exception>
    public int NextBelow(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return (int)(((ulong)NextBits() * (uint)limit) >> 32);
    }

    /// <summary>Puts <paramref name="items"/> into random order (Fisher and Yates).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextBelow(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>One block of four words: ten Philox rounds of the counter (c0, c1, c2, c3) under <paramref name="key"/>.</summary>
    internal static (uint, uint, uint, uint) Block(ulong key, uint c0, uint c1, uint c2, uint c3)
    {
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong left = (ulong)c0 * 0xD2511F53u;
            ulong right = (ulong)c2 * 0xCD9E8D57u;
            (c0, c1, c2, c3) = ((uint)(right >> 32) ^ c1 ^ k0, (uint)right, (uint)(left >> 32) ^ c3 ^ k1, (uint)left);
            k0 += 0x9E3779B9u;
            k1 += 0xBB67AE85u;
        }
        return (c0, c1, c2, c3);
    }
}

/// <summary>Purposes of <see cref="RandomStream"/> that are not layers. Layers count up from 0.</summary>
internal static class RandomPurpose
{
    /// <summary>The first of the purposes below: more than any number of layers.</summary>
    public const uint First = 1u << 24;

    /// <summary>The order of the samples of an epoch.</summary>
    public const uint Order = First;

    /// <summary>Initial weights; the item is the number of the parameter.</summary>
    public const uint InitialWeights = First + 1;
}
