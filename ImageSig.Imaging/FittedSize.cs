namespace ImageSig.Imaging;

/// <summary>A size that a picture is brought to, and how.</summary>
internal readonly record struct FittedSize
{
    /// <summary>A size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1.</exception>
    public FittedSize(int width, int height, ImageFit fit, byte bars = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (Width, Height, Fit, Bars) = (width, height, fit, bars);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>What happens to another shape.</summary>
    public ImageFit Fit { get; }

    /// <summary>The gray level of a letterbox's bars.</summary>
    public byte Bars { get; }
}
