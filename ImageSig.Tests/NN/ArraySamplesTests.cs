using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>Samples in arrays train as samples from anywhere else.</summary>
public class ArraySamplesTests
{
    private static readonly Shape Pair = new(2);
    private static readonly float[] Numbers = [1, 2, 3, 4, 5, 6];

    [Theory]
    [InlineData(LossKind.CrossEntropy)]
    [InlineData(LossKind.MeanSquaredError)]
    public void Classes_train_to_the_bits_of_a_source_of_ones_own(LossKind loss)
    {
        float[] samples = Tests.Tensors.Numbers.Uniform(80, 3);
        int[] labels = [.. Enumerable.Range(0, 40).Select(index => samples[2 * index] > samples[2 * index + 1] ? 1 : 0)];
        Assert.Equal(Trained(new ArraySource(Pair, samples, labels)), Trained(new ArraySamples(Pair, samples, labels)));

        float[] Trained(ISampleSource source)
        {
            Model model = Model.Of([new Dense("hidden", 2, 8, ImageSig.Tensors.Autodiff.Activation.Tanh), new Dense("output", 8, 2)], Pair);
            Trainer.Fit(model, source, source, new TrainingOptions { Epochs = 3, BatchSize = 8, Loss = loss });
            return [.. model.Parameters.SelectMany(parameter => parameter.Value.Span.ToArray())];
        }
    }

    [Fact]
    public void Targets_are_told_as_they_are()
    {
        ArraySamples source = new(Pair, Numbers, [7f, 8, 9]);
        float[] target = new float[1], sample = new float[2];
        source.CopyTargets(2, target);
        source.CopyTo(1, sample);
        Assert.Equal([9], target);
        Assert.Equal([3, 4], sample);
        Assert.Throws<NotSupportedException>(() => source.Label(0));
        Assert.Equal("ArraySamples: the samples have 1 targets each, the model 2 outputs; both must be equal.", Assert.Throws<ArgumentException>(() => source.CopyTargets(0, new float[2])).Message);
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_refused()
    {
        Assert.StartsWith("ArraySamples: 5 numbers are not whole samples of [2], 2 numbers each.", Assert.Throws<ArgumentException>(() => new ArraySamples(Pair, new float[5], [0, 1])).Message, StringComparison.Ordinal);
        Assert.StartsWith("ArraySamples: 2 labels for 3 samples of [2];", Assert.Throws<ArgumentException>(() => new ArraySamples(Pair, Numbers, [0, 1])).Message, StringComparison.Ordinal);
        foreach (float[] targets in (float[][])[[], [1, 2], [1, 2, 3, 4]])
            Assert.StartsWith($"ArraySamples: {targets.Length} targets for 3 samples of [2];", Assert.Throws<ArgumentException>(() => new ArraySamples(Pair, Numbers, targets)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ArraySamples(default, Numbers, [0]));
        Assert.Throws<ArgumentNullException>(() => new ArraySamples(Pair, null!, [0]));
        Assert.Throws<ArgumentNullException>(() => new ArraySamples(Pair, Numbers, (int[])null!));
        Assert.Throws<ArgumentNullException>(() => new ArraySamples(Pair, Numbers, (float[])null!));
        Assert.Throws<ArgumentException>(() => Trainer.Fit(Model.Of([new Dense("output", 2, 2)], Pair), new ArraySamples(Pair, [], (int[])[]), null, new TrainingOptions { Epochs = 1, BatchSize = 1 }));
    }
}
