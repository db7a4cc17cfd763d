using System.Buffers;

namespace ImageSig.Imaging.Decoders;

/// <summary>A picture that is brought to a size while its rows come: the pixels of <see cref="Resize.Fit"/>, in the memory of a row.</summary>
/// <remarks>Area averages are exact sums, so that it is the same to turn a picture and shrink it, or to shrink it and turn the little one.</remarks>
internal sealed class FittedPicture(int targetWidth, int targetHeight, ImageFit fit, byte bars) : RowTarget, IDisposable
{
    private AreaRows? rows;
    private int orientation, top, left, partWidth, partHeight;
    private int columnsInside, rowsInside;
    private byte[] buffer = [];

    /// <inheritdoc/>
    public override void Begin(int width, int height, int orientation = 1, bool bottomUp = false)
    {
        this.orientation = orientation;
        bool turned = orientation >= 5;
        (int seenWidth, int seenHeight) = turned ? (height, width) : (width, height);
        (int seenLeft, int seenTop, int seenColumns, int seenRows) = (0, 0, seenWidth, seenHeight);
        (columnsInside, rowsInside) = (targetWidth, targetHeight);
        if (fit == ImageFit.Crop)
            (seenLeft, seenTop, seenColumns, seenRows) = Resize.PartOfAspect(seenWidth, seenHeight, targetWidth, targetHeight);
        else if (fit == ImageFit.Letterbox)
            (columnsInside, rowsInside) = Resize.SizeInside(seenWidth, seenHeight, targetWidth, targetHeight);
        if (orientation is 2 or 3 or 6 or 7)
            seenLeft = seenWidth - seenLeft - seenColumns;
        if (orientation is 3 or 4 or 7 or 8)
            seenTop = seenHeight - seenTop - seenRows;
        (left, top, partWidth, partHeight) = turned ? (seenTop, seenLeft, seenRows, seenColumns) : (seenLeft, seenTop, seenColumns, seenRows);
        Image small = turned ? Image.Uncleared(rowsInside, columnsInside) : Image.Uncleared(columnsInside, rowsInside);
        rows = new AreaRows(partWidth, partHeight, small, inPieces: width > LongestPiece, bottomUp);
        buffer = ArrayPool<byte>.Shared.Rent(3 * Math.Min(width, LongestPiece));
    }

    /// <inheritdoc/>
    public override Span<byte> Row(int y, int x, int count) => buffer.AsSpan(0, 3 * count);

    /// <inheritdoc/>
    public override void Take(int y, int x, int count)
    {
        if (y < top || y >= top + partHeight)
            return;
        int from = Math.Max(x, left), to = Math.Min(x + count, left + partWidth);
        if (from < to)
            rows!.Add(buffer.AsSpan(3 * (from - x), 3 * (to - from)));
    }

    /// <inheritdoc/>
    public override Image Finish()
    {
        Image inner = Exif.Upright(rows!.Target, orientation);
        if (fit == ImageFit.Letterbox)
            inner = Resize.PutInside(inner, targetWidth, targetHeight, bars);
        return inner.With(Damage, Irregularity);
    }

    /// <summary>Gives the rented buffers back.</summary>
    public void Dispose()
    {
        rows?.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        (rows, buffer) = (null, []);
    }
}
