namespace ImageSig.Signature.Kernels;

/// <summary>How many steps the kernels take at a time. Only speed depends on it, never a result.</summary>
internal readonly record struct BlockPlan(int Chunk, int Block, long SeriesLength)
{
    private const int SeriesBytes = 22 * 1024;
    private const int ChunkBytes = 160 * 1024;

    /// <summary>Plans for a tree of <paramref name="depth"/> levels.</summary>
    /// <param name="channels">C.</param>
    /// <param name="depth">Levels below the root.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="vectorBytes">Bytes of a vector.</param>
    /// <returns>Steps whose increments are prepared at once, steps that run through a node at once (their series fit the first-level
    /// cache), and vectors for all series.</returns>
    public static BlockPlan For(int channels, int depth, int steps, int vectorBytes)
    {
        long perStep = SeriesPerStep(channels, depth);
        int block = (int)Math.Clamp(SeriesBytes / ((perStep + channels) * vectorBytes) / 8 * 8, 8, 128);
        int chunk = Math.Max(block, ChunkBytes / (channels * vectorBytes) / block * block);
        block = Math.Min(block, Math.Max(1, steps));
        chunk = Math.Min(chunk, Math.Max(1, steps));
        return new BlockPlan(chunk, block, perStep * block);
    }

    /// <summary>Vectors per step of all levels' series: depth − m at level m, and C at the last but one.</summary>
    private static long SeriesPerStep(int channels, int depth)
    {
        long vectors = depth >= 2 ? channels : 0;
        for (int level = 1; level <= depth - 2; level++)
            vectors += depth - level;
        return vectors;
    }
}
