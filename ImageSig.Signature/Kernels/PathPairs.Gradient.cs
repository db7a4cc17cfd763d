using System.Runtime.Intrinsics;

namespace ImageSig.Signature.Kernels;

/// <summary>What the gradients of pairs take.</summary>
internal unsafe partial struct PathPairs<T>
{
    /// <summary>Numbers of working memory that more than two pairs at once may take: 128 MB.</summary>
    private const int MaxGradientNumbers = 1 << 24;

    /// <summary>T · C.</summary>
    public readonly int LeftLength => LeftPoints * Channels;

    /// <summary>U · C.</summary>
    public readonly int RightLength => RightPoints * Channels;

    /// <summary>What is kept of a left path: its points where it is lifted, else its steps.</summary>
    public readonly long LeftVectors => IsLifted ? LeftPoints : LeftPoints - 1;

    /// <summary>Of working memory, for the gradients of <paramref name="width"/> pairs at once: their fine grids above all.</summary>
    public readonly Int128 GradientNumbers(int width)
    {
        long lines = ((long)(LeftPoints - 1) << Order) + 1, line = ((long)(RightPoints - 1) << Order) + 1;
        long products = (LeftPoints + 1L) * (RightPoints + 1), lifts = IsLifted ? (long)LeftPoints * RightPoints : 0;
        return width * ((Int128)lines * line + products + lifts + line + 3L * RightPoints + RightVectors * Channels + LeftLength + RightLength) + LeftVectors * Channels;
    }

    /// <summary>How many of <paramref name="count"/> pairs are worked on at once, of at most <paramref name="widest"/>: as many as the narrowest register for all of them has lanes, fewer where they would take too much memory.</summary>
    public readonly int GradientWidth(int count, int widest)
    {
        while (widest > 2 && (widest / 2 >= count || GradientNumbers(widest) > MaxGradientNumbers))
            widest /= 2;
        return widest;
    }

    /// <summary>Refuses pairs of which the narrowest register takes more than an array.</summary>
    /// <exception cref="ArgumentException">The fine grid is larger than an array.</exception>
    public readonly void CheckGradientMemory()
    {
        if (GradientNumbers(Vector128<double>.Count) > Array.MaxLength - Vector512<double>.Count)
            throw new ArgumentException($"PathKernel: the gradient keeps the whole fine grid, {((long)(LeftPoints - 1) << Order) + 1} by {((long)(RightPoints - 1) << Order) + 1} numbers twice over, more than {Array.MaxLength}; lower the dyadic order or cut the paths.");
    }
}
