using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>Sums, means, maxima, softmax and its logarithm against double twins.</summary>
public sealed class ReductionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Sums_means_and_maxima_run_along_the_dimension_that_is_named(int dimension)
    {
        int[] sizes = [3, 5, 2, 17];
        Shape[] shape = [new(sizes)];
        GradientCheck.Verify(shape, (tape, x) => tape.Sum(x[0], dimension), x => Twins.Along(x[0], sizes, dimension, values => values.Sum()));
        GradientCheck.Verify(shape, (tape, x) => tape.Mean(x[0], dimension), x => Twins.Along(x[0], sizes, dimension, values => values.Average()));
        GradientCheck.Verify(
            shape, (tape, x) => tape.Max(x[0], dimension), x => Twins.Along(x[0], sizes, dimension, values => values.Max()), [Numbers.Distinct(510, 3)]);
    }

    [Fact]
    public void The_dimension_goes_away()
    {
        Tape tape = new(new TensorArena(), isTraining: false);
        Tensor x = new(new Shape(3, 5, 2));
        Assert.Equal("[3, 2]", tape.Sum(x, 1).Shape.ToString());
        Assert.Equal("[3, 5]", tape.Max(x, 2).Shape.ToString());
        Assert.Equal("[]", tape.Mean(new Tensor(new Shape(4)), 0).Shape.ToString());
        Assert.Equal("[]", tape.Sum(x).Shape.ToString());
    }

    [Fact]
    public void Of_every_length_the_sum_and_the_mean_of_all_numbers_are_right_and_every_number_gets_its_share()
    {
        for (int length = 1; length <= 256; length++)
        {
            Check(length, (tape, x) => tape.Sum(x), x => x.Sum(), 1);
            Check(length, (tape, x) => tape.Mean(x), x => x.Average(), 1.0 / length);
        }

        static void Check(int length, Func<Tape, Tensor, Tensor> operation, Func<double[], double> twin, double share)
        {
            float[] values = Numbers.Uniform(length, (uint)length);
            (float[] value, float[] gradient) = Run(new Shape(length), values, operation);
            Assert.Equal(twin([.. values.Select(v => (double)v)]), Assert.Single(value), 2e-5);
            Assert.All(gradient, slope => Assert.Equal(share, slope, 1e-7));
        }
    }

    [Fact]
    public void Softmax_and_its_logarithm_are_their_formulas_for_rows_of_every_length()
    {
        for (int columns = 1; columns <= 256; columns++)
        {
            float[] values = Numbers.Uniform(2 * columns, (uint)columns, scale: 6);
            double[] chances = [.. Twins.Softmax([.. values[..columns].Select(v => (double)v)]), .. Twins.Softmax([.. values[columns..].Select(v => (double)v)])];
            // The gradient of Σ y²/2, which reaches every y with slope y.
            (float[] value, float[] gradient) = Run(new Shape(2, columns), values, (tape, x) => Half(tape, tape.Softmax(x)), show: (tape, x) => tape.Softmax(x));
            (float[] logs, float[] ofLogs) = Run(new Shape(2, columns), values, (tape, x) => Half(tape, tape.LogSoftmax(x)), show: (tape, x) => tape.LogSoftmax(x));
            for (int row = 0; row < 2; row++)
            {
                double[] p = chances[(row * columns)..((row + 1) * columns)];
                double squares = p.Sum(chance => chance * chance);
                double logSum = p.Sum(Math.Log);
                for (int c = 0; c < columns; c++)
                {
                    int at = row * columns + c;
                    Assert.Equal(p[c], value[at], 1e-6);
                    Assert.Equal(p[c] * (p[c] - squares), gradient[at], 1e-6);
                    Assert.Equal(Math.Log(p[c]), logs[at], 1e-5);
                    Assert.True(Math.Abs(Math.Log(p[c]) - p[c] * logSum - ofLogs[at]) < 2e-5 * Math.Max(1, Math.Abs(logSum)), $"{columns} columns, {c}");
                }
            }
        }
    }

    [Fact]
    public void Softmax_and_its_logarithm_have_the_gradients_of_finite_differences()
    {
        GradientCheck.Verify([new(3, 2, 7)], (tape, x) => tape.Softmax(x[0]), x => [.. x[0].Chunk(7).SelectMany(Twins.Softmax)]);
        GradientCheck.Verify([new(3, 2, 7)], (tape, x) => tape.LogSoftmax(x[0]), x => [.. x[0].Chunk(7).SelectMany(Twins.Softmax).Select(chance => Math.Log(chance))]);
    }

    [Fact]
    public void Scores_of_any_size_keep_their_digits()
    {
        Tape tape = new(new TensorArena(), isTraining: false);
        Tensor scores = new(new Shape(1, 3), [1e30f, 0, -1e30f]);
        Assert.Equal([1, 0, 0], tape.Softmax(scores).Span.ToArray().Select(chance => MathF.Round(chance, 6)));
        Assert.Equal([0, -1e30f, -2e30f], tape.LogSoftmax(scores).Span.ToArray());
    }

    [Fact]
    public void A_dimension_that_is_not_there_is_named()
    {
        Tape tape = new(new TensorArena(), isTraining: true);
        Tensor x = new(new Shape(2, 3));
        Assert.Equal("Sum: input is [2, 3], dimension 2 is asked for; it must be 0 to 1.", Assert.Throws<ArgumentException>(() => tape.Sum(x, 2)).Message);
        Assert.Equal("Mean: input is [2, 3], dimension -1 is asked for; it must be 0 to 1.", Assert.Throws<ArgumentException>(() => tape.Mean(x, -1)).Message);
        Assert.Equal("Max: input is [2, 3], dimension 5 is asked for; it must be 0 to 1.", Assert.Throws<ArgumentException>(() => tape.Max(x, 5)).Message);
        Tensor one = new(Shape.Scalar);
        Assert.Equal("Softmax: the input is a single number; it must be [..., C].", Assert.Throws<ArgumentException>(() => tape.Softmax(one)).Message);
        Assert.Equal("LogSoftmax: the input is a single number; it must be [..., C].", Assert.Throws<ArgumentException>(() => tape.LogSoftmax(one)).Message);
    }

    private static Tensor Half(Tape tape, Tensor y) => tape.Multiply(tape.Sum(tape.Multiply(y, y)), new Tensor(Shape.Scalar, [0.5f]));

    private static (float[] Value, float[] Gradient) Run(
        Shape shape, float[] values, Func<Tape, Tensor, Tensor> loss, Func<Tape, Tensor, Tensor>? show = null)
    {
        Parameter parameter = new("x", shape);
        values.CopyTo(parameter.Value.Span);
        Gradients gradients = new(new ParameterBlock([parameter]));
        Tape tape = new(new TensorArena(), isTraining: true);
        Tensor total = loss(tape, parameter.Value);
        tape.Backward(total, gradients);
        Tensor value = show is null ? total : show(new Tape(new TensorArena(), isTraining: false), parameter.Value);
        return (value.Span.ToArray(), gradients.Of(parameter).ToArray());
    }
}
