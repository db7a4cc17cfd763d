namespace ImageSig.NN;

/// <summary>In how many fixed shards a batch is worked on. Part of every result, since sums are taken shard by shard; so it follows from the model
/// and the size of the batches alone, never from the threads.</summary>
internal static class ShardCount
{
    private const int Max = 8;

    /// <summary>About how many samples the statistics of a batch normalization are taken of: of 8 the trained models were about a point worse.</summary>
    private const int ForStatistics = 16;

    /// <summary>Shards of every batch of a training whose smallest has <paramref name="batch"/> samples.</summary>
    public static int Of(Model model, int batch) =>
        model.HasBatchStatistics ? Math.Clamp((batch + ForStatistics / 2) / ForStatistics, 1, Max) : Max;
}
