using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>Forward and backward of each operation against a double twin.</summary>
public sealed class OperationTests
{
    [Theory]
    [InlineData(1, 1, 1, false)]
    [InlineData(3, 7, 5, true)]
    [InlineData(9, 20, 37, true)]
    [InlineData(13, 33, 70, false)]
    public void Dense_is_the_matrix_product_plus_bias(int rows, int inputs, int outputs, bool relu) => GradientCheck.Verify(
        [new(rows, inputs), new(inputs, outputs), new(outputs)],
        (tape, x) => tape.Dense(x[0], x[1], x[2], relu ? Activation.Relu : Activation.None),
        x => Twins.Dense(x[0], x[1], x[2], rows, inputs, outputs, relu));

    [Theory]
    [InlineData(2, 9, 3, 3, 4, 1, 0, 0, 1)]
    [InlineData(3, 20, 5, 3, 33, 1, 0, 0, 1)]
    [InlineData(2, 11, 4, 3, 5, 2, 0, 0, 1)]
    [InlineData(2, 11, 4, 3, 5, 1, 1, 1, 1)]
    [InlineData(2, 12, 3, 3, 6, 2, 3, 1, 2)]
    [InlineData(1, 5, 2, 5, 3, 1, 0, 0, 1)]
    public void Conv1D_is_the_sum_over_taps_and_channels(
        int batch, int length, int channels, int kernel, int outputs, int stride, int before, int after, int dilation)
    {
        Convolution1DOptions options = new() { Stride = stride, PaddingBefore = before, PaddingAfter = after, Dilation = dilation };
        GradientCheck.Verify(
            [new(batch, length, channels), new(kernel, channels, outputs), new(outputs)],
            (tape, x) => tape.Conv1D(x[0], x[1], x[2], Activation.Relu, options),
            x => Twins.Conv1D(x[0], x[1], x[2], batch, length, channels, kernel, outputs, options));
    }

    [Theory]
    [InlineData(1, 3, 1, 3)]
    [InlineData(2, 10, 5, 3)]
    [InlineData(2, 8, 35, 2)]
    public void MaxPool1D_takes_the_largest_of_each_window(int batch, int length, int channels, int size) => GradientCheck.Verify(
        [new(batch, length, channels)],
        (tape, x) => tape.MaxPool1D(x[0], size),
        x => Twins.MaxPool1D(x[0], batch, length, channels, size),
        [Numbers.Distinct(batch * length * channels, 4)]);

    [Fact]
    public void Relu_keeps_what_is_positive() => GradientCheck.Verify(
        [new(3, 37)],
        (tape, x) => tape.Relu(x[0]),
        x => [.. x[0].Select(value => Math.Max(value, 0))],
        [Numbers.Distinct(111, 5)]);

    [Fact]
    public void A_reshape_passes_values_and_gradients_through_and_adds_where_a_tensor_is_used_twice() => GradientCheck.Verify(
        [new(4, 6), new(24, 3)],
        (tape, x) =>
        {
            Tensor hidden = tape.Dense(tape.Relu(x[0]), new Tensor(new Shape(6, 6), Numbers.Uniform(36, 8)), null);
            Tensor first = tape.Dense(tape.Reshape(hidden, new Shape(1, 24)), x[1], null);
            Tensor second = tape.Dense(tape.Reshape(hidden, new Shape(1, 24)), x[1], null);
            return tape.Dense(tape.Reshape(first, new Shape(3, 1)), tape.Reshape(second, new Shape(1, 3)), null);
        },
        x =>
        {
            double[] fixedWeight = [.. Numbers.Uniform(36, 8).Select(value => (double)value)];
            double[] positive = [.. x[0].Select(value => Math.Max(value, 0))];
            double[] hidden = Twins.Dense(positive, fixedWeight, new double[6], 4, 6, 6, relu: false);
            double[] row = Twins.Dense(hidden, x[1], new double[3], 1, 24, 3, relu: false);
            return Twins.Dense(row, row, new double[3], 3, 1, 3, relu: false);
        },
        [Numbers.Distinct(24, 6), Numbers.Uniform(72, 9)]);

    [Theory]
    [InlineData(0f, 0f, false)]
    [InlineData(0f, 0.1f, true)]
    [InlineData(2f, 0f, true)]
    [InlineData(1.5f, 0f, false)]
    public void Classification_loss_is_the_weighted_mean_of_its_formula(float gamma, float smoothing, bool weighted)
    {
        int[] labels = [2, 0, 1, 2, 2];
        float[]? weights = weighted ? [0.5f, 2f, 1.25f] : null;
        ClassificationLoss loss = new() { FocalGamma = gamma, LabelSmoothing = smoothing, ClassWeights = weights };
        GradientCheck.Verify(
            [new(5, 3)],
            (tape, x) => tape.ClassificationLoss(x[0], labels, loss, 0.2f),
            x => [Twins.ClassificationLoss(x[0], labels, 3, gamma, smoothing, weights) / 5],
            [Numbers.Uniform(15, 3, scale: 4)]);
    }

    [Fact]
    public void Dropout_zeroes_the_asked_share_keeps_the_mean_and_passes_the_same_mask_backward()
    {
        Parameter x = new("x", new Shape(50, 400));
        x.Value.Span.Fill(1);
        Gradients gradients = new(new ParameterBlock([x]));
        Tape tape = new(new TensorArena(), isTraining: true) { Random = new RandomContext { Seed = 1, Samples = [.. Enumerable.Range(0, 50)] } };
        Tensor y = tape.Dropout(x.Value, 0.4f, layer: 1);
        float[] values = y.Span.ToArray();
        Assert.All(values, value => Assert.True(value == 0 || value == 1 / 0.6f));
        // 20,000 draws: five standard errors are 0.017.
        Assert.Equal(0.4, values.Count(value => value == 0) / 20000.0, 0.017);
        Tensor loss = tape.Dense(tape.Reshape(y, new Shape(1, 20000)), Ones(20000), null);
        tape.Backward(loss, gradients);
        Assert.Equal(values, gradients.Of(x).ToArray());
    }

    [Fact]
    public void Dropout_is_multiplication_by_its_mask() => GradientCheck.Verify(
        [new(5, 37)],
        (tape, x) => tape.Dropout(x[0], 0.4f, layer: 3),
        x =>
        {
            // The mask of the streams that the check's context names: seed 5, epoch 2, samples from 3 on.
            List<double> product = [];
            for (int row = 0; row < 5; row++)
            {
                RandomStream stream = new(5, purpose: 3, epoch: 2, item: (uint)(3 + row));
                for (int column = 0; column < 37; column++)
                    product.Add(stream.NextFloat() < 0.4f ? 0 : x[0][(row * 37) + column] / 0.6);
            }
            return [.. product];
        });

    [Fact]
    public void Dropout_draws_by_sample_and_epoch_not_by_place_in_the_batch()
    {
        float[] first = Mask([7, 8, 9], epoch: 1);
        float[] second = Mask([9, 7], epoch: 1);
        Assert.Equal(first[..100], second[100..]);
        Assert.Equal(first[200..], second[..100]);
        Assert.NotEqual(first, Mask([7, 8, 9], epoch: 2));
    }

    [Fact]
    public void Dropout_does_nothing_when_not_training()
    {
        Tape tape = new(new TensorArena(), isTraining: false);
        Tensor x = new(new Shape(2, 2), [1, 2, 3, 4]);
        Assert.Same(x, tape.Dropout(x, 0.5f, layer: 1));
    }

    private static float[] Mask(int[] samples, uint epoch)
    {
        Tape tape = new(new TensorArena(), isTraining: true) { Random = new RandomContext { Seed = 1, Epoch = epoch, Samples = samples } };
        Tensor x = new(new Shape(samples.Length, 100));
        x.Span.Fill(1);
        return tape.Dropout(x, 0.5f, layer: 1).Span.ToArray();
    }

    private static Tensor Ones(int count)
    {
        Tensor ones = new(new Shape(count, 1));
        ones.Span.Fill(1);
        return ones;
    }
}
