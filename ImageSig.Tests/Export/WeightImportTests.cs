using ImageSig.Imaging;
using ImageSig.Import;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Export;

/// <summary>Weights of other programs, as models.</summary>
public class WeightImportTests
{
    private static readonly FeatureOptions Pixels = new() { Input = ModelInput.Pixels, Width = 32, Height = 32 };
    private static readonly FeatureOptions Signatures = new() { Width = 24, Height = 40, Depth = 2 };

    /// <summary>One small network of each kind, with batch normalizations and without.</summary>
    public static TheoryData<string, bool> Networks => new()
    {
        { "fc", false }, { "conv", false }, { "attention", false }, { "grid", false }, { "grid", true }, { "cnn", false }, { "cnn", true }, { "vit", false },
        { GridVariants.WeightedPlaces, false }, { GridVariants.WeightedPlaces, true }, { GridVariants.ThreeConvolutions, false }, { GridVariants.ThreeConvolutions, true },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Weights_in_either_layout_and_under_any_names_become_the_model_that_they_were(string kind, bool isFolded)
    {
        using TemporaryFolder folder = new();
        ModelSpec spec = GridVariants.Named(kind) with { IsFolded = isFolded };
        FeatureOptions features = spec.Input == ModelInput.Pixels ? Pixels : Signatures;
        Model model = Randomized(spec, features);
        float[] sample = [.. Enumerable.Range(0, model.Input.Count).Select(i => MathF.Sin(i))], expected = new float[3];
        model.Folded().Predict(sample, 1, expected);
        foreach (WeightLayout layout in Enum.GetValues<WeightLayout>())
            foreach ((string naming, Func<string, int, string> name) in Namings)
            {
                // Other programs' layers in an order of their own are matched by name only.
                File.WriteAllBytes(folder["weights"], new SafetensorsFile([], Foreign(model, layout, name)).ToBytes());
                ImageClassifier imported = ImageClassifier.Import(folder["weights"], spec with { IsFolded = false }, features, ["one", "two", "three"], layout);
                float[] scores = new float[3];
                imported.Model.Predict(sample, 1, scores);
                Assert.True(expected.SequenceEqual(scores), $"{kind}, {layout}, {naming}");
                imported.Save(folder["model"]);
                Assert.Equal(0, ImageClassifier.Load(folder["model"]).Training.Epochs);
                Assert.Equal(imported.Model.Spec, ImageClassifier.Import(folder["weights"], imported, layout).Model.Spec);
            }
    }

    [Fact]
    public void A_tensor_without_a_place_is_passed_over_where_names_decide_unless_it_is_of_a_normalization()
    {
        using TemporaryFolder folder = new();
        Model model = Randomized(new GridSpec() with { IsFolded = true }, Pixels);
        List<SafetensorsEntry> tensors = Foreign(model, WeightLayout.Keras, (name, _) => name);
        ImageClassifier Import(params SafetensorsEntry[] more)
        {
            File.WriteAllBytes(folder["w"], new SafetensorsFile([], [.. tensors, .. more]).ToBytes());
            return ImageClassifier.Import(folder["w"], new GridSpec(), Pixels, ["a", "b", "c"], WeightLayout.Keras);
        }
        Assert.Equal(Import().Model.Block.Span.ToArray(), Import(new("ema.step", [1], [7]), new("answers.scale", [1], [1])).Model.Block.Span.ToArray());
        Assert.Contains("there are 9 tensors, the model grid has", Assert.Throws<ModelFileException>(() => Import(new SafetensorsEntry("lift.norm.mean", [1], [1]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_layout_is_told_by_the_shapes_and_the_first_tensor_that_fits_in_neither_is_named()
    {
        using TemporaryFolder folder = new();
        Model model = Randomized(new ConvSpec(), Signatures);
        List<SafetensorsEntry> tensors = Foreign(model, WeightLayout.PyTorch, (name, _) => name);
        Write(tensors);
        Assert.NotNull(Import());
        tensors[6] = new("dense2.weight", [3, 51], new float[153]);
        Write(tensors);
        Assert.Equal($"{folder["w"]}: tensor 'dense2.weight' of shape [3, 51] does not fit 'dense2.weight', which is [3, 50] in PyTorch's layout.", Refusal());
        // What tells unknown images counts for nothing.
        Write([.. tensors[..^1], new("answers.scale", [2], [1, 2]), new("answers.conv1.means", [1, 2], [1, 2]), new("answers.conv1.directions", [1, 2], [1, 2])]);
        Assert.Equal($"{folder["w"]}: there are 7 tensors, the model conv has 8: conv1.weight, conv1.bias, conv2.weight, conv2.bias, ….", Refusal());
        tensors[0] = new(tensors[0].Name, tensors[0].Shape, [.. tensors[0].Values.Select(_ => float.NaN)]);
        Write(tensors);
        Assert.Equal($"{folder["w"]}: tensor 'conv1.weight' holds a value that is not finite.", Refusal());
        Assert.Equal($"{folder["none"]}: no such file; give a .safetensors file of weights.", Assert.Throws<FileNotFoundException>(() => ImageClassifier.Import(folder["none"], new FcSpec(), Signatures, ["a", "b"])).Message);

        FeatureOptions square = new() { Width = 4, Height = 1, Depth = 1 };
        FcSpec three = new(Neurons: 3);
        File.WriteAllBytes(folder["w"], new SafetensorsFile([], Foreign(Model.Create(three, square.SampleShape, 3, seed: 1), WeightLayout.Keras, (name, _) => name)).ToBytes());
        string both = Assert.Throws<ModelFileException>(() => ImageClassifier.Import(folder["w"], three, square, ["a", "b", "c"])).Message;
        Assert.Equal($"{folder["w"]}: all tensors fit in Keras' layout as in PyTorch's; say which layout it is.", both);

        void Write(List<SafetensorsEntry> all) => File.WriteAllBytes(folder["w"], new SafetensorsFile([], all).ToBytes());
        ImageClassifier Import() => ImageClassifier.Import(folder["w"], new ConvSpec(), Signatures, ["a", "b", "c"]);
        string Refusal() => Assert.Throws<ModelFileException>(Import).Message;
    }

    [Fact]
    public void Standardization_comes_from_the_file_or_from_the_model_that_it_is_to_be_like()
    {
        using TemporaryFolder folder = new();
        ImageClassifier like = ImageClassifier.Load(Path.Combine(Folders.Repository, "ImageSig.Tests", "Pipeline", "ModelsOfVersion1", "conv.safetensors"));
        SafetensorsFile whole = SafetensorsFile.Read(ModelBytes(like));
        Image picture = Scenes.Draw(3);
        Prediction expected = like.Predict(picture);
        File.WriteAllBytes(folder["all"], new SafetensorsFile([], whole.Tensors).ToBytes());
        File.WriteAllBytes(folder["weights"], new SafetensorsFile([], [.. whole.Tensors.Where(tensor => !tensor.Name.StartsWith("preprocessing", StringComparison.Ordinal))]).ToBytes());
        Assert.Equal(expected, ImageClassifier.Import(folder["all"], like).Predict(picture));
        Assert.Equal(expected, ImageClassifier.Import(folder["weights"], like).Predict(picture));
        Assert.Equal(expected, ImageClassifier.Import(folder["all"], like.Model.Spec, like.Features, like.Classes).Predict(picture));
        if (like.Features.Standardize)
            Assert.Contains("standardized", Assert.Throws<ModelFileException>(() => ImageClassifier.Import(folder["weights"], like.Model.Spec, like.Features, like.Classes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_of_16_bits_and_doubles_are_read_too_and_names_are_ordered_as_people_count()
    {
        Assert.True(ForeignTensors.CompareNumbers("2.weight", "10.weight") < 0);
        Assert.True(ForeignTensors.CompareNumbers("layer10.a", "layer9.b") > 0);
        Assert.Equal(0, ForeignTensors.CompareNumbers("a1b2", "a1b2"));
        Assert.True(ForeignTensors.CompareNumbers("a", "a1") < 0);
        IReadOnlyList<SafetensorsEntry> ordered = ForeignTensors.Ordered([Entry("0.bias"), Entry("0.weight"), Entry("10.bias"), Entry("10.weight"), Entry("3.bias"), Entry("3.weight")], ["x"]);
        Assert.Equal(["0.weight", "0.bias", "3.weight", "3.bias", "10.weight", "10.bias"], ordered.Select(tensor => tensor.Name));
        ordered = ForeignTensors.Ordered([Entry("z/beta"), Entry("z/moving_mean"), Entry("z/gamma"), Entry("z/moving_variance"), Entry("a/kernel:0")], ["x"]);
        Assert.Equal(["z/gamma", "z/beta", "z/moving_mean", "z/moving_variance", "a/kernel:0"], ordered.Select(tensor => tensor.Name));

        static SafetensorsEntry Entry(string name) => new(name, [1], [1]);
    }

    /// <summary>Ours; numbers of layers as PyTorch's Sequential has them, in the alphabet's order; Keras' words in the order of the model.</summary>
    private static (string Naming, Func<string, int, string> Name)[] Namings { get; } =
    [
        ("own names", (name, _) => name),
        ("numbers", (name, layer) => $"{layer}.{Last(name) switch { "scale" => "weight", "shift" => "bias", "mean" => "running_mean", "variance" => "running_var", var last => last }}"),
        ("Keras' words", (name, layer) => $"layer_{layer}/{Last(name) switch { "weight" => "kernel", "scale" => "gamma", "shift" => "beta", "mean" => "moving_mean", "variance" => "moving_variance", var last => last }}"),
    ];

    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>The parameters as another program would write them.</summary>
    private static List<SafetensorsEntry> Foreign(Model model, WeightLayout layout, Func<string, int, string> name)
    {
        List<SafetensorsEntry> tensors = [];
        string[] layers = [.. model.Parameters.Select(parameter => parameter.Name[..parameter.Name.LastIndexOf('.')]).Distinct()];
        foreach (Parameter parameter in model.Parameters)
        {
            int layer = Array.IndexOf(layers, parameter.Name[..parameter.Name.LastIndexOf('.')]);
            int[] shape = parameter.Shape.ToArray();
            float[] values = parameter.Value.Span.ToArray();
            if (layout == WeightLayout.PyTorch && Last(parameter.Name) == "weight")
                (shape, values) = Turned(model, parameter.Name, shape, values);
            tensors.Add(new(name(parameter.Name, layer), shape, values));
        }
        // Python's writer leaves the names in the order of the alphabet.
        return tensors[0].Name == "0.weight" ? [.. tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal)] : tensors;
    }

    /// <summary>[kernel…, inputs, outputs] to [outputs, inputs, kernel…], index by index; inputs that were [T, C] before they were flattened become [C, T].</summary>
    private static (int[] Shape, float[] Values) Turned(Model model, string name, int[] shape, float[] values)
    {
        int outputs = shape[^1], inputs = shape[^2], positions = values.Length / outputs / inputs;
        Shape? flat = model.Spec is ConvSpec && name == "dense1.weight" ? model.Layers.Single(layer => layer.Name == "pool2").OutputShape : null;
        float[] turned = new float[values.Length];
        for (int position = 0; position < positions; position++)
            for (int input = 0; input < inputs; input++)
                for (int output = 0; output < outputs; output++)
                {
                    int theirs = flat is { } steps ? input % steps[1] * steps[0] + input / steps[1] : input;
                    turned[(output * inputs + theirs) * positions + position] = values[(position * inputs + input) * outputs + output];
                }
        return ([outputs, inputs, .. shape[..^2]], turned);
    }

    private static Model Randomized(ModelSpec spec, FeatureOptions features)
    {
        Model model = Model.Create(spec, features.SampleShape, 3, seed: 5);
        Random random = new(3);
        foreach (Parameter parameter in model.Parameters)
            foreach (ref float value in parameter.Value.Span)
                value += (float)random.NextDouble() / 10;
        return model;
    }

    private static byte[] ModelBytes(ImageClassifier classifier)
    {
        using MemoryStream stream = new();
        classifier.Save(stream);
        return stream.ToArray();
    }
}
