using System.Numerics;
using System.Runtime.Intrinsics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>Pairs of paths, every one of one batch with every one of another, and where their kernels go.</summary>
internal unsafe partial struct PathPairs<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[B, T, C].</summary>
    public T* Left;

    /// <summary>[D, U, C].</summary>
    public T* Right;

    /// <summary>T.</summary>
    public int LeftPoints;

    /// <summary>U.</summary>
    public int RightPoints;

    /// <summary>D.</summary>
    public int RightBatch;

    /// <summary>C.</summary>
    public int Channels;

    /// <summary>Each step is divided into 2^order parts.</summary>
    public int Order;

    /// <summary>1 / (2σ²), by which points are lifted; 0 for paths as they are.</summary>
    public double Decay;

    /// <summary>[B, D], written.</summary>
    public T* Result;

    /// <summary>Whether both batches are the same: k(y, x) has the bits of k(x, y), since each cell of the grid treats its neighbors alike, so that one of them is computed.</summary>
    public bool IsSymmetric;

    /// <summary>The kernel of one pair: one line of the fine grid, overwritten by the next below it. Lifted paths go the way of many pairs, in the narrowest register.</summary>
    public readonly void Evaluate(int pair)
    {
        if (IsMirrored(pair))
            return;
        if (IsLifted)
        {
            EvaluateLanes<Lanes128<double>, Vector128<double>>(pair / RightBatch, pair % RightBatch, 1, Workspace.Rent<double>(Numbers(Vector128<double>.Count)));
            return;
        }
        T* left = Left + (long)(pair / RightBatch) * LeftPoints * Channels, right = Right + (long)(pair % RightBatch) * RightPoints * Channels;
        int columns = RightPoints - 1, parts = 1 << Order;
        long cells = (long)columns * parts;
        double* sums = Workspace.Rent<double>(2L * columns + cells + 1), corners = sums + columns, line = corners + columns;
        new Span<double>(line, checked((int)(cells + 1))).Fill(1);
        for (int row = 0; row < LeftPoints - 1; row++)
        {
            for (int column = 0; column < columns; column++)
                (sums[column], corners[column]) = Factors(Product(left + (long)row * Channels, right + (long)column * Channels, Channels), Order);
            for (int part = 0; part < parts; part++)
                NextLine(line, sums, corners, columns, parts);
        }
        Write(pair, line[cells]);
    }

    /// <summary>Whether another pair writes this one's kernel: those below the diagonal.</summary>
    private readonly bool IsMirrored(int pair) => IsSymmetric && pair % RightBatch < pair / RightBatch;

    private readonly void Write(int pair, double value)
    {
        if (IsMirrored(pair))
            return;
        T* left = Left + (long)(pair / RightBatch) * LeftPoints * Channels, right = Right + (long)(pair % RightBatch) * RightPoints * Channels;
        // Beyond the range differences of infinities would be NaN; a NaN of the paths' own passes through.
        bool isBeyond = !double.IsFinite(value) && AreFinite(left, (long)LeftPoints * Channels) && AreFinite(right, (long)RightPoints * Channels);
        Result[pair] = isBeyond ? T.PositiveInfinity : T.CreateTruncating(value);
        if (IsSymmetric)
            Result[pair % RightBatch * RightBatch + pair / RightBatch] = Result[pair];
    }

    private static void NextLine(double* line, double* sums, double* corners, int columns, int parts)
    {
        double here = line[0], diagonal = here;
        double* at = line + 1;
        for (int column = 0; column < columns; column++)
        {
            double sum = sums[column], corner = corners[column];
            for (int part = 0; part < parts; part++, at++)
            {
                double above = *at;
                here = (here + above) * sum - diagonal * corner;
                diagonal = above;
                *at = here;
            }
        }
    }

    /// <summary>The inner product of a step of one path with a step of the other.</summary>
    public static double Product(T* left, T* right, int channels)
    {
        double sum = 0;
        for (int channel = 0; channel < channels; channel++)
            sum += Step(left + channel, channels) * Step(right + channel, channels);
        return sum;
    }

    /// <summary>From a coordinate to the same one of the next point.</summary>
    public static double Step(T* at, int channels) => double.CreateTruncating(at[channels]) - double.CreateTruncating(*at);

    /// <summary><c>1 + g/2 + g²/12</c> and <c>1 − g²/12</c> for one part of a step.</summary>
    public static (double Sum, double Corner) Factors(double product, int order)
    {
        double g = product / (1L << (2 * order)), twelfth = g * g / 12;
        return (1 + g / 2 + twelfth, 1 - twelfth);
    }

    /// <summary>Whether all of <paramref name="count"/> numbers are finite.</summary>
    public static bool AreFinite(T* values, long count)
    {
        for (long index = 0; index < count; index++)
            if (!T.IsFinite(values[index]))
                return false;
        return true;
    }
}
