using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>The order of the samples in an epoch, a function of seed and epoch alone.</summary>
internal sealed class BatchSampler(int count, ulong seed)
{
    private readonly int[] order = new int[count];

    /// <summary>Shuffles for <paramref name="epoch"/>, always beginning from the same order.</summary>
    public void Begin(int epoch)
    {
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        new RandomStream(seed, RandomPurpose.Order, (uint)epoch).Shuffle(order);
    }

    /// <summary>The samples from place <paramref name="start"/> on.</summary>
    public ReadOnlySpan<int> Samples(int start, int length) => order.AsSpan(start, length);
}
