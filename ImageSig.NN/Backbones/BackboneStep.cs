using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>What a step of a backbone does.</summary>
internal enum BackboneOperation
{
    /// <summary>A convolution over all channels.</summary>
    Convolution,

    /// <summary>A convolution of each channel by itself.</summary>
    Depthwise,

    /// <summary>The sum of two results.</summary>
    Sum,
}

/// <summary>One step of a backbone: a convolution with bias and activation, or a sum.</summary>
/// <param name="Name">Unique; its tensors are NAME.weight and NAME.bias.</param>
/// <param name="Operation">What it does.</param>
/// <param name="From">The steps that it reads, all before it; −1 is the image. One, or two for a sum.</param>
/// <param name="Inputs">Channels that it reads.</param>
/// <param name="Outputs">Channels that it writes.</param>
/// <param name="Activation">None, ReLU or ReLU6.</param>
internal sealed record BackboneStep(
    string Name, BackboneOperation Operation, IReadOnlyList<int> From, int Inputs, int Outputs, Activation Activation)
{
    /// <summary>Height of the kernel.</summary>
    public int KernelHeight { get; init; } = 1;

    /// <summary>Width of the kernel.</summary>
    public int KernelWidth { get; init; } = 1;

    /// <summary>Stride and padding.</summary>
    public BackbonePadding Padding { get; init; }

    /// <summary>Pixels between two outputs.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Stride and padding as the tape takes them.</summary>
    public Convolution2DOptions Options => Padding switch
    {
        BackbonePadding.Same => new() { Stride = Stride, Same = true },
        BackbonePadding.Symmetric => new() { Stride = Stride, Padding = (KernelHeight - 1) / 2 },
        _ => new() { Stride = Stride },
    };

    /// <summary>[Ky, Kx, inputs, outputs], or [Ky, Kx, channels].</summary>
    public Shape WeightShape => Operation == BackboneOperation.Depthwise
        ? new Shape(KernelHeight, KernelWidth, Outputs)
        : new Shape(KernelHeight, KernelWidth, Inputs, Outputs);

    /// <summary>What comes out of [H, W, C].</summary>
    /// <exception cref="ArgumentException">The image is smaller than the kernel.</exception>
    public Shape OutputShape(Shape input)
    {
        if (Operation == BackboneOperation.Sum)
            return input;
        int height = Options.OutputLength(input[0], KernelHeight), width = Options.OutputLength(input[1], KernelWidth);
        return height > 0 && width > 0
            ? new Shape(height, width, Outputs)
            : throw new ArgumentException($"{Name} (backbone): {input} comes in, smaller than a kernel of {KernelHeight}x{KernelWidth}. Use larger images.");
    }

    /// <summary>Multiply-adds of an image that gives <paramref name="output"/>.</summary>
    public long MultiplyAdds(Shape output) => Operation switch
    {
        BackboneOperation.Convolution => (long)output.Count * KernelHeight * KernelWidth * Inputs,
        BackboneOperation.Depthwise => (long)output.Count * KernelHeight * KernelWidth,
        _ => 0,
    };
}

/// <summary>Zeros around the image.</summary>
internal enum BackbonePadding
{
    /// <summary>None.</summary>
    Valid,

    /// <summary>(kernel − 1) / 2 on each side.</summary>
    Symmetric,

    /// <summary>As TensorFlow's SAME.</summary>
    Same,
}
