namespace ImageSig.Tensors.Autodiff;

/// <summary>What the random draws of a step are keyed by. The same sample in the same epoch draws the same, in whatever batch,
/// shard or thread it is processed.</summary>
public sealed class RandomContext
{
    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; set; }

    /// <summary>The pass over the data.</summary>
    public uint Epoch { get; set; }

    /// <summary>[at least B] The number of the sample in each row of the batch.</summary>
    public int[] Samples { get; set; } = [];

    /// <summary>The stream of row <paramref name="row"/> of the batch in layer <paramref name="layer"/>.</summary>
    internal RandomStream Stream(int row, int layer) => new(Seed, (uint)layer, Epoch, (uint)Samples[row]);
}
