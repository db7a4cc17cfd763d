namespace ImageSig.Signature.Kernels;

/// <summary>What the kernels need to turn signatures into log-signatures of one basis.</summary>
internal sealed class LogPlan
{
    public LogPlan(SignatureLayout layout, LyndonBasis? lyndon, bool brackets)
    {
        Layout = layout;
        Words = lyndon?.Indices;
        Length = Words?.Length ?? layout.Length;
        Rows = brackets ? lyndon!.Rows : null;
        if (Words is null)
            return;
        Levels = new int[Words.Length];
        Splits = new int[SplitsLength(layout)];
        for (int output = 0, level = 1, split = 0; output < Words.Length; output++)
        {
            while (level < layout.Depth && Words[output] >= layout.LevelOffset(level + 1))
                level++;
            Levels[output] = level;
            int word = Words[output] - layout.LevelOffset(level);
            for (int prefix = 1; prefix < level; prefix++)
            {
                int width = layout.LevelLength(level - prefix);
                Splits[split++] = layout.LevelOffset(prefix) + word / width;
                Splits[split++] = layout.LevelOffset(level - prefix) + word % width;
            }
        }
    }

    private LogPlan(SignatureLayout layout, int length) => (Layout, Length) = (layout, length);

    public SignatureLayout Layout { get; }

    /// <summary>Numbers of a result.</summary>
    public int Length { get; }

    /// <summary>Where the wanted words stand in the layout, or null where all words are wanted.</summary>
    public int[]? Words { get; }

    /// <summary>The number of letters of each wanted word.</summary>
    public int[] Levels { get; } = [];

    /// <summary>For each wanted word, for each way to cut it in two: where the prefix and where the suffix stand.</summary>
    public int[] Splits { get; } = [];

    /// <summary>The triangular system from words to brackets, or null where words are wanted.</summary>
    public (int Column, int Coefficient)[][]? Rows { get; }

    /// <summary>The numbers of <see cref="Splits"/> of all Lyndon words.</summary>
    public static long SplitsLength(SignatureLayout layout)
    {
        long splits = 0;
        int[] counts = LyndonWords.Counts(layout);
        for (int level = 2; level < counts.Length; level++)
            splits += 2L * (level - 1) * counts[level];
        return splits;
    }

    /// <summary>A plan that only says how many numbers a result has: for asking what it would take.</summary>
    public static LogPlan OfLength(SignatureLayout layout, int length) => new(layout, length);

    /// <summary>Where result <paramref name="output"/> stands in the layout.</summary>
    public int PlaceOf(int output) => Words is null ? output : Words[output];
}
