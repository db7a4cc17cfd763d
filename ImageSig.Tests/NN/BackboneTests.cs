using System.Text.Json;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Support;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>Pretrained networks: their lists of layers, and what their layers compute.</summary>
public class BackboneTests
{
    private static readonly Shape Pixels = new(17, 20, 3), Square = new(20, 20, 3);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Features_are_the_means_of_the_deepest_layers_before_the_image_shrinks(int depths)
    {
        float[] image = [.. Numbers.Uniform(Pixels.Count, 1).Select(value => (1 + value) / 2)];
        double[][] results = Twin([.. image.Select(value => (double)value)]);
        // The image itself shrinks into "stem", but is no feature.
        int[] taps = [.. ((int[])[4, 6, 8])[^Math.Min(depths, 3)..]];
        int[] channels = [.. taps.Select(tap => ((int[])[6, 6, 6, 6, 9, 9, 5, 5, 8])[tap])];
        double[] expected = [.. taps.Zip(channels, (tap, count) => Enumerable.Range(0, count).Select(c => results[tap].Where((_, i) => i % count == c).Average())).SelectMany(means => means)];

        Model model = Model.Create(new TransferSpec(Small(), depths), Pixels, outputs: 2, seed: 1);
        float[] features = model.Results(image, count: 1);
        Assert.Equal(expected.Length, features.Length);
        foreach ((double wanted, float found) in expected.Zip(features))
            Assert.Equal(wanted, found, 1e-5);
    }

    [Fact]
    public void Gradients_reach_every_layer_of_a_backbone_that_is_trained()
    {
        Model model = Model.Create(new TransferSpec(Small(), Hidden: 0, Dropout: 0, FineTune: true), Pixels, outputs: 3, seed: 1);
        foreach (Parameter parameter in model.Parameters.Where(parameter => parameter.Name.StartsWith("dense", StringComparison.Ordinal)))
            Numbers.Uniform(parameter.Count, 9).CopyTo(parameter.Value.Span);
        Tensor input = new(Pixels.WithBatch(2), [.. Numbers.Uniform(2 * Pixels.Count, 3).Select(value => (1 + value) / 2)]);
        Gradients gradients = new(model.Block);
        Tape tape = new(new TensorArena(), isTraining: true);
        tape.Backward(Loss(tape), gradients);
        foreach (Parameter parameter in model.Parameters.Where(parameter => !parameter.IsFrozen))
        {
            // Along the gradient itself the loss changes fastest: its difference is far above the noise of floats.
            float[] slope = gradients.Of(parameter).ToArray(), was = parameter.Value.Span.ToArray();
            double length = Math.Sqrt(slope.Sum(value => (double)value * value));
            const float step = 2e-3f;
            double above = Moved(step), below = Moved(-step);
            was.CopyTo(parameter.Value.Span);
            Assert.True(Math.Abs((above - below) / (2 * step) - length) <= 0.03 * length + 2e-3, $"{parameter.Name}: {(above - below) / (2 * step)}, gradient {length}");

            double Moved(float by)
            {
                for (int i = 0; i < was.Length; i++)
                    parameter.Value.Span[i] = was[i] + (float)(by * slope[i] / length);
                return Loss(new Tape(new TensorArena(), isTraining: false)).Span[0];
            }
        }
        Assert.Equal(["scaling.scale", "scaling.shift"], model.Parameters.Where(parameter => parameter.IsFrozen).Select(parameter => parameter.Name));

        Tensor Loss(Tape tape) => tape.ClassificationLoss(model.Forward(tape, input), [2, 0], new ClassificationLoss(), 0.5f);
    }

    [Fact]
    public void A_frozen_backbone_is_left_as_it_is_to_the_last_bit_and_one_that_is_trained_is_not()
    {
        ArraySource samples = ArraySource.Edges(24, Square, seed: 4), held = ArraySource.Edges(8, Square, seed: 5);
        foreach (bool fineTune in (bool[])[false, true])
        {
            TransferSpec spec = new(Small(), FineTune: fineTune);
            Model model = Model.Create(spec, Square, outputs: 2, seed: 1);
            float[] before = Backbone(model);
            Trainer.Fit(model, samples, held, spec.DefaultTraining with { Epochs = 2, BatchSize = 8 });
            Assert.Equal(!fineTune, before.SequenceEqual(Backbone(model)));
        }

        static float[] Backbone(Model model) =>
            [.. model.Parameters.Where(parameter => parameter.Name.StartsWith("backbone", StringComparison.Ordinal)).SelectMany(parameter => parameter.Value.Span.ToArray())];
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Training_gives_the_same_bits_on_one_thread_and_on_three(bool fineTune)
    {
        ArraySource samples = ArraySource.Edges(20, Square, seed: 4);
        TransferSpec spec = new(Small(), Hidden: 4, Dropout: 0.2f, FineTune: fineTune);
        float[][] weights = [.. ((int[])[1, 3]).Select(threads =>
        {
            Model model = Model.Create(spec, Square, outputs: 2, seed: 1);
            Trainer.Fit(model, samples, null, spec.DefaultTraining with { Epochs = 2, BatchSize = 10, Threads = threads });
            return model.Block.Span.ToArray();
        })];
        Assert.Equal(weights[0], weights[1]);
    }

    [Fact]
    public void Features_of_the_training_samples_come_to_the_classifier_with_mean_0_and_variance_1()
    {
        ArraySource samples = ArraySource.Edges(16, Square, seed: 4);
        Model model = Model.Create(new TransferSpec(Small()), Square, outputs: 2, seed: 1);
        Trainer.Fit(model, samples, null, new TransferSpec().DefaultTraining with { Epochs = 1 });
        float[] sample = new float[Square.Count];
        float[][] scaled = [.. Enumerable.Range(0, samples.Count).Select(i =>
        {
            samples.CopyTo(i, sample);
            return model.Results(sample, count: 2);
        })];
        for (int feature = 0; feature < scaled[0].Length; feature++)
        {
            double[] column = [.. scaled.Select(row => (double)row[feature])];
            Assert.Equal(0, column.Average(), 1e-3);
            Assert.InRange(column.Average(value => value * value), 0, 1.001);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_allocated_while_predicting_or_training(bool fineTune)
    {
        Model model = Model.Create(new TransferSpec(Small(), Dropout: 0, FineTune: fineTune), Pixels, outputs: 2, seed: 1);
        float[] probabilities = new float[2], image = new float[Pixels.Count];
        Gradients gradients = new(model.Block);
        Tape tape = new(new TensorArena(), isTraining: true);
        Tensor batch = new(Pixels.WithBatch(2));
        int[] labels = [0, 1];
        ClassificationLoss loss = new();
        for (int turn = 0; turn < 3; turn++)
            Step();
        Assert.Equal(0, Cost.UsualBytes(Step));

        void Step()
        {
            model.Predict(image, 1, probabilities);
            if (!fineTune)
                return;
            tape.Reset();
            tape.Backward(tape.ClassificationLoss(model.Forward(tape, batch), labels, loss, 0.5f), gradients);
        }
    }

    [Fact]
    public void A_backbone_is_written_into_the_architecture_and_read_again()
    {
        TransferSpec spec = new(Small(), Depths: 2, Hidden: 3, FineTune: true);
        TransferSpec read = Assert.IsType<TransferSpec>(ModelKinds.FromJson(spec.ToJson()));
        Assert.Equal(spec, read);
        Assert.Equal(spec.ToJson(), read.ToJson());
        Assert.False(read.Backbone!.HasWeights);
        Assert.Equal("small, 9 layers", read.Backbone.ToString());
        Assert.NotEqual(spec, spec with { Backbone = Backbone.Of("small", SmallBackbone.Layers, [.. SmallBackbone.Tensors().Select(tensor => tensor with { Values = [.. tensor.Values.Select(value => -value)] })]) });
    }

    [Theory]
    [InlineData("\"value\": \"pixel/127.5-1\"", 2, -1)]
    [InlineData("\"value\": \"pixel/255\"", 1, 0)]
    [InlineData("\"value\": \"(pixel-128)/128\"", 1.9921875, -1)]
    [InlineData("\"mean\": [0.5, 0.5, 0.5], \"std\": [0.25, 0.25, 0.25]", 4, -2)]
    public void The_range_of_the_input_is_read(string range, double scale, double shift)
    {
        Backbone backbone = Backbone.Of("small", SmallBackbone.Layers.Replace("\"value\": \"(pixel-128)/128\"", range, StringComparison.Ordinal), SmallBackbone.Tensors());
        Assert.All(backbone.List.Scale, value => Assert.Equal(scale, 255 * value, 1e-5));
        Assert.All(backbone.List.Shift, value => Assert.Equal(shift, value, 1e-6));
    }

    [Theory]
    [InlineData("\"op\": \"add\"", "\"op\": \"mul\"", "layer 'sum1': there is no operation 'mul', only conv and add.")]
    [InlineData("[0, 2]", "[0, 3]", "layer 'sum1': from must be a whole number from -1 to 2.")]
    [InlineData("[0, 2]", "[0]", "layer 'sum1': a sum needs two layers of equally many channels.")]
    [InlineData("\"from\": 6", "\"from\": 7", "layer 'dw3': from must be a whole number from -1 to 6.")]
    [InlineData("\"groups\": 9", "\"groups\": 3", "layer 'dw2': 3 groups of 9 channels to 9; 1 group, or one for each channel and as many outputs, are possible.")]
    [InlineData("[5, 5]", "[9, 9]", "layer 'dw1': k must be a whole number from 1 to 7.")]
    [InlineData("[5, 5]", "[5, 3]", "layer 'dw1': k must be [height, width]; with symmetric padding both equal and odd.")]
    [InlineData("[5, 5]", "5", "layer 'dw1' has no 'k' that is a list.")]
    [InlineData("[5, 5]", "[3, 3]", "tensor 'dw1.weight' of shape [6, 1, 3, 3] was expected, one of shape [6, 1, 5, 5] was found.")]
    [InlineData("\"act\": \"relu\"", "\"act\": \"swish\"", "layer 'expand2': act is 'swish'; none, relu, relu6 are possible.")]
    [InlineData("\"name\": \"last\"", "\"name\": \"dw3\"", "two layers are called 'dw3'.")]
    [InlineData("\"name\": \"last\"", "\"name\": \"end\"", "tensor 'end.weight' is missing.")]
    [InlineData("\"features\": \"last\"", "\"features\": \"middle\"", "there is no layer 'middle' to take the features of.")]
    [InlineData("RGB", "BGR", "input: channels are 'BGR'; RGB is possible.")]
    [InlineData("(pixel-128)/128", "log(pixel)", "input: the value is 'log(pixel)'; pixel/D, pixel/D-S or (pixel-S)/D is possible, or mean and std of the colors.")]
    [InlineData("\"layers\"", "\"levels\"", "the list of layers has no 'layers' that is a list.")]
    [InlineData("\"features\"", "features", "the list of layers is not JSON.")]
    public void A_list_that_cannot_be_used_is_refused_in_one_line(string text, string instead, string message) => Assert.Equal(
        message,
        Assert.Throws<InvalidDataException>(() => Backbone.Of("small", SmallBackbone.Layers.Replace(text, instead, StringComparison.Ordinal), SmallBackbone.Tensors())).Message);

    [Fact]
    public void An_architecture_says_what_is_wrong_with_its_backbone()
    {
        string json = new TransferSpec(Small()).ToJson();
        Assert.Equal(
            "the architecture has a backbone that cannot be used: layer 'dw1': k must be a whole number from 1 to 7.",
            Assert.Throws<InvalidDataException>(() => ModelKinds.FromJson(json.Replace("[5,5]", "[500,500]", StringComparison.Ordinal))).Message);
        Assert.Equal(
            "the architecture has a backbone that cannot be used: the list of layers has no 'input' that is an object.",
            Assert.Throws<InvalidDataException>(() => ModelKinds.FromJson("""{"name":"transfer","dropout":0,"depths":4,"hidden":0,"backbone":[1]}""")).Message);
        Assert.Equal(
            "Model transfer: there is no pretrained network to build on; give it a backbone, such as mobilenet.safetensors.",
            Assert.Throws<SettingException>(() => new TransferSpec().Check()).Message);
        Assert.Equal(
            "dw3 (backbone): [1, 1, 5] comes in, smaller than a kernel of 3x3. Use larger images.",
            Assert.Throws<ArgumentException>(() => new BackboneLayer(
                "backbone", Backbone.Of("small", SmallBackbone.Layers.Replace("\"groups\": 5, \"pad\": \"sym\"", "\"groups\": 5, \"pad\": \"valid\"", StringComparison.Ordinal), SmallBackbone.Tensors()),
                4, isFrozen: true).OutputShape(new Shape(4, 4, 3))).Message);
    }

    private static Backbone Small() => Backbone.Of("small", SmallBackbone.Layers, SmallBackbone.Tensors());

    /// <summary>The results of all layers, in plain double loops from the list and the tensors as they stand in the file.</summary>
    private static double[][] Twin(double[] colors)
    {
        Dictionary<string, SafetensorsEntry> tensors = SmallBackbone.Tensors().ToDictionary(tensor => tensor.Name);
        List<(double[] Values, int Height, int Width, int Channels)> results = [];
        double[] image = [.. colors.Select(value => (255 * value - 128) / 128)];
        using JsonDocument document = JsonDocument.Parse(SmallBackbone.Layers);
        foreach (JsonElement layer in document.RootElement.GetProperty("layers").EnumerateArray())
        {
            JsonElement from = layer.GetProperty("from");
            if (from.ValueKind == JsonValueKind.String)
                break;
            if (from.ValueKind == JsonValueKind.Array)
            {
                (double[] Values, int Height, int Width, int Channels) left = results[from[0].GetInt32()], right = results[from[1].GetInt32()];
                results.Add(left with { Values = [.. left.Values.Zip(right.Values, (a, b) => a + b)] });
                continue;
            }
            (double[] x, int height, int width, int channels) = from.GetInt32() < 0 ? (image, Pixels[0], Pixels[1], 3) : results[from.GetInt32()];
            string name = layer.GetProperty("name").GetString()!;
            int groups = layer.GetProperty("groups").GetInt32(), kernel = layer.GetProperty("k")[0].GetInt32(), stride = layer.GetProperty("stride").GetInt32();
            Convolution2DOptions options = layer.GetProperty("pad").GetString() == "same"
                ? new() { Stride = stride, Same = true }
                : new() { Stride = stride, Padding = kernel / 2 };
            SafetensorsEntry weight = tensors[$"{name}.weight"];
            int outputs = weight.Shape[0], depth = weight.Shape[1];
            double[] w = new double[weight.Values.Length];
            for (int i = 0; i < w.Length; i++)
                w[(i % (kernel * kernel) * depth + i / (kernel * kernel) % depth) * outputs + i / (kernel * kernel) / depth] = weight.Values[i];
            double[] y = Twins.Conv2D(x, w, [.. tensors[$"{name}.bias"].Values.Select(value => (double)value)], (1, height, width, channels), kernel, outputs, options, groups);
            double cap = layer.GetProperty("act").GetString() switch { "relu6" => 6, "relu" => double.PositiveInfinity, _ => double.NaN };
            results.Add((
                double.IsNaN(cap) ? y : [.. y.Select(value => Math.Clamp(value, 0, cap))],
                options.OutputLength(height, kernel), options.OutputLength(width, kernel), outputs));
        }
        return [.. results.Select(result => result.Values)];
    }
}
