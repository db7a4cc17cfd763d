namespace ImageSig.NN;

/// <summary>Cuts a length into parts that differ by one at most.</summary>
internal static class EvenSplit
{
    /// <summary>Where part <paramref name="part"/>, from 0, of <paramref name="parts"/> begins, and how long it is.</summary>
    public static (int Start, int Count) Part(int length, int part, int parts)
    {
        int start = (int)((long)length * part / parts);
        return (start, (int)((long)length * (part + 1) / parts) - start);
    }
}
