namespace ImageSig.Imaging;

/// <summary>How a picture of another shape is brought to a wanted size.</summary>
public enum ImageFit
{
    /// <summary>The whole picture, squeezed or stretched.</summary>
    Stretch,

    /// <summary>The largest centered part of the right shape.</summary>
    Crop,

    /// <summary>The whole picture in its own shape, centered, with bars beside it or above and below.</summary>
    Letterbox,
}

public static partial class Resize
{
    /// <summary>Brings a picture to a size by area averaging.</summary>
    /// <param name="source">[H, W, 3]; returned itself where it already fits.</param>
    /// <param name="width">Columns of the result, at least 1.</param>
    /// <param name="height">Rows of the result, at least 1.</param>
    /// <param name="fit">What happens to another shape.</param>
    /// <param name="bars">The gray level of a letterbox's bars.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public static Image Fit(Image source, int width, int height, ImageFit fit, byte bars = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (source.Width == width && source.Height == height)
            return source;
        if (fit == ImageFit.Letterbox)
            return Letterbox(source, width, height, bars);
        return Area(fit == ImageFit.Crop ? CropToAspect(source, width, height) : source, width, height);
    }

    /// <summary>A rectangle cut out of a picture.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rectangle does not lie inside the picture.</exception>
    public static Image Crop(Image source, int left, int top, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (left < 0 || top < 0 || width < 1 || height < 1 || width > source.Width - left || height > source.Height - top)
        {
            throw new ArgumentOutOfRangeException(
                nameof(left), $"Crop: {width}x{height} pixels from ({left}, {top}) do not lie inside a picture of {source.Width}x{source.Height}; keep the rectangle within it.");
        }
        Image part = Image.Uncleared(width, height);
        for (int y = 0; y < height; y++)
            source.Row(top + y).Slice(3 * left, 3 * width).CopyTo(part.Row(y));
        return part;
    }

    /// <summary>The largest centered part whose sides stand as <paramref name="width"/> to <paramref name="height"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public static Image CropToAspect(Image source, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (int left, int top, int columns, int rows) = PartOfAspect(source.Width, source.Height, width, height);
        return columns == source.Width && rows == source.Height ? source : Crop(source, left, top, columns, rows);
    }

    /// <summary>The largest centered part of a picture whose sides stand as <paramref name="width"/> to <paramref name="height"/>.</summary>
    internal static (int Left, int Top, int Columns, int Rows) PartOfAspect(int sourceWidth, int sourceHeight, int width, int height)
    {
        // Cross-multiplied, so that no rounding of the ratio can shave a pixel off a picture that already fits.
        long wide = (long)sourceWidth * height;
        long tall = (long)sourceHeight * width;
        int columns = wide <= tall ? sourceWidth : Math.Max(1, (int)(tall / height));
        int rows = wide >= tall ? sourceHeight : Math.Max(1, (int)(wide / width));
        return ((sourceWidth - columns) / 2, (sourceHeight - rows) / 2, columns, rows);
    }

    /// <summary>The size of a picture that keeps its shape and just fits into a box.</summary>
    internal static (int Columns, int Rows) SizeInside(int sourceWidth, int sourceHeight, int width, int height)
    {
        double scale = Math.Min((double)width / sourceWidth, (double)height / sourceHeight);
        return (Math.Clamp((int)Math.Round(sourceWidth * scale), 1, width), Math.Clamp((int)Math.Round(sourceHeight * scale), 1, height));
    }

    /// <summary>A box with a picture in its middle.</summary>
    internal static Image PutInside(Image inner, int width, int height, byte bars)
    {
        if (inner.Width == width && inner.Height == height)
            return inner;
        Image boxed = new(width, height);
        boxed.Pixels.Fill(bars);
        for (int y = 0; y < inner.Height; y++)
            inner.Row(y).CopyTo(boxed.Row((height - inner.Height) / 2 + y)[(3 * ((width - inner.Width) / 2))..]);
        return boxed;
    }

    private static Image Letterbox(Image source, int width, int height, byte bars)
    {
        (int columns, int rows) = SizeInside(source.Width, source.Height, width, height);
        return PutInside(Area(source, columns, rows), width, height, bars);
    }
}
