namespace ImageSig.Imaging.Decoders;

/// <summary>Undoes the prediction that PNG puts in front of its compression.</summary>
/// <remarks>Source: PNG specification (third edition), section 9.</remarks>
internal static class PngFilter
{
    /// <summary>Restores a piece of a row in place.</summary>
    /// <param name="filter">0 none, 1 left, 2 above, 3 mean of both, 4 Paeth.</param>
    /// <param name="row">The piece's bytes as stored, behind <paramref name="step"/> restored ones: zeros at the row's beginning.</param>
    /// <param name="above">The same of the restored row above; zeros above the first.</param>
    /// <param name="step">Bytes between a byte and its left neighbor.</param>
    public static void Restore(int filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        above = above[..row.Length];
        switch (filter)
        {
            case 0:
                break;
            case 1:
                for (int i = step; i < row.Length; i++)
                    row[i] += row[i - step];
                break;
            case 2:
                for (int i = step; i < row.Length; i++)
                    row[i] += above[i];
                break;
            case 3:
                for (int i = step; i < row.Length; i++)
                    row[i] += (byte)((row[i - step] + above[i]) >> 1);
                break;
            case 4:
                for (int i = step; i < row.Length; i++)
                    row[i] += Paeth(row[i - step], above[i], above[i - step]);
                break;
            default:
                throw new ImageFormatException($"PNG: a row names filter {filter}, only 0 to 4 exist; the file is damaged.");
        }
    }

    /// <summary>Whichever of left, above and corner is nearest to <c>left + above − corner</c>; the first of equals.</summary>
    internal static byte Paeth(int left, int above, int corner)
    {
        int fromLeft = Math.Abs(above - corner);
        int fromAbove = Math.Abs(left - corner);
        int fromCorner = Math.Abs(left + above - corner - corner);
        if (fromLeft <= fromAbove && fromLeft <= fromCorner)
            return (byte)left;
        return (byte)(fromAbove <= fromCorner ? above : corner);
    }
}
