namespace ImageSig.Signature.Kernels;

/// <summary>How many steps the kernels take at a time. Only speed depends on it, never a result.</summary>
internal readonly record struct BlockPlan(int Chunk, int Block, long SeriesLength, bool Back)
{
    private const int SeriesBytes = 22 * 1024;
    private const int ChunkBytes = 160 * 1024;

    /// <summary>Plans for a tree of <paramref name="depth"/> levels.</summary>
    /// <param name="channels">C.</param>
    /// <param name="depth">Levels below the root.</param>
    /// <param name="steps">Steps in all.</param>
    /// <param name="vectorBytes">Bytes of a vector.</param>
    /// <param name="back">For the way back, which takes one word at a time.</param>
    /// <returns>Steps whose increments are prepared at once, steps that run through a node at once (their series fit the first-level
    /// cache), and vectors for all series.</returns>
    public static BlockPlan For(int channels, int depth, int steps, int vectorBytes, bool back = false)
    {
        long perStep = SeriesPerStep(channels, depth, back);
        int block = (int)Math.Clamp(SeriesBytes / ((perStep + channels) * vectorBytes) / 8 * 8, 8, 128);
        int chunk = Math.Max(block, ChunkBytes / (channels * vectorBytes) / block * block);
        block = Math.Min(block, Math.Max(1, steps));
        chunk = Math.Min(chunk, Math.Max(1, steps));
        return new BlockPlan(chunk, block, perStep * block, back);
    }

    /// <summary>Whether siblings of <paramref name="level"/> go through a block of time side by side, rather than one after the other.</summary>
    /// <param name="channels">C.</param>
    /// <param name="depth">Levels below the root.</param>
    /// <param name="level">The siblings' own.</param>
    /// <remarks>The first letters never do: each takes all its words through many blocks.</remarks>
    public static bool SideBySide(int channels, int depth, int level) => channels == 3 && level > 1 && depth - level is 2 or 3;

    /// <summary>Vectors per step of a level's series: what a word keeps, for as many words as are taken at once. Above the last level it is one
    /// product for each letter, except that three letters' never leave the registers.</summary>
    public static int SeriesAt(int channels, int depth, int level, bool back) =>
        level == depth - 1
            ? (channels == 3 && !back ? 0 : channels)
            : (depth - level) * (SideBySide(channels, depth, level) && !back ? channels : 1);

    /// <summary>Vectors per step of all levels' series.</summary>
    private static long SeriesPerStep(int channels, int depth, bool back)
    {
        long vectors = 0;
        for (int level = 1; level < depth; level++)
            vectors += SeriesAt(channels, depth, level, back);
        return vectors;
    }
}
