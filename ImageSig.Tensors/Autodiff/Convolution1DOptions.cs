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
    /// <exception cref="ArgumentException">A value is out of range, or the padded steps are too many to count.</exception>
    public int OutputLength(int length, int kernel)
    {
        Check("Conv1D");
        long padded = (long)length + PaddingBefore + PaddingAfter;
        if (padded > int.MaxValue)
            throw new ArgumentException($"Conv1D: {length} steps with padding {PaddingBefore} before and {PaddingAfter} after are more than {int.MaxValue}; pad less.");
        long room = padded - (long)Dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : (int)(room / Stride) + 1;
    }

    /// <summary>Checks the values, for <paramref name="user"/> who is named in the message.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check(string user)
    {
        if (Stride < 1 || Dilation < 1)
            throw new ArgumentException($"{user}: stride {Stride}, dilation {Dilation}; both must be at least 1, as new Convolution1DOptions() has them.");
        if (PaddingBefore < 0 || PaddingAfter < 0)
            throw new ArgumentException($"{user}: padding {PaddingBefore} before and {PaddingAfter} after; both must be at least 0. To leave steps out, slice the input.");
    }
}
