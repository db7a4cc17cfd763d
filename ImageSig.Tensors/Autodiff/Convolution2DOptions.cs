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
    public int OutputLength(int length, int kernel)
    {
        int room = length + 2 * Padding - kernel;
        return room < 0 ? 0 : room / Stride + 1;
    }
}
