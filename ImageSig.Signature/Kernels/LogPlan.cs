namespace ImageSig.Signature.Kernels;

/// <summary>What the kernels need to turn signatures into log-signatures of one basis.</summary>
internal sealed class LogPlan
{
    public LogPlan(SignatureLayout layout, LyndonBasis? lyndon, bool brackets)
    {
        Layout = layout;
        Words = lyndon?.Indices ?? [.. Enumerable.Range(0, layout.Length)];
        Rows = brackets ? lyndon!.Rows : null;
        Levels = new int[Words.Length];
        List<int> splits = [];
        for (int output = 0; output < Words.Length; output++)
        {
            int level = 1;
            while (level < layout.Depth && Words[output] >= layout.LevelOffset(level + 1))
                level++;
            Levels[output] = level;
            int word = Words[output] - layout.LevelOffset(level);
            for (int prefix = 1; prefix < level; prefix++)
            {
                int width = layout.LevelLength(level - prefix);
                splits.Add(layout.LevelOffset(prefix) + word / width);
                splits.Add(layout.LevelOffset(level - prefix) + word % width);
            }
        }
        Splits = [.. splits];
    }

    public SignatureLayout Layout { get; }

    /// <summary>Where the wanted words stand in the layout.</summary>
    public int[] Words { get; }

    /// <summary>The number of letters of each.</summary>
    public int[] Levels { get; }

    /// <summary>For each word, for each way to cut it in two: where the prefix and where the suffix stand.</summary>
    public int[] Splits { get; }

    /// <summary>The triangular system from words to brackets, or null where words are wanted.</summary>
    public (int Column, int Coefficient)[][]? Rows { get; }
}
