namespace ImageSig.Imaging.Decoders;

/// <summary>A picture on its way to one size.</summary>
/// <remarks>Area averages are exact sums, so that it is the same to turn a picture and shrink it, or to shrink it and turn the little one.</remarks>
internal sealed class Fitting(FittedSize size) : IDisposable
{
    private AreaRows? area;
    private int orientation, width, top, left, partWidth, partHeight;
    private bool bottomUp;

    /// <summary>Says what comes, as <see cref="RowTarget.Begin"/> does.</summary>
    public void Begin(int width, int height, int orientation, bool bottomUp)
    {
        (this.width, this.orientation, this.bottomUp) = (width, orientation, bottomUp);
        bool turned = orientation >= 5;
        (int seenWidth, int seenHeight) = turned ? (height, width) : (width, height);
        (int seenLeft, int seenTop, int seenColumns, int seenRows) = (0, 0, seenWidth, seenHeight);
        (int columnsInside, int rowsInside) = (size.Width, size.Height);
        if (size.Fit == ImageFit.Crop)
            (seenLeft, seenTop, seenColumns, seenRows) = Resize.PartOfAspect(seenWidth, seenHeight, size.Width, size.Height);
        else if (size.Fit == ImageFit.Letterbox)
            (columnsInside, rowsInside) = Resize.SizeInside(seenWidth, seenHeight, size.Width, size.Height);
        if (orientation is 2 or 3 or 6 or 7)
            seenLeft = seenWidth - seenLeft - seenColumns;
        if (orientation is 3 or 4 or 7 or 8)
            seenTop = seenHeight - seenTop - seenRows;
        (left, top, partWidth, partHeight) = turned ? (seenTop, seenLeft, seenRows, seenColumns) : (seenLeft, seenTop, seenColumns, seenRows);
        Image small = turned ? Image.Uncleared(rowsInside, columnsInside) : Image.Uncleared(columnsInside, rowsInside);
        area = new AreaRows(partWidth, partHeight, small, inPieces: width > RowTarget.LongestPiece, bottomUp);
    }

    /// <summary>Takes rows as <see cref="RowTarget.Take"/> does.</summary>
    /// <param name="y">The first that comes.</param>
    /// <param name="x">The first pixel of each.</param>
    /// <param name="count">Pixels of each.</param>
    /// <param name="rows">How many.</param>
    /// <param name="pixels">[rows, count, 3].</param>
    public void Take(int y, int x, int count, int rows, ReadOnlySpan<byte> pixels)
    {
        int first = Math.Max(0, bottomUp ? y - (top + partHeight - 1) : top - y);
        int end = Math.Min(rows, bottomUp ? y - top + 1 : top + partHeight - y);
        int from = Math.Max(x, left), to = Math.Min(x + count, left + partWidth);
        if (first >= end || from >= to)
            return;
        if (partWidth == width && count == width)
        {
            area!.Add(pixels[(3 * count * first)..(3 * count * end)]);
            return;
        }
        for (int row = first; row < end; row++)
            area!.Add(pixels.Slice(3 * (row * count + from - x), 3 * (to - from)));
    }

    /// <summary>The picture, upright.</summary>
    public Image Finish()
    {
        Image inner = Exif.Upright(area!.Target, orientation);
        return size.Fit == ImageFit.Letterbox ? Resize.PutInside(inner, size.Width, size.Height, size.Bars) : inner;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        area?.Dispose();
        area = null;
    }
}
