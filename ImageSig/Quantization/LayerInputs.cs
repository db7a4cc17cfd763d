using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Quantization;

/// <summary>What the weights of a layer are multiplied with: rows of as many numbers as each of its outputs has weights.</summary>
internal sealed class LayerInputs
{
    private readonly Layer layer;
    private readonly Shape input;

    private LayerInputs(Layer layer, Shape input, Parameter weight, Parameter? bias) =>
        (this.layer, this.input, Weight, Bias) = (layer, input, weight, bias);

    /// <summary>[…, outputs].</summary>
    public Parameter Weight { get; }

    /// <summary>[outputs], or null.</summary>
    public Parameter? Bias { get; }

    /// <summary>Numbers of a row.</summary>
    public int Length => Weight.Count / Weight.Shape.Last;

    /// <summary>How many rows there are of one sample.</summary>
    public int Count => layer.OutputShape(input).Count / Weight.Shape.Last;

    /// <summary>Of a dense layer or a convolution; null of all others.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The shape of a sample that comes into it.</param>
    public static LayerInputs? Of(Layer layer, Shape input) => layer switch
    {
        Dense dense => new(layer, input, dense.Weight, dense.Bias),
        Conv1D convolution => new(layer, input, convolution.Weight, convolution.Bias),
        Conv2D convolution => new(layer, input, convolution.Weight, convolution.Bias),
        _ => null,
    };

    /// <summary>One row.</summary>
    /// <param name="sample">What comes into the layer.</param>
    /// <param name="index">Which row, below <see cref="Count"/>.</param>
    /// <param name="row">[<see cref="Length"/>].</param>
    public void CopyTo(ReadOnlySpan<float> sample, int index, Span<double> row)
    {
        switch (layer)
        {
            case Conv1D convolution:
                Convolution1DOptions along = convolution.Options;
                for (int tap = 0; tap < Weight.Shape[0]; tap++)
                    Copy(sample, index * along.Stride + tap * along.Dilation - along.PaddingBefore, input[0], row.Slice(tap * input.Last, input.Last));
                break;
            case Conv2D convolution:
                CopyPixels(convolution.Options, sample, index, row);
                break;
            default:
                Copy(sample, index, Count, row);
                break;
        }
    }

    private void CopyPixels(Convolution2DOptions options, ReadOnlySpan<float> sample, int index, Span<double> row)
    {
        int kernel = Weight.Shape[0], across = options.OutputLength(input[1], kernel), channels = input.Last;
        int top = index / across * options.Stride - options.PaddingBefore(input[0], kernel), left = index % across * options.Stride - options.PaddingBefore(input[1], kernel);
        for (int y = 0; y < kernel; y++)
            for (int x = 0; x < kernel; x++)
            {
                bool isInside = top + y >= 0 && top + y < input[0] && left + x >= 0 && left + x < input[1];
                Copy(sample, isInside ? (top + y) * input[1] + left + x : -1, input[0] * input[1], row.Slice((y * kernel + x) * channels, channels));
            }
    }

    /// <summary>One position's numbers; zeros outside.</summary>
    private static void Copy(ReadOnlySpan<float> sample, int position, int positions, Span<double> target)
    {
        target.Clear();
        if (position < 0 || position >= positions)
            return;
        for (int i = 0; i < target.Length; i++)
            target[i] = sample[position * target.Length + i];
    }
}
