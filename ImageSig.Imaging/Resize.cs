namespace ImageSig.Imaging;

/// <summary>Changes the size of a picture.</summary>
public static partial class Resize
{
    /// <summary>Area averaging: each pixel is the mean of the source cells it covers, weighted by overlap, rounded to nearest.</summary>
    /// <param name="source">[H, W, 3].</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <returns>[height, width, 3]; within 1 level of OpenCV's INTER_AREA.</returns>
    /// <remarks>Computed in whole numbers, so that the result is the same everywhere (<see cref="AreaRows"/>).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public static Image Area(Image source, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        bool wide = source.Width > Decoders.RowTarget.LongestPiece;
        using AreaRows rows = new(source.Width, source.Height, Image.Uncleared(width, height), inPieces: wide);
        if (!wide)
            rows.Add(source.Pixels);
        for (int y = 0; wide && y < source.Height; y++)
            rows.Add(source.Row(y));
        return rows.Target;
    }
}
