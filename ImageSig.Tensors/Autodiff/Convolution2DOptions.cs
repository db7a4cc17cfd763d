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

    /// <summary>Zeros as TensorFlow's SAME puts them instead: of n pixels come <c>⌈n / stride⌉</c>, and of the <c>(⌈n / stride⌉ − 1)·stride + kernel − n</c>
    /// zeros that this takes (none if that is below 0) the smaller half stands before the image. <see cref="Padding"/> is then 0.</summary>
    public bool Same { get; init; }

    /// <summary>How many outputs <paramref name="length"/> pixels give: <c>(length + 2·padding − kernel) / stride + 1</c>, 0 if none; <c>⌈length / stride⌉</c> with
    /// <see cref="Same"/>.</summary>
    /// <exception cref="ArgumentException">A value is out of range, or the padded pixels are too many to count.</exception>
    public int OutputLength(int length, int kernel)
    {
        Check("Conv2D");
        if (Same)
            return Covered(length);
        long padded = length + 2L * Padding;
        if (padded > int.MaxValue)
            throw new ArgumentException($"Conv2D: {length} pixels with padding {Padding} on both sides are more than {int.MaxValue}; pad less.");
        long room = padded - kernel;
        return room < 0 ? 0 : (int)(room / Stride) + 1;
    }

    /// <summary>Zeros before the first of <paramref name="length"/> pixels, above it and to its left.</summary>
    public int PaddingBefore(int length, int kernel) =>
        Same ? (int)(Math.Max((Covered(length) - 1L) * Stride + kernel - length, 0) / 2) : Padding;

    private int Covered(int length) => (length - 1) / Stride + 1;

    /// <summary>Checks the values, for <paramref name="user"/> who is named in the message.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check(string user)
    {
        if (Stride < 1)
            throw new ArgumentException($"{user}: stride {Stride}; it must be at least 1, as new Convolution2DOptions() has it.");
        if (Padding < 0)
            throw new ArgumentException($"{user}: padding {Padding}; it must be at least 0. To cut an image, crop it before.");
        if (Same && Padding != 0)
            throw new ArgumentException($"{user}: padding {Padding} beside SAME, which decides it; leave one of the two out.");
    }
}
