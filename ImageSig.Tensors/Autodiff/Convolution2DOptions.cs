namespace ImageSig.Tensors.Autodiff;

/// <summary>How a two-dimensional convolution moves over its input, the same in both directions.</summary>
public readonly record struct Convolution2DOptions
{
    /// <summary>Stride 1, no padding.</summary>
    public Convolution2DOptions()
    {
    }

    /// <summary>Pixels between two outputs.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Zeros put around the image on each side.</summary>
    public int Padding { get; init; }

    /// <summary>How many outputs <paramref name="length"/> pixels give: <c>(length + 2·padding − kernel) / stride + 1</c>, 0 if none.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or the padded pixels are too many to count.</exception>
    public int OutputLength(int length, int kernel)
    {
        Check("Conv2D");
        long padded = length + 2L * Padding;
        if (padded > int.MaxValue)
            throw new ArgumentException($"Conv2D: {length} pixels with padding {Padding} on both sides are more than {int.MaxValue}; pad less.");
        long room = padded - kernel;
        return room < 0 ? 0 : (int)(room / Stride) + 1;
    }

    /// <summary>Checks the values, for <paramref name="user"/> who is named in the message.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check(string user)
    {
        if (Stride < 1)
            throw new ArgumentException($"{user}: stride {Stride}; it must be at least 1, as new Convolution2DOptions() has it.");
        if (Padding < 0)
            throw new ArgumentException($"{user}: padding {Padding}; it must be at least 0. To cut an image, crop it before.");
    }
}
