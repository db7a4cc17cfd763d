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
        Image target = new(width, height);
        int samples = 3 * source.Width;
        uint[] columns = ArrayPool<uint>.Shared.Rent(samples);
        try
        {
            for (int y = 0; y < height; y++)
            {
                Span<uint> sums = columns.AsSpan(0, samples);
                sums.Clear();
                long from = (long)y * source.Height;
                long to = from + source.Height;
                for (int row = (int)(from / height); (long)row * height < to; row++)
                    AreaKernel.AddRow(source.Row(row), Overlap(row, height, from, to), sums);
                AverageColumns(sums, target.Row(y), source.Width, source.Height);
            }
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(columns);
        }
        return target;
    }

    /// <summary>The length that source cell [cell·size, (cell + 1)·size) shares with [from, to).</summary>
    private static uint Overlap(long cell, int size, long from, long to) =>
        (uint)(Math.Min((cell + 1) * size, to) - Math.Max(cell * size, from));

    /// <summary>Averages along a row of vertical sums. <c>target = round(Σ overlap · sums / (sourceWidth · sourceHeight))</c>.</summary>
    private static void AverageColumns(ReadOnlySpan<uint> sums, Span<byte> target, int sourceWidth, int sourceHeight)
    {
        int width = target.Length / 3;
        ulong area = (ulong)sourceWidth * (ulong)sourceHeight;
        for (int x = 0; x < width; x++)
        {
            long from = (long)x * sourceWidth;
            long to = from + sourceWidth;
            (ulong red, ulong green, ulong blue) = (area / 2, area / 2, area / 2);
            for (int column = (int)(from / width); (long)column * width < to; column++)
            {
                ulong weight = Overlap(column, width, from, to);
                red += weight * sums[3 * column];
                green += weight * sums[3 * column + 1];
                blue += weight * sums[3 * column + 2];
            }
            target[3 * x] = (byte)(red / area);
            target[3 * x + 1] = (byte)(green / area);
            target[3 * x + 2] = (byte)(blue / area);
        }
    }
}
