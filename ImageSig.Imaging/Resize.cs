using System.Runtime.CompilerServices;
using System.Buffers;

namespace ImageSig.Imaging;

/// <summary>Changes the size of a picture.</summary>
public static partial class Resize
{
    /// <summary>Area averaging: each pixel is the mean of the source cells it covers, weighted by overlap, rounded to nearest.</summary>
    /// <param name="source">[H, W, 3].</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <returns>[height, width, 3]; within 1 level of OpenCV's INTER_AREA.</returns>
    /// <remarks>Computed in whole numbers: measured in units of 1/(W · width), every overlap is one, so the weighted sum is exact
    /// and the result the same everywhere. Rows are added up first, for that is a straight run over memory.</remarks>
    public static Image Area(Image source, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        Image target = Image.Uncleared(width, height);
        int samples = 3 * source.Width;
        uint[] columns = ArrayPool<uint>.Shared.Rent(samples);
        ushort[] whole = ArrayPool<ushort>.Shared.Rent(samples);
        try
        {
            for (int y = 0; y < height; y++)
            {
                AddRows(source, y, height, columns.AsSpan(0, samples), whole.AsSpan(0, samples));
                AverageColumns(columns.AsSpan(0, samples), target.Row(y), source.Width, source.Height);
            }
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(columns);
            ArrayPool<ushort>.Shared.Return(whole);
        }
        return target;
    }

    /// <summary>The weighted sum of the rows that target row <paramref name="y"/> covers. Rows that it covers whole share one weight, and are added up
    /// before they are weighted.</summary>
    private static void AddRows(Image source, int y, int height, Span<uint> sums, Span<ushort> whole)
    {
        sums.Clear();
        whole.Clear();
        int pending = 0;
        long from = (long)y * source.Height;
        long to = from + source.Height;
        for (int row = (int)(from / height); (long)row * height < to; row++)
        {
            uint overlap = Overlap(row, height, from, to);
            if (overlap != height)
            {
                AreaKernel.AddRow(source.Row(row), overlap, sums);
                continue;
            }
            AreaKernel.AddWhole(source.Row(row), whole);
            if (++pending == AreaKernel.MostWhole)
            {
                AreaKernel.AddSums(whole, (uint)height, sums);
                whole.Clear();
                pending = 0;
            }
        }
        if (pending > 0)
            AreaKernel.AddSums(whole, (uint)height, sums);
    }

    /// <summary>The length that source cell [cell·size, (cell + 1)·size) shares with [from, to).</summary>
    private static uint Overlap(long cell, int size, long from, long to) =>
        (uint)(Math.Min((cell + 1) * size, to) - Math.Max(cell * size, from));

    /// <summary>Averages along a row of vertical sums. <c>target = round(Σ overlap · sums / (sourceWidth · sourceHeight))</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AverageColumns(ReadOnlySpan<uint> sums, Span<byte> target, int sourceWidth, int sourceHeight)
    {
        int width = target.Length / 3;
        double area = (double)sourceWidth * sourceHeight;
        // Sums are whole and below 2^40. Half a unit more, and no quotient lies so near a whole number that the rounding of the product could cross it.
        double inverse = 1 / area;
        double half = Math.Floor(area / 2) + 0.5;
        long position = 0;
        long columnEnd = width;
        for (int x = 0, at = 0; x < width; x++)
        {
            long to = position + sourceWidth;
            (long red, long green, long blue) = (0, 0, 0);
            while (position < to)
            {
                long next = Math.Min(columnEnd, to);
                long weight = next - position;
                red += weight * sums[at];
                green += weight * sums[at + 1];
                blue += weight * sums[at + 2];
                position = next;
                if (next == columnEnd)
                    (columnEnd, at) = (columnEnd + width, at + 3);
            }
            target[3 * x] = (byte)((red + half) * inverse);
            target[3 * x + 1] = (byte)((green + half) * inverse);
            target[3 * x + 2] = (byte)((blue + half) * inverse);
        }
    }
}
