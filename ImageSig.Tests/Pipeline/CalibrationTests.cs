using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Quantization;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>Weights of 8 bits that are rounded with images at hand.</summary>
public class CalibrationTests
{
    private const int Rows = 24, Outputs = 5;

    [Fact]
    public void Errors_cancel_where_inputs_go_together()
    {
        (float[] weight, double[][] samples) = Example(together: 0.9);
        float[] scales = StoredTensors.ScalesOf(weight, Outputs), nearest = Nearest(weight, scales), compensated = (float[])weight.Clone();
        CompensatedRounding.Round(compensated, [], scales, new double[Rows], Moments(samples, new double[Rows]), default);
        Assert.True(Error(weight, compensated, samples) < 0.5 * Error(weight, nearest, samples));
        Assert.Equal(scales, StoredTensors.ScalesOf(compensated, Outputs));
        for (int i = 0; i < weight.Length; i++)
            Assert.Equal(compensated[i], scales[i % Outputs] * StoredTensors.Whole(compensated[i], scales[i % Outputs]));
    }

    [Fact]
    public void Where_no_inputs_go_together_each_weight_becomes_the_nearest()
    {
        (float[] weight, _) = Example(together: 0);
        float[] scales = StoredTensors.ScalesOf(weight, Outputs), compensated = (float[])weight.Clone();
        double[][] identity = [.. Enumerable.Range(0, Rows).Select(row => Enumerable.Range(0, Rows).Select(column => row == column ? 1.0 : 0).ToArray())];
        CompensatedRounding.Round(compensated, [], scales, new double[Rows], identity, default);
        Assert.Equal(Nearest(weight, scales), compensated);
    }

    [Fact]
    public void The_mean_of_what_is_left_goes_into_the_bias()
    {
        (float[] weight, double[][] samples) = Example(together: 0.5);
        foreach (double[] sample in samples)
            for (int i = 0; i < Rows; i++)
                sample[i] += i;
        double[] mean = [.. Enumerable.Range(0, Rows).Select(i => samples.Average(sample => sample[i]))];
        float[] rounded = (float[])weight.Clone(), bias = new float[Outputs];
        CompensatedRounding.Round(rounded, bias, StoredTensors.ScalesOf(weight, Outputs), mean, Moments(samples, mean), default);
        for (int output = 0; output < Outputs; output++)
            Assert.Equal(0, samples.Average(sample => Product(sample, weight, output) - Product(sample, rounded, output) - bias[output]), 1e-5);
    }

    /// <summary>The rows of inputs times the weights are what a layer gives.</summary>
    [Fact]
    public void Rows_of_inputs_times_weights_are_the_layers_result()
    {
        Check(new Dense("a", 6, 3), new Shape(4, 6));
        Check(new Conv1D("a", 5, 3, 3, options: new Convolution1DOptions { Stride = 2, PaddingBefore = 1, PaddingAfter = 2, Dilation = 2 }), new Shape(11, 5));
        Check(new Conv2D("a", 3, 4, 3, new Convolution2DOptions { Stride = 2, Padding = 1 }, hasBias: true), new Shape(7, 10, 3));
        Check(new Conv2D("a", 3, 4, 3, new Convolution2DOptions { Stride = 2, Same = true }, hasBias: false), new Shape(8, 5, 3));

        static void Check(Layer layer, Shape input)
        {
            Random random = new(5);
            foreach (Parameter parameter in layer.Parameters)
                foreach (ref float value in parameter.Value.Span)
                    value = (float)random.NextDouble() - 0.5f;
            Tape tape = new(new TensorArena(), isTraining: false);
            Tensor sample = tape.Input(input.WithBatch(1));
            foreach (ref float value in sample.Span)
                value = (float)random.NextDouble();
            LayerInputs inputs = LayerInputs.Of(layer, input)!;
            float[] result = layer.Forward(tape, sample).Span.ToArray(), weight = inputs.Weight.Value.Span.ToArray();
            int outputs = inputs.Weight.Shape.Last;
            Assert.Equal(result.Length, inputs.Count * outputs);
            double[] row = new double[inputs.Length];
            for (int index = 0; index < inputs.Count; index++)
            {
                inputs.CopyTo(sample.Span, index, row);
                for (int output = 0; output < outputs; output++)
                    Assert.Equal(
                        Enumerable.Range(0, row.Length).Sum(i => row[i] * weight[i * outputs + output]) + (inputs.Bias?.Value.Span[output] ?? 0), result[index * outputs + output], 1e-5);
            }
        }
    }

    [Theory]
    [InlineData("conv")]
    [InlineData("cnn")]
    public void A_model_that_was_rounded_with_images_is_nearer_to_the_whole_on_others(string kind)
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 24, seed: 1);
        TrainingRecipe recipe = TrainingRecipe.Named("default", kind).WithTraining(options => options with { Epochs = 2, BatchSize = 8, Threads = 1 });
        ImageClassifier whole = ImageClassifier.Train(folder["photos"], recipe with { Features = recipe.Features with { Width = 32, Height = 32 } }).Classifier;
        Image[] pictures = [.. Enumerable.Range(0, 60).Select(number => Scenes.Draw(number, number % 2))];
        ImageClassifier nearest = whole.Quantized(WeightStorage.Int8), rounded = whole.Quantized([.. pictures[..40].Select(whole.FeaturesOf)], default);
        Assert.True(Distance(rounded) < 0.5 * Distance(nearest), $"{Distance(rounded)} of {Distance(nearest)}");
        rounded.Save(folder["small"]);
        ImageClassifier.Load(folder["small"]).Save(folder["again"]);
        Assert.Equal(File.ReadAllBytes(folder["small"]), File.ReadAllBytes(folder["again"]));

        double Distance(ImageClassifier other) => pictures[40..].Sum(picture => whole.Predict(picture).Probabilities.Zip(other.Predict(picture).Probabilities, (one, two) => Math.Pow(one.Probability - two.Probability, 2)).Sum());
    }

    [Fact]
    public void A_layer_of_very_many_inputs_is_rounded_to_the_nearest_for_its_matrix_would_take_minutes()
    {
        Model model = Model.Create(new FcSpec(), new Shape(40, 120), 2, seed: 1);
        float[] before = model.Parameters[0].Value.Span.ToArray(), last = model.Parameters[2].Value.Span.ToArray();
        Calibration.Round(model, [.. Enumerable.Range(0, 9).Select(seed => Enumerable.Range(0, model.Input.Count).Select(i => MathF.Sin(i * (seed + 1))).ToArray())], default);
        Assert.Equal(before, model.Parameters[0].Value.Span);
        Assert.NotEqual(last, model.Parameters[2].Value.Span.ToArray());
    }

    private static (float[] Weight, double[][] Samples) Example(double together)
    {
        Random random = new(2);
        float[] weight = [.. Enumerable.Range(0, Rows * Outputs).Select(_ => (float)(random.NextDouble() - 0.5))];
        double[][] samples = [.. Enumerable.Range(0, 200).Select(_ =>
        {
            double common = random.NextDouble() - 0.5;
            return Enumerable.Range(0, Rows).Select(_ => together * common + (1 - together) * (random.NextDouble() - 0.5)).ToArray();
        })];
        return (weight, samples);
    }

    private static float[] Nearest(float[] weight, float[] scales) => [.. weight.Select((value, i) => scales[i % Outputs] * StoredTensors.Whole(value, scales[i % Outputs]))];

    private static double[][] Moments(double[][] samples, double[] mean) =>
        [.. Enumerable.Range(0, Rows).Select(i => Enumerable.Range(0, Rows).Select(j => samples.Average(sample => (sample[i] - mean[i]) * (sample[j] - mean[j]))).ToArray())];

    private static double Error(float[] weight, float[] rounded, double[][] samples) =>
        samples.Sum(sample => Enumerable.Range(0, Outputs).Sum(output => Math.Pow(Product(sample, weight, output) - Product(sample, rounded, output), 2)));

    private static double Product(double[] sample, float[] weight, int output) => Enumerable.Range(0, Rows).Sum(row => sample[row] * weight[row * Outputs + output]);
}
