using ImageSig.Tensors.Kernels;

namespace ImageSig.Tensors.Autodiff;

public sealed partial class Tape
{
    /// <summary>The sum of all numbers, as one number.</summary>
    public Tensor Sum(Tensor input) => Reduce(input, new Shape(1, input.Shape.Count, 1), Shape.Scalar, factor: 1);

    /// <summary>The mean of all numbers, as one number.</summary>
    public Tensor Mean(Tensor input) => Reduce(input, new Shape(1, input.Shape.Count, 1), Shape.Scalar, 1f / input.Shape.Count);

    /// <summary>Sums along one dimension, which goes away: <c>[B, T, F]</c> along 1 gives <c>[B, F]</c>.</summary>
    /// <exception cref="ArgumentException">The input has no such dimension.</exception>
    public Tensor Sum(Tensor input, int dimension) => Reduce(input, Around(input.Shape, dimension, "Sum"), Without(input.Shape, dimension), factor: 1);

    /// <summary>Means along one dimension, which goes away.</summary>
    /// <exception cref="ArgumentException">The input has no such dimension.</exception>
    public Tensor Mean(Tensor input, int dimension) =>
        Reduce(input, Around(input.Shape, dimension, "Mean"), Without(input.Shape, dimension), 1f / input.Shape[dimension]);

    /// <summary>Maxima along one dimension, which goes away. The gradient goes to the first of equal maxima; NaN is as in <see cref="MaxPool1D"/>.</summary>
    /// <exception cref="ArgumentException">The input has no such dimension.</exception>
    public Tensor Max(Tensor input, int dimension)
    {
        Shape around = Around(input.Shape, dimension, "Max");
        return Reshape(MaxPool1D(Reshape(input, around), around[1]), Without(input.Shape, dimension));
    }

    /// <summary>What stands before the dimension, the dimension, and what stands behind it: [outer, length, inner].</summary>
    private static Shape Around(Shape shape, int dimension, string operation)
    {
        if (dimension < 0 || dimension >= shape.Rank)
            throw new ArgumentException($"{operation}: input is {shape}, dimension {dimension} is asked for; it must be 0 to {shape.Rank - 1}.");
        int outer = 1;
        for (int i = 0; i < dimension; i++)
            outer *= shape[i];
        return new Shape(outer, shape[dimension], shape.Count / outer / shape[dimension]);
    }

    private static Shape Without(Shape shape, int dimension)
    {
        Span<int> rest = stackalloc int[Shape.MaxRank];
        int rank = 0;
        for (int i = 0; i < shape.Rank; i++)
            if (i != dimension)
                rest[rank++] = shape[i];
        return new Shape(rest[..rank]);
    }

    /// <summary>Rows are added in order where there is something behind the dimension; else a row is summed in the fixed order of <see cref="ReduceKernel"/>.</summary>
    private unsafe Tensor Reduce(Tensor input, Shape around, Shape shape, float factor)
    {
        (int outer, int length, int inner) = (around[0], around[1], around[2]);
        Tensor output = Result(shape, input.RequiresGradient);
        Span<float> sums = output.Span;
        if (inner == 1)
            fixed (float* x = input.Span)
                for (int i = 0; i < outer; i++)
                    sums[i] = ReduceKernel.Sum(x + (nint)i * length, length);
        else
        {
            sums.Clear();
            for (int i = 0; i < outer; i++)
                ReduceKernel.AddRows(input.Span.Slice(i * length * inner, length * inner), length, sums.Slice(i * inner, inner));
        }
        foreach (ref float sum in sums)
            sum *= factor;
        if (output.RequiresGradient)
        {
            ReduceOp operation = Reuse<ReduceOp>() ?? new ReduceOp();
            (operation.Input, operation.Around, operation.Factor) = (input, around, factor);
            Record(operation, output);
        }
        return output;
    }

    private sealed class ReduceOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public Shape Around { get; set; }

        public float Factor { get; set; }

        /// <summary>Every number gets the gradient of its sum.</summary>
        public override void Backward(Gradients gradients)
        {
            (int outer, int length, int width) = (Around[0], Around[1], Around[2]);
            Span<float> slopes = gradients.Of(Output);
            Span<float> inner = gradients.Of(Input);
            foreach (ref float slope in slopes)
                slope *= Factor;
            for (int i = 0; i < outer; i++)
            {
                for (int j = 0; j < length; j++)
                {
                    Span<float> row = inner.Slice((i * length + j) * width, width);
                    if (width == 1)
                        row[0] += slopes[i];
                    else
                        ReduceKernel.Add(slopes.Slice(i * width, width), row);
                }
            }
        }
    }
}
