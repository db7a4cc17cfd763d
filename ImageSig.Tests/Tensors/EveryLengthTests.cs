using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Tensors;

/// <summary>Operations at every length from 1 to 256 of the dimension they run along, and of the one their lanes lie in: values and gradients
/// against double twins. A loop over full registers, its rest, and every mixture of them occur.</summary>
public sealed class EveryLengthTests
{
    private const int Longest = 256;

    [Fact]
    public void Add_and_multiply() => AtEveryLength(n =>
    {
        Check([new(2, n), new(2, n)], (tape, x) => tape.Add(x[0], x[1]), x => [.. x[0].Zip(x[1], (a, b) => a + b)]);
        Check([new(3, n), new(n)], (tape, x) => tape.Add(x[0], x[1]), x => [.. x[0].Select((a, i) => a + x[1][i % n])]);
        Check([new(2, n), new(2, n)], (tape, x) => tape.Multiply(x[0], x[1]), x => [.. x[0].Zip(x[1], (a, b) => a * b)]);
        Check([new(3, n), new(n)], (tape, x) => tape.Multiply(x[0], x[1]), x => [.. x[0].Select((a, i) => a * x[1][i % n])]);
    });

    [Fact]
    public void Activations() => AtEveryLength(n =>
    {
        Check([new(n)], (tape, x) => tape.Relu(x[0]), x => [.. x[0].Select(value => Math.Max(value, 0))], [Numbers.Distinct(n, (uint)n)]);
        Check([new(n)], (tape, x) => tape.Relu6(x[0]), x => [.. x[0].Select(value => Math.Clamp(value, 0, 6))], [[.. Numbers.Distinct(n, (uint)n).Select(value => 10 * value)]]);
        Check([new(n)], (tape, x) => tape.Gelu(x[0]), x => [.. x[0].Select(value => value * Twins.Normal(value))]);
        Check([new(n)], (tape, x) => tape.Sigmoid(x[0]), x => [.. x[0].Select(value => 1 / (1 + Math.Exp(-value)))]);
        Check([new(n)], (tape, x) => tape.Tanh(x[0]), x => [.. x[0].Select(Math.Tanh)]);
    });

    [Fact]
    public void Sums_means_and_maxima_along_a_dimension_and_behind_it() => AtEveryLength(n =>
    {
        foreach (int[] sizes in (int[][])[[2, n], [n, 3], [3, n]])
        {
            int dimension = sizes[0] == 2 ? 1 : 0;
            Check([new(sizes)], (tape, x) => tape.Sum(x[0], dimension), x => Twins.Along(x[0], sizes, dimension, values => values.Sum()));
            Check([new(sizes)], (tape, x) => tape.Mean(x[0], dimension), x => Twins.Along(x[0], sizes, dimension, values => values.Average()));
            Check(
                [new(sizes)], (tape, x) => tape.Max(x[0], dimension), x => Twins.Along(x[0], sizes, dimension, values => values.Max()),
                [Numbers.Distinct(sizes[0] * sizes[1], (uint)n)]);
        }
    });

    [Fact]
    public void Layer_normalization_of_rows() => AtEveryLength(n => Check(
        [new(2, n), new(n), new(n)], (tape, x) => tape.LayerNorm(x[0], x[1], x[2], 0.01f), x => Twins.LayerNorm(x[0], x[1], x[2], 2, n, 0.01)));

    [Fact]
    public void Group_normalization_of_channels_and_of_positions() => AtEveryLength(n =>
    {
        int groups = n % 4 == 0 ? 4 : n % 3 == 0 ? 3 : 1;
        Check(
            [new(2, 3, n), new(n), new(n)], (tape, x) => tape.GroupNorm(x[0], groups, x[1], x[2], 0.01f),
            x => Twins.GroupNorm(x[0], x[1], x[2], 2, 3, n, groups, 0.01));
        Check(
            [new(1, n, 4), new(4), new(4)], (tape, x) => tape.GroupNorm(x[0], 2, x[1], x[2], 0.01f),
            x => Twins.GroupNorm(x[0], x[1], x[2], 1, n, 4, 2, 0.01));
    });

    [Fact]
    public void Batch_normalization_of_channels_and_of_rows() => AtEveryLength(n =>
    {
        foreach ((int rows, int channels) in ((int, int)[])[(5, n), (n, 3)])
        {
            Tensor mean = new(new Shape(channels));
            Tensor variance = new(new Shape(channels));
            Check(
                [new(rows, channels), new(channels), new(channels)],
                (tape, x) => tape.BatchNorm(x[0], new BatchNormTensors(x[1], x[2], mean, variance), 0.01f),
                x => Twins.BatchNorm(x[0], x[1], x[2], rows, channels, 0.01));
        }
    });

    [Fact]
    public void Convolutions_along_steps_of_channels_and_to_outputs() => AtEveryLength(n =>
    {
        Convolution(length: n, channels: 2, kernel: Math.Min(n, 3), outputs: 3, new Convolution1DOptions());
        Convolution(length: n, channels: 2, kernel: 3, outputs: 3, new Convolution1DOptions { Stride = 2, PaddingBefore = 3, PaddingAfter = 2, Dilation = 2 });
        Convolution(length: 3, channels: n, kernel: 2, outputs: 2, new Convolution1DOptions());
        Convolution(length: 3, channels: 2, kernel: 2, outputs: n, new Convolution1DOptions());
    });

    [Fact]
    public void Depthwise_convolutions_along_columns_and_of_channels() => AtEveryLength(n =>
    {
        foreach ((int width, int channels, int kernel, int stride) in ((int, int, int, int)[])[(n, 3, 3, 1), (n, 2, 5, 2), (3, n, 3, 2), (2, n, 2, 1)])
        {
            Convolution2DOptions options = new() { Stride = stride, Same = true };
            Check(
                [new(2, 3, width, channels), new(kernel, kernel, channels), new(channels)],
                (tape, x) => tape.DepthwiseConv2D(x[0], x[1], x[2], options),
                x => Twins.Conv2D(x[0], x[1], x[2], (2, 3, width, channels), kernel, channels, options, groups: channels));
        }
    });

    [Fact]
    public void Poolings_along_steps_and_of_channels() => AtEveryLength(n =>
    {
        foreach ((int length, int channels, int size) in ((int, int, int)[])[(n, 3, Math.Min(n, 3)), (n, 3, n), (5, n, 2)])
        {
            Shape[] shape = [new(2, length, channels)];
            Check(
                shape, (tape, x) => tape.MaxPool1D(x[0], size), x => Twins.MaxPool1D(x[0], 2, length, channels, size),
                [Numbers.Distinct(shape[0].Count, (uint)n)]);
            Check(
                shape, (tape, x) => tape.AveragePool1D(x[0], size),
                x => Twins.Pool2D(x[0], 2, length, 1, channels, size, 1, values => values.Average()));
        }
    });

    [Fact]
    public void Concat_slice_gather_and_transpose() => AtEveryLength(n =>
    {
        Check([new(2, n), new(2, 5)], (tape, x) => tape.Concat(x[0], x[1]), x => [.. x[0][..n], .. x[1][..5], .. x[0][n..], .. x[1][5..]]);
        Check([new(2, 5), new(2, n)], (tape, x) => tape.Concat(x[0], x[1]), x => [.. x[0][..5], .. x[1][..n], .. x[0][5..], .. x[1][n..]]);
        Check([new(2, n + 7)], (tape, x) => tape.Slice(x[0], 3, n), x => [.. x[0][3..(3 + n)], .. x[0][(n + 10)..(2 * n + 10)]]);
        int[] few = [2, 0, 2];
        int[] many = [.. Enumerable.Range(0, n).Select(i => i * 3 % 4)];
        Check([new(4, n)], (tape, x) => tape.Gather(x[0], few), x => [.. few.SelectMany(row => x[0][(row * n)..(row * n + n)])]);
        Check([new(4, 3)], (tape, x) => tape.Gather(x[0], many), x => [.. many.SelectMany(row => x[0][(row * 3)..(row * 3 + 3)])]);
        Check([new(n, 5)], (tape, x) => tape.Transpose(x[0]), x => [.. from j in Enumerable.Range(0, 5) from i in Enumerable.Range(0, n) select x[0][i * 5 + j]]);
        Check([new(5, n)], (tape, x) => tape.Transpose(x[0]), x => [.. from j in Enumerable.Range(0, n) from i in Enumerable.Range(0, 5) select x[0][i * n + j]]);
    });

    [Fact]
    public void Attention_pooling_over_steps_and_of_features() => AtEveryLength(n =>
    {
        Check([new(2, n), new(2, n, 3)], (tape, x) => tape.AttentionPool(x[0], x[1]), x => Twins.AttentionPool(x[0], x[1], 2, n, 3));
        Check([new(2, 3), new(2, 3, n)], (tape, x) => tape.AttentionPool(x[0], x[1]), x => Twins.AttentionPool(x[0], x[1], 2, 3, n));
    });

    [Fact]
    public void Losses_of_so_many_classes_questions_or_outputs() => AtEveryLength(n =>
    {
        int[] labels = [n - 1, n / 2];
        float[] weights = [.. Numbers.Uniform(n, 1).Select(value => 2 + value)];
        float[] targets = [.. Numbers.Uniform(2 * n, 2).Select(value => (1 + value) / 2)];
        foreach ((float gamma, float smoothing) in ((float, float)[])[(0f, 0.1f), (2f, 0f)])
        {
            ClassificationLoss loss = new() { FocalGamma = gamma, LabelSmoothing = smoothing, ClassWeights = weights };
            Check(
                [new(2, n)], (tape, x) => tape.ClassificationLoss(x[0], labels, loss, 0.5f),
                x => [Twins.ClassificationLoss(x[0], labels, n, gamma, smoothing, weights) / 2]);
        }
        Check(
            [new(2, n)], (tape, x) => tape.BinaryCrossEntropy(x[0], new Tensor(new Shape(2, n), targets), 0.5f, weights),
            x => [Twins.BinaryCrossEntropy(x[0], targets, n, weights) / 2]);
        Check(
            [new(2, n)], (tape, x) => tape.DistillationLoss(x[0], new Tensor(new Shape(2, n), targets), 3, 0.5f),
            x => [Twins.Distillation(x[0], targets, n, 3) / 2]);
        Check(
            [new(2, n)], (tape, x) => tape.MeanSquaredError(x[0], new Tensor(new Shape(2, n), targets), 0.5f),
            x => [x[0].Zip(targets, (value, target) => (value - target) * (value - target)).Sum() / (2 * n)]);
    });

    [Fact]
    public void Kernels_have_the_bits_of_the_plain_loop_and_take_nothing_as_well()
    {
        for (int n = 0; n <= Longest; n++)
        {
            float[] matrix = Numbers.Uniform(3 * n, 1);
            float[] start = Numbers.Uniform(n, 2);

            float[] sums = [.. start];
            ReduceKernel.Add(matrix.AsSpan(0, n), sums);
            Assert.Equal(start.Zip(matrix, (sum, value) => sum + value), sums);

            sums = [.. start];
            ReduceKernel.AddRows(matrix, 3, sums);
            Assert.Equal(start.Select((sum, j) => sum + matrix[j] + matrix[n + j] + matrix[2 * n + j]), sums);

            float[] gradient = [.. start];
            ActivationKernel.ReluBackward(matrix.AsSpan(0, n), gradient);
            Assert.Equal(start.Zip(matrix, (slope, value) => value > 0 ? slope : 0), gradient);

            gradient = [.. start];
            float[] outputs = [.. matrix.Take(n).Select(value => 12 * value)];
            ActivationKernel.Backward(Activation.Relu6, outputs, gradient);
            Assert.Equal(start.Zip(outputs, (slope, value) => value is > 0 and < 6 ? slope : 0), gradient);
        }
    }

    private static void Convolution(int length, int channels, int kernel, int outputs, Convolution1DOptions options) => Check(
        [new(2, length, channels), new(kernel, channels, outputs), new(outputs)],
        (tape, x) => tape.Conv1D(x[0], x[1], x[2], Activation.None, options),
        x => Twins.Conv1D(x[0], x[1], x[2], 2, length, channels, kernel, outputs, options, relu: false));

    private static void AtEveryLength(Action<int> check)
    {
        for (int length = 1; length <= Longest; length++)
            check(length);
    }

    private static void Check(Shape[] shapes, GradientCheck.Operation operation, GradientCheck.Twin twin, float[][]? values = null) =>
        GradientCheck.VerifyAlongADirection(shapes, operation, twin, values);
}
