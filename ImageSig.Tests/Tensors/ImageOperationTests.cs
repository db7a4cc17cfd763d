using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>Operations on images and on layouts, against double twins.</summary>
public sealed class ImageOperationTests
{
    [Theory]
    [InlineData(2, 5, 6, 3, 3, 4, 1, 0)]
    [InlineData(2, 5, 6, 3, 3, 4, 1, 1)]
    [InlineData(2, 7, 6, 2, 3, 18, 2, 1)]
    [InlineData(3, 4, 4, 5, 1, 6, 1, 0)]
    [InlineData(1, 8, 8, 3, 4, 5, 4, 0)]
    [InlineData(1, 3, 2, 2, 5, 3, 1, 2)]
    [InlineData(2, 7, 8, 3, 2, 9, 3, 1)]
    [InlineData(1, 6, 9, 2, 3, 17, 2, 0)]
    [InlineData(2, 8, 1, 2, 1, 3, 5, 2)]
    [InlineData(1, 1, 2, 3, 2, 4, 9, 4)]
    public void Conv2D_is_the_sum_over_the_window_and_channels(
        int batch, int height, int width, int channels, int kernel, int outputs, int stride, int padding)
    {
        Convolution2DOptions options = new() { Stride = stride, Padding = padding };
        GradientCheck.Verify(
            [new(batch, height, width, channels), new(kernel, kernel, channels, outputs), new(outputs)],
            (tape, x) => tape.Conv2D(x[0], x[1], x[2], options),
            x => Twins.Conv2D(x[0], x[1], x[2], (batch, height, width, channels), kernel, outputs, options));
    }

    [Theory]
    [InlineData(5, 6, 3, 2, 2)]
    [InlineData(4, 3, 17, 0, 1)]
    [InlineData(3, 1, 2, 2, 0)]
    [InlineData(2, 4, 1, 1, 3)]
    public void Shift2D_looks_further_down_and_right_and_repeats_the_last_row_and_column(int height, int width, int channels, int down, int right) =>
        GradientCheck.Verify(
            [new(2, height, width, channels)], (tape, x) => tape.Shift2D(x[0], down, right),
            x =>
            [
                .. from sample in Enumerable.Range(0, 2)
                   from i in Enumerable.Range(0, height)
                   from j in Enumerable.Range(0, width)
                   from c in Enumerable.Range(0, channels)
                   select x[0][((sample * height + Math.Min(i + down, height - 1)) * width + Math.Min(j + right, width - 1)) * channels + c],
            ]);

    [Theory]
    [InlineData(5, 6, 3, 1)]
    [InlineData(5, 6, 3, 2)]
    [InlineData(6, 7, 4, 2)]
    [InlineData(4, 3, 5, 2)]
    [InlineData(9, 8, 1, 2)]
    [InlineData(7, 5, 2, 3)]
    public void Same_padding_puts_the_smaller_half_of_the_zeros_first(int height, int width, int kernel, int stride)
    {
        Convolution2DOptions options = new() { Stride = stride, Same = true };
        GradientCheck.Verify(
            [new(2, height, width, 3), new(kernel, kernel, 3, 4), new(4)],
            (tape, x) => tape.Conv2D(x[0], x[1], x[2], options),
            x => Twins.Conv2D(x[0], x[1], x[2], (2, height, width, 3), kernel, 4, options));
        GradientCheck.Verify(
            [new(2, height, width, 3), new(kernel, kernel, 3), new(3)],
            (tape, x) => tape.DepthwiseConv2D(x[0], x[1], x[2], options),
            x => Twins.Conv2D(x[0], x[1], x[2], (2, height, width, 3), kernel, 3, options, groups: 3));
    }

    [Theory]
    [InlineData(5, 6, 8, 3, 1, 0)]
    [InlineData(5, 6, 3, 3, 1, 1)]
    [InlineData(7, 6, 9, 3, 2, 1)]
    [InlineData(9, 7, 2, 5, 2, 2)]
    [InlineData(3, 4, 5, 7, 1, 3)]
    [InlineData(6, 5, 4, 7, 2, 3)]
    [InlineData(4, 4, 17, 1, 1, 0)]
    [InlineData(8, 8, 2, 2, 3, 0)]
    [InlineData(3, 2, 2, 5, 1, 4)]
    [InlineData(2, 12, 3, 3, 3, 5)]
    public void A_depthwise_convolution_is_the_sum_over_the_window_of_each_channel(int height, int width, int channels, int kernel, int stride, int padding)
    {
        Convolution2DOptions options = new() { Stride = stride, Padding = padding };
        GradientCheck.Verify(
            [new(2, height, width, channels), new(kernel, kernel, channels), new(channels)],
            (tape, x) => tape.DepthwiseConv2D(x[0], x[1], x[2], options),
            x => Twins.Conv2D(x[0], x[1], x[2], (2, height, width, channels), kernel, channels, options, groups: channels));
    }

    [Fact]
    public void A_gradient_is_added_where_the_input_of_a_depthwise_convolution_has_one_already() => GradientCheck.Verify(
        [new(2, 5, 4, 3), new(3, 3, 3), new(3)],
        (tape, x) => tape.Add(tape.DepthwiseConv2D(x[0], x[1], x[2], new Convolution2DOptions { Padding = 1 }), x[0]),
        x => [.. Twins.Conv2D(x[0], x[1], x[2], (2, 5, 4, 3), 3, 3, new Convolution2DOptions { Padding = 1 }, groups: 3).Zip(x[0], (a, b) => a + b)]);

    [Fact]
    public void Fused_ReLU6_passes_gradients_between_0_and_6_only()
    {
        // Sums are multiples of a quarter and an eighth more, so no difference crosses a corner.
        float[] x = [.. Numbers.Uniform(72, 1).Select(value => MathF.Round(16 * value))];
        float[] w = [.. Numbers.Uniform(27, 2).Select(value => MathF.Round(4 * value) / 4)];
        float[] b = [0.125f, 0.375f, -0.125f];
        Convolution2DOptions options = new();
        GradientCheck.Verify(
            [new(2, 4, 3, 3), new(3, 3, 3), new(3)], (tape, t) => tape.DepthwiseConv2D(t[0], t[1], t[2], options, Activation.Relu6),
            t => Cut(Twins.Conv2D(t[0], t[1], t[2], (2, 4, 3, 3), 3, 3, options, groups: 3)), [x, w, b]);
        GradientCheck.Verify(
            [new(2, 4, 3, 3), new(3, 3, 3, 1), new(1)], (tape, t) => tape.Conv2D(t[0], t[1], t[2], options, Activation.Relu6),
            t => Cut(Twins.Conv2D(t[0], t[1], t[2], (2, 4, 3, 3), 3, 1, options)), [x, w, b[..1]]);
        GradientCheck.Verify([new(72)], (tape, t) => tape.Relu6(t[0]), t => Cut(t[0]), [[.. x.Select(value => value + 0.5f)]]);

        static double[] Cut(double[] values) => [.. values.Select(value => Math.Clamp(value, 0, 6))];
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(12, 8)]
    [InlineData(9, 53)]
    [InlineData(60, 70)]
    public void BatchNorm_in_training_brings_channels_to_mean_zero_and_variance_one(int rows, int channels)
    {
        Tensor mean = new(new Shape(channels));
        Tensor variance = new(new Shape(channels));
        GradientCheck.Verify(
            [new(rows, channels), new(channels), new(channels)],
            (tape, x) => tape.BatchNorm(x[0], new BatchNormTensors(x[1], x[2], mean, variance), 0.01f),
            x => Twins.BatchNorm(x[0], x[1], x[2], rows, channels, 0.01));
    }

    [Fact]
    public void What_goes_around_a_convolution_or_a_normalization_keeps_its_gradient()
    {
        // The sum gives its gradient to the image first, so that the operation adds to it.
        GradientCheck.Verify(
            [new(2, 4, 3, 2), new(3, 3, 2, 2)], (tape, x) => tape.Add(tape.Conv2D(x[0], x[1], null, new() { Padding = 1 }), x[0]),
            x => Sum(Twins.Conv2D(x[0], x[1], new double[2], (2, 4, 3, 2), 3, 2, new() { Padding = 1 }), x[0]));
        Tensor mean = new(new Shape(5)), variance = new(new Shape(5));
        GradientCheck.Verify(
            [new(7, 5), new(5), new(5)], (tape, x) => tape.Add(tape.BatchNorm(x[0], new BatchNormTensors(x[1], x[2], mean, variance), 0.01f), x[0]),
            x => Sum(Twins.BatchNorm(x[0], x[1], x[2], 7, 5, 0.01), x[0]));

        static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, (one, other) => one + other)];
    }

    [Theory]
    [InlineData(7, 1)]
    [InlineData(9, 53)]
    [InlineData(700, 16)]
    [InlineData(150, 70)]
    public void BatchNorm_with_an_activation_gives_the_bits_of_the_two_one_after_the_other(int rows, int channels)
    {
        foreach (bool isTraining in (bool[])[true, false])
        {
            foreach (bool isFixed in (bool[])[false, true])
            {
                foreach (Activation activation in (Activation[])[Activation.Relu, Activation.Relu6, Activation.Gelu])
                {
                    float[][] together = Run((tape, input, tensors) => tape.BatchNorm(input, tensors, activation: activation));
                    Assert.Equal(Run((tape, input, tensors) => tape.Activate(tape.BatchNorm(input, tensors), activation)), together);
                    Assert.True(activation == Activation.Gelu || (together[0].Min() == 0 && together[0].Max() > 0), "nothing was cut");
                }

                float[][] Run(Func<Tape, Tensor, BatchNormTensors, Tensor> normalize)
                {
                    Parameter input = Filled("input", new Shape(rows, channels), 1);
                    Parameter scale = Filled("scale", new Shape(channels), 2, times: 5), shift = Filled("shift", new Shape(channels), 3);
                    Parameter mean = Filled("mean", new Shape(channels), 4), variance = Filled("variance", new Shape(channels), 5, times: 0, plus: 0.5f);
                    Gradients gradients = new(new ParameterBlock([input, scale, shift, mean, variance]));
                    Tape tape = new(new TensorArena(), isTraining);
                    Tensor y = normalize(tape, input.Value, new BatchNormTensors(scale.Value, shift.Value, mean.Value, variance.Value) { AreStatisticsFixed = isFixed });
                    float[] output = y.Span.ToArray();
                    if (!isTraining)
                        return [output];
                    tape.Backward(tape.Dense(tape.Reshape(y, new Shape(1, rows * channels)), new Tensor(new Shape(rows * channels, 1), Numbers.Uniform(rows * channels, 6)), null), gradients);
                    return [output, gradients.OfParameters.ToArray()];
                }
            }
        }

        static Parameter Filled(string name, Shape shape, uint seed, float times = 1, float plus = 0)
        {
            Parameter parameter = new(name, shape);
            float[] values = Numbers.Uniform(shape.Count, seed);
            for (int i = 0; i < values.Length; i++)
                parameter.Value.Span[i] = times * values[i] + plus;
            return parameter;
        }
    }

    [Fact]
    public void BatchNorm_hands_its_statistics_on_and_predicts_with_the_running_ones()
    {
        const int rows = 6;
        const int channels = 3;
        float[] x = Numbers.Uniform(rows * channels, 1);
        Parameter scale = new("scale", new Shape(channels));
        Parameter shift = new("shift", new Shape(channels));
        Parameter mean = new("mean", new Shape(channels), isStatistic: true);
        Parameter variance = new("variance", new Shape(channels), isStatistic: true);
        Numbers.Uniform(channels, 2).CopyTo(scale.Value.Span);
        Numbers.Uniform(channels, 3).CopyTo(shift.Value.Span);
        float[] runningMean = Numbers.Uniform(channels, 4);
        float[] runningVariance = [0.5f, 2, 1];
        runningMean.CopyTo(mean.Value.Span);
        runningVariance.CopyTo(variance.Value.Span);
        Gradients gradients = new(new ParameterBlock([scale, shift, mean, variance]));
        BatchNormTensors tensors = new(scale.Value, shift.Value, mean.Value, variance.Value);

        Tape tape = new(new TensorArena(), isTraining: true) { BatchShare = 0.25f };
        Tensor y = tape.BatchNorm(new Tensor(new Shape(rows, channels), x), tensors);
        Tensor ones = new(new Shape(rows * channels, 1));
        tape.Backward(tape.Dense(tape.Reshape(y, new Shape(1, rows * channels)), ones, null), gradients);
        for (int c = 0; c < channels; c++)
        {
            double[] column = [.. Enumerable.Range(0, rows).Select(i => (double)x[i * channels + c])];
            double average = column.Average();
            double unbiased = column.Sum(value => (value - average) * (value - average)) / (rows - 1);
            Assert.Equal(0.25 * average, gradients.Of(mean)[c], 1e-6);
            Assert.Equal(0.25 * unbiased, gradients.Of(variance)[c], 1e-6);
        }

        Tensor predicted = new Tape(new TensorArena(), isTraining: false).BatchNorm(new Tensor(new Shape(rows, channels), x), tensors);
        for (int i = 0; i < x.Length; i++)
        {
            int c = i % channels;
            double expected = (x[i] - runningMean[c]) / Math.Sqrt(runningVariance[c] + 1e-5) * scale.Value.Span[c] + shift.Value.Span[c];
            Assert.Equal(expected, predicted.Span[i], 1e-5);
        }
    }

    [Theory]
    [InlineData(1, 3, 1, 3)]
    [InlineData(2, 10, 5, 3)]
    [InlineData(2, 8, 35, 2)]
    public void AveragePool1D_takes_the_mean_of_each_window(int batch, int length, int channels, int size) => GradientCheck.Verify(
        [new(batch, length, channels)],
        (tape, x) => tape.AveragePool1D(x[0], size),
        x => Twins.Pool2D(x[0], batch, length, 1, channels, size, 1, values => values.Average()));

    [Fact]
    public void Pooling_over_pixels_takes_each_window_s_mean_or_maximum()
    {
        GradientCheck.Verify(
            [new(2, 5, 7, 3)], (tape, x) => tape.AveragePool2D(x[0], 2), x => Twins.Pool2D(x[0], 2, 5, 7, 3, 2, 2, values => values.Average()));
        GradientCheck.Verify(
            [new(2, 5, 7, 3)], (tape, x) => tape.MaxPool2D(x[0], 2), x => Twins.Pool2D(x[0], 2, 5, 7, 3, 2, 2, values => values.Max()),
            [Numbers.Distinct(210, 1)]);
    }

    [Fact]
    public void Concat_slice_gather_and_transpose_move_numbers_and_their_gradients()
    {
        GradientCheck.Verify(
            [new(2, 3, 4), new(2, 3, 5)], (tape, x) => tape.Concat(x[0], x[1]),
            x => [.. Enumerable.Range(0, 6).SelectMany(row => (double[])[.. x[0][(row * 4)..(row * 4 + 4)], .. x[1][(row * 5)..(row * 5 + 5)]])]);
        GradientCheck.Verify(
            [new(3, 7)], (tape, x) => tape.Slice(x[0], 2, 4), x => [.. Enumerable.Range(0, 3).SelectMany(row => x[0][(row * 7 + 2)..(row * 7 + 6)])]);
        int[] rows = [2, 0, 2, 3];
        GradientCheck.Verify(
            [new(5, 3)], (tape, x) => tape.Gather(x[0], rows), x => [.. rows.SelectMany(row => x[0][(row * 3)..(row * 3 + 3)])]);
        GradientCheck.Verify(
            [new(2, 3, 4)], (tape, x) => tape.Transpose(x[0]),
            x => [.. from sample in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 4) from i in Enumerable.Range(0, 3) select x[0][sample * 12 + i * 4 + j]]);
    }

    [Fact]
    public void Images_of_the_wrong_shape_are_named()
    {
        Tape tape = new(new TensorArena(), isTraining: true);
        Assert.Equal(
            "Conv2D: input is [1, 2, 2, 3], the kernel [3, 3, 3, 4], padding 0; the kernel is larger than the padded image. Use larger images.",
            Assert.Throws<ArgumentException>(() => tape.Conv2D(new Tensor(new Shape(1, 2, 2, 3)), new Tensor(new Shape(3, 3, 3, 4)), null)).Message);
        Assert.Equal(
            "DepthwiseConv2D: input is [1, 2, 2, 3], weight is [3, 3, 4]; they must be [B, H, W, C] and [Ky, Kx, C] with the same C.",
            Assert.Throws<ArgumentException>(() => tape.DepthwiseConv2D(new Tensor(new Shape(1, 2, 2, 3)), new Tensor(new Shape(3, 3, 4)), null)).Message);
        Assert.Equal(
            "DepthwiseConv2D: bias is [2], weight is [1, 1, 3]; the bias must be [3].",
            Assert.Throws<ArgumentException>(() => tape.DepthwiseConv2D(
                new Tensor(new Shape(1, 2, 2, 3)), new Tensor(new Shape(1, 1, 3)), new Tensor(new Shape(2)))).Message);
        Assert.Equal(
            "DepthwiseConv2D: input is [1, 2, 2, 3], the kernel [3, 3, 3], padding 0; the kernel is larger than the padded image. Use larger images.",
            Assert.Throws<ArgumentException>(() => tape.DepthwiseConv2D(new Tensor(new Shape(1, 2, 2, 3)), new Tensor(new Shape(3, 3, 3)), null)).Message);
        Assert.Equal(
            "Conv2D: padding 1 beside SAME, which decides it; leave one of the two out.",
            Assert.Throws<ArgumentException>(() => new Convolution2DOptions { Same = true, Padding = 1 }.OutputLength(5, 3)).Message);
        Assert.Equal(
            "Concat: left is [2, 3], right is [3, 3]; all dimensions but the last must be equal.",
            Assert.Throws<ArgumentException>(() => tape.Concat(new Tensor(new Shape(2, 3)), new Tensor(new Shape(3, 3)))).Message);
    }
}
