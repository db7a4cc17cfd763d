namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>The mean of every size x size pixels of [B, H, W, C]; pixels left over are dropped.</summary>
    /// <returns>[B, H / size, W / size, C].</returns>
    /// <exception cref="ArgumentException">The window is below 1, or the input is not [B, H, W, C] or smaller than one window.</exception>
    public Tensor AveragePool2D(Tensor input, int size) => Pool2D(input, size, isMaximum: false);

    /// <summary>The maximum of every size x size pixels of [B, H, W, C]; pixels left over are dropped.</summary>
    /// <returns>[B, H / size, W / size, C].</returns>
    /// <exception cref="ArgumentException">The window is below 1, or the input is not [B, H, W, C] or smaller than one window.</exception>
    public Tensor MaxPool2D(Tensor input, int size) => Pool2D(input, size, isMaximum: true);

    /// <summary>Along the columns, then along the rows: both poolings are separable.</summary>
    private Tensor Pool2D(Tensor input, int size, bool isMaximum)
    {
        string operation = isMaximum ? "MaxPool2D" : "AveragePool2D";
        CheckWindow(operation, size);
        if (input.Shape.Rank != 4 || input.Shape[1] < size || input.Shape[2] < size)
            throw new ArgumentException($"{operation}: input is {input.Shape}, the window is {size}; the input must be [B, H, W, C] with H and W at least {size}.");
        (int batch, int height, int width, int channels) = (input.Shape[0], input.Shape[1], input.Shape[2], input.Shape[3]);
        Tensor narrow = Pool1D(Reshape(input, new Shape(batch * height, width, channels)), size, isMaximum);
        Tensor small = Pool1D(Reshape(narrow, new Shape(batch, height, width / size * channels)), size, isMaximum);
        return Reshape(small, new Shape(batch, height / size, width / size, channels));
    }

    private static void CheckWindow(string operation, int size)
    {
        if (size < 1)
            throw new ArgumentException($"{operation}: the window is {size}; it must be at least 1.");
    }

    private Tensor Pool1D(Tensor input, int size, bool isMaximum) => isMaximum ? MaxPool1D(input, size) : AveragePool1D(input, size);
}
