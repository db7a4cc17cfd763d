using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>Images seen from further down and right: <c>y[b, i, j, c] = x[b, min(i + down, H − 1), min(j + right, W − 1), c]</c>, so that the last row and column stand for
    /// what lies beyond them.</summary>
    /// <param name="images">[B, H, W, C].</param>
    /// <param name="down">0 to H − 1.</param>
    /// <param name="right">0 to W − 1.</param>
    /// <returns>[B, H, W, C].</returns>
    /// <exception cref="ArgumentException">Not images, or a shift is not within them.</exception>
    public Tensor Shift2D(Tensor images, int down, int right)
    {
        if (images.Shape.Rank != 4)
            throw new ArgumentException($"Shift2D: the images are {images.Shape}; they must be [B, H, W, C].");
        if ((uint)down >= (uint)images.Shape[1] || (uint)right >= (uint)images.Shape[2])
            throw new ArgumentException($"Shift2D: the images are {images.Shape}, moved by {down} rows and {right} columns; at most {images.Shape[1] - 1} and {images.Shape[2] - 1} are possible, at least 0.");
        Tensor output = Result(images.Shape, images.RequiresGradient);
        Move(images.Shape, down, right, images.Span, output.Span, back: false);
        if (output.RequiresGradient)
        {
            Shift2DOp operation = Reuse<Shift2DOp>() ?? new Shift2DOp();
            (operation.Images, operation.Down, operation.Right) = (images, down, right);
            Record(operation, output);
        }
        return output;
    }

    private sealed class Shift2DOp : TapeOp
    {
        public Tensor Images { get; set; } = null!;

        public int Down { get; set; }

        public int Right { get; set; }

        public override void Backward(Gradients gradients) =>
            Move(Images.Shape, Down, Right, gradients.Of(Output), gradients.Of(Images), back: true);
    }

    /// <summary>Copies what is seen to where it is seen from, or back adds to what is seen. Of each row what stays within the image is one piece, then comes its last pixel as often as pixels are missing.</summary>
    private static void Move(Shape shape, int down, int right, ReadOnlySpan<float> from, Span<float> to, bool back)
    {
        (int height, int width, int channels) = (shape[1], shape[2], shape[3]);
        for (int row = 0; row < shape[0] * height; row++)
        {
            int seen = row / height * height + Math.Min(row % height + down, height - 1);
            for (int column = 0, pixels = width - right; column < width; column += pixels, pixels = 1)
            {
                int source = (seen * width + Math.Min(column + right, width - 1)) * channels, target = (row * width + column) * channels;
                if (back)
                    ReduceKernel.Add(from.Slice(target, pixels * channels), to.Slice(source, pixels * channels));
                else
                    from.Slice(source, pixels * channels).CopyTo(to[target..]);
            }
        }
    }
}
