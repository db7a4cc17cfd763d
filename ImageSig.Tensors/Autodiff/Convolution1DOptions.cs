namespace ImageSig.Tensors.Autodiff;

/// <summary>How a one-dimensional convolution moves over its input.</summary>
public readonly record struct Convolution1DOptions
{
    /// <summary>Stride 1, no padding, no dilation.</summary>
    public Convolution1DOptions()
    {
    }

    /// <summary>Steps between two outputs.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Zeros put before the first step.</summary>
    public int PaddingBefore { get; init; }

    /// <summary>Zeros put behind the last step.</summary>
    public int PaddingAfter { get; init; }

    /// <summary>Steps between two taps of the kernel.</summary>
    public int Dilation { get; init; } = 1;

    /// <summary>Zeros on both sides such that with stride 1 as many outputs as inputs come out; the odd one goes behind.</summary>
    public static Convolution1DOptions Same(int kernel, int stride = 1, int dilation = 1) => new()
    {
        Stride = stride,
        Dilation = dilation,
        PaddingBefore = (kernel - 1) * dilation / 2,
        PaddingAfter = (kernel - 1) * dilation - (kernel - 1) * dilation / 2,
    };

    /// <summary>How many outputs <paramref name="length"/> inputs give: <c>(T + padding − dilation·(K − 1) − 1) / stride + 1</c>, 0 if none.</summary>
    public int OutputLength(int length, int kernel)
    {
        int room = length + PaddingBefore + PaddingAfter - Dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : room / Stride + 1;
    }
}
