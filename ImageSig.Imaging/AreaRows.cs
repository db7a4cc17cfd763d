using System.Buffers;
using System.Runtime.CompilerServices;

namespace ImageSig.Imaging;

/// <summary>Area averaging of a picture whose rows come one after the other: each target pixel is the mean of the source cells it covers, weighted by
/// overlap, rounded to nearest.</summary>
/// <remarks>Measured in units of 1/(W · width) and 1/(H · height), every overlap is a whole number, so the weighted sums are exact, and in whatever order they are
/// added the result is the same. Rows of ordinary width are added up first, a straight run over memory, and then across; of a very wide row each piece is added
/// up across at once, so that no more than the target's width is kept.</remarks>
internal sealed class AreaRows : IDisposable
{
    /// <summary>Weighted sums of 255 stay below 2^32 up to this weight.</summary>
    private const long MaxWeight = 1 << 24;

    private readonly int sourceWidth, sourceHeight;
    private readonly bool bottomUp, wide;
    private readonly long[] totals;
    private readonly long[] across = [];
    private uint[] sums = [];
    private ushort[] whole = [];

    /// <summary>The source row that is expected, the target row it falls into, and the sums' weight and rows not yet weighted.</summary>
    private int row, targetRow, pending;
    private long weight;

    /// <summary>How far the pieces of a wide row have come.</summary>
    private int column;

    /// <summary>Prepares for a source of a size.</summary>
    /// <param name="sourceWidth">Columns of each row.</param>
    /// <param name="sourceHeight">Rows that will come.</param>
    /// <param name="target">Receives the averages.</param>
    /// <param name="inPieces">Whether rows are so wide that they come in pieces.</param>
    /// <param name="bottomUp">Whether the last row comes first.</param>
    public AreaRows(int sourceWidth, int sourceHeight, Image target, bool inPieces, bool bottomUp = false)
    {
        (this.sourceWidth, this.sourceHeight, Target, wide, this.bottomUp) = (sourceWidth, sourceHeight, target, inPieces, bottomUp);
        totals = new long[3 * target.Width];
        if (wide)
        {
            across = new long[3 * target.Width];
            return;
        }
        sums = ArrayPool<uint>.Shared.Rent(3 * sourceWidth);
        whole = ArrayPool<ushort>.Shared.Rent(3 * sourceWidth);
        sums.AsSpan(0, 3 * sourceWidth).Clear();
        whole.AsSpan(0, 3 * sourceWidth).Clear();
    }

    /// <summary>[height, width, 3], finished once every row was added.</summary>
    public Image Target { get; }

    /// <summary>Adds the next rows, or the next piece of a wide one.</summary>
    /// <param name="pixels">[rows, W, 3], or [.., 3] of a wide row.</param>
    public void Add(ReadOnlySpan<byte> pixels)
    {
        int length = wide ? pixels.Length : 3 * sourceWidth;
        while (pixels.Length > 0)
        {
            int whole = pixels.Length > length ? AddInside(pixels, length) : 0;
            if (whole == 0)
                AddRow(pixels[..length]);
            pixels = pixels[(Math.Max(1, whole) * length)..];
        }
    }

    /// <summary>Adds as many rows as lie within the target row, its last one left out, without looking at each: of a narrow picture that is most of the work.</summary>
    /// <returns>How many; perhaps 0.</returns>
    private int AddInside(ReadOnlySpan<byte> pixels, int length)
    {
        long left = ((long)(targetRow + 1) * sourceHeight - 1) / Target.Height - row;
        long room = Math.Min(AreaKernel.MaxWhole - pending, (MaxWeight - weight) / Target.Height);
        int count = (int)Math.Min(Math.Min(left, room), pixels.Length / length);
        if (count < 1)
            return 0;
        Span<ushort> rows = whole.AsSpan(0, length);
        for (int at = 0; at < count * length; at += length)
            AreaKernel.AddWhole(pixels.Slice(at, length), rows);
        row += count;
        weight += (long)count * Target.Height;
        pending += count;
        if (pending == AreaKernel.MaxWhole)
            WeighWhole();
        return count;
    }

    private void AddRow(ReadOnlySpan<byte> pixels)
    {
        if (wide)
        {
            AddAcross(pixels);
            if (column < sourceWidth)
                return;
            column = 0;
        }
        long position = (long)row++ * Target.Height;
        long end = position + Target.Height;
        while (position < end)
        {
            long rowEnd = (long)(targetRow + 1) * sourceHeight;
            uint overlap = (uint)(Math.Min(end, rowEnd) - position);
            AddWeighted(pixels, overlap);
            position += overlap;
            if (position == rowEnd)
                EndRow();
        }
        if (wide)
            Array.Clear(across);
    }

    /// <summary>Gives the rented buffers back.</summary>
    public void Dispose()
    {
        ArrayPool<uint>.Shared.Return(sums);
        ArrayPool<ushort>.Shared.Return(whole);
        (sums, whole) = ([], []);
    }

    private void AddWeighted(ReadOnlySpan<byte> pixels, uint overlap)
    {
        if (wide)
        {
            for (int i = 0; i < across.Length; i++)
                totals[i] += overlap * across[i];
            return;
        }
        if (weight + overlap > MaxWeight)
            AddColumns();
        weight += overlap;
        // Rows that a target row covers whole share one weight, and are added up before they are weighted.
        if (overlap != Target.Height)
        {
            AreaKernel.AddRow(pixels, overlap, sums.AsSpan(0, pixels.Length));
            return;
        }
        AreaKernel.AddWhole(pixels, whole.AsSpan(0, pixels.Length));
        if (++pending == AreaKernel.MaxWhole)
            WeighWhole();
    }

    private void WeighWhole()
    {
        if (pending == 0)
            return;
        Span<ushort> rows = whole.AsSpan(0, 3 * sourceWidth);
        AreaKernel.AddSums(rows, (uint)Target.Height, sums.AsSpan(0, 3 * sourceWidth));
        rows.Clear();
        pending = 0;
    }

    /// <summary>Adds the vertical sums up along the row: <c>totals += Σ overlap · sums</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddColumns()
    {
        WeighWhole();
        int width = Target.Width;
        ReadOnlySpan<uint> vertical = sums.AsSpan(0, 3 * sourceWidth);
        Span<long> sum = totals;
        long position = 0;
        long columnEnd = width;
        for (int x = 0, at = 0; x < width; x++)
        {
            long to = position + sourceWidth;
            (long red, long green, long blue) = (0, 0, 0);
            while (position < to)
            {
                long next = Math.Min(columnEnd, to);
                long overlap = next - position;
                red += overlap * vertical[at];
                green += overlap * vertical[at + 1];
                blue += overlap * vertical[at + 2];
                position = next;
                if (next == columnEnd)
                    (columnEnd, at) = (columnEnd + width, at + 3);
            }
            sum[3 * x] += red;
            sum[3 * x + 1] += green;
            sum[3 * x + 2] += blue;
        }
        sums.AsSpan(0, 3 * sourceWidth).Clear();
        weight = 0;
    }

    /// <summary>Adds a piece of a wide row up: <c>across += Σ overlap · pixels</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddAcross(ReadOnlySpan<byte> pixels)
    {
        int width = Target.Width;
        long position = (long)column * width;
        long columnEnd = position + width;
        column += pixels.Length / 3;
        long end = (long)column * width;
        for (int at = 0; position < end;)
        {
            int x = (int)(position / sourceWidth);
            long to = Math.Min((long)(x + 1) * sourceWidth, end);
            (long red, long green, long blue) = (0, 0, 0);
            while (position < to)
            {
                long next = Math.Min(columnEnd, to);
                long overlap = next - position;
                red += overlap * pixels[at];
                green += overlap * pixels[at + 1];
                blue += overlap * pixels[at + 2];
                position = next;
                if (next == columnEnd)
                    (columnEnd, at) = (columnEnd + width, at + 3);
            }
            across[3 * x] += red;
            across[3 * x + 1] += green;
            across[3 * x + 2] += blue;
        }
    }

    /// <summary><c>target = round(totals / (sourceWidth · sourceHeight))</c>.</summary>
    private void EndRow()
    {
        if (!wide)
            AddColumns();
        double area = (double)sourceWidth * sourceHeight;
        // Totals are whole and below 2^40. Half a unit more, and no quotient lies so near a whole number that the rounding of the product could cross it.
        double inverse = 1 / area;
        double half = Math.Floor(area / 2) + 0.5;
        Span<byte> levels = Target.Row(bottomUp ? Target.Height - 1 - targetRow : targetRow);
        for (int i = 0; i < levels.Length; i++)
            levels[i] = (byte)((totals[i] + half) * inverse);
        Array.Clear(totals);
        targetRow++;
    }
}
