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
        ReadOnlySpan<float> from = images.Span;
        foreach (ShiftedRun run in new ShiftedRuns(images.Shape, down, right))
            from.Slice(run.From, run.Count).CopyTo(output.Span[run.To..]);
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

        public override void Backward(Gradients gradients)
        {
            ReadOnlySpan<float> outer = gradients.Of(Output);
            Span<float> inner = gradients.Of(Images);
            foreach (ShiftedRun run in new ShiftedRuns(Images.Shape, Down, Right))
                ReduceKernel.Add(outer.Slice(run.To, run.Count), inner.Slice(run.From, run.Count));
        }
    }

    /// <summary>Neighbors that stay neighbors: where they are read, where they are written, how many.</summary>
    private readonly record struct ShiftedRun(int From, int To, int Count);

    /// <summary>Of each row what stays within the image, then its last pixel as often as pixels are missing.</summary>
    private ref struct ShiftedRuns(Shape shape, int down, int right)
    {
        private readonly int height = shape[1], width = shape[2], channels = shape[3], rows = shape[0] * shape[1];
        private int row, column = -1;

        public ShiftedRun Current { get; private set; }

        public readonly ShiftedRuns GetEnumerator() => this;

        public bool MoveNext()
        {
            int inside = width - right;
            column = column < 0 ? 0 : column == 0 ? inside : column + 1;
            if (column >= width)
            {
                row++;
                column = 0;
            }
            if (row == rows)
                return false;
            int source = row / height * height + Math.Min(row % height + down, height - 1);
            int first = Math.Min(column + right, width - 1);
            Current = new((source * width + first) * channels, (row * width + column) * channels, (column == 0 ? inside : 1) * channels);
            return true;
        }
    }
}
