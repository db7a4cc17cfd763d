using System.Text;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>Models whose files keep fewer bits.</summary>
public class QuantizationTests
{
    public static TheoryData<string> Kinds => [GridVariants.WeightedPlaces, GridVariants.ThreeConvolutions, .. ModelKinds.Names.Where(kind => ModelKinds.Named(kind) is FcSpec or ConvSpec or AttentionSpec or GridSpec or CnnSpec or VitSpec or TransferSpec)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_small_file_answers_nearly_the_same_and_is_the_same_file_when_saved_again(string kind)
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 24, seed: 1);
        ImageClassifier whole = Trained(folder, kind);
        Image[] pictures = [.. Enumerable.Range(0, 20).Select(number => Scenes.Draw(number, number % 2))];
        whole.Save(folder["whole"]);
        foreach ((WeightStorage storage, double most) in (ReadOnlySpan<(WeightStorage, double)>)[(WeightStorage.Float16, 0.01), (WeightStorage.Int8, 0.05)])
        {
            ImageClassifier small = whole.Quantized(storage);
            small.Save(folder["small"]);
            ImageClassifier loaded = ImageClassifier.Load(folder["small"]);
            Assert.Equal((storage, storage), (small.Storage, loaded.Storage));
            loaded.Save(folder["again"]);
            Assert.Equal(File.ReadAllBytes(folder["small"]), File.ReadAllBytes(folder["again"]));
            foreach (Image picture in pictures)
            {
                Prediction answer = loaded.Predict(picture);
                Assert.Equal(small.Predict(picture), answer);
                Assert.All(whole.Predict(picture).Probabilities.Zip(answer.Probabilities), pair => Assert.Equal(pair.First.Probability, pair.Second.Probability, most));
            }
            // A transfer's list of layers is long beside this backbone.
            long header = kind == ModelKinds.Transfer ? 6144 : 4096, weights = whole.Model.Parameters.Sum(parameter => (long)parameter.Count);
            Assert.InRange(new FileInfo(folder["small"]).Length, 1, header + (storage == WeightStorage.Int8 ? 3 * weights / 2 : 3 * weights));
        }
        Assert.Equal(WeightStorage.Float32, ImageClassifier.Load(folder["whole"]).Storage);
    }

    [Theory]
    [InlineData(WeightStorage.Float16)]
    [InlineData(WeightStorage.Int8)]
    public void Weights_that_are_not_finite_are_refused(WeightStorage storage)
    {
        ImageClassifier broken = UntrainedModel.Of(new FcSpec(), new() { Width = 16, Height = 16, Depth = 2 });
        broken.Model.Parameters[0].Value.Span[3] = float.NaN;
        Assert.Contains("holds a value that is not finite", Assert.Throws<ModelFileException>(() => broken.Quantized(storage)).Message, StringComparison.Ordinal);
        Assert.Throws<ModelFileException>(() => broken.Quantized([], default));
    }

    /// <summary>The paper's network on rows at 64x64 and depth 4 (37,112 parameters with two classes), and the default model, with all that a file may hold.</summary>
    [Theory]
    [InlineData("conv", 2, 37_112, 41_000)]
    [InlineData("conv", 5, 37_265, 41_000)]
    [InlineData("grid", 2, 28_434, 34_000)]
    [InlineData("grid", 5, 28_677, 34_000)]
    public void The_smallest_models_fit_into_as_many_bytes_as_the_goals_say(string kind, int classes, int parameters, int most)
    {
        string[] names = classes == 2 ? ["fire", "nofire"] : ["cloudy", "foggy", "rainy", "shine", "sunrise"];
        FeatureOptions features = kind == "conv"
            ? new() { Basepoint = true, Standardize = true, ScaledDecoding = true }
            : new() { Input = ModelInput.Pixels, ScaledDecoding = true };
        Model model = Model.Create(ModelKinds.Named(kind), features.SampleShape, classes, seed: 1);
        Assert.Equal(parameters, model.ParameterCount);
        int last = model.FeatureCount;
        double figure = 1 / 3.0;
        ModelFile file = new(
            model.Folded(), features, names, kind == "conv" ? new Standardization(new float[120], new float[120]) : null, new TrainingReport
            {
                Recipe = "default", Options = ModelKinds.Named(kind).DefaultTraining, Epochs = 30, ChosenEpoch = 30, Augmentations = ImageAugmentations.HorizontalFlip | ImageAugmentations.VerticalFlip | ImageAugmentations.Brightness,
                TrainingImages = [.. names.Select(name => 1128)], ValidationImages = [.. names.Select(name => 125)], UnreadableImages = 0, ValidationAccuracy = figure, ValidationBalancedAccuracy = figure,
                ValidationLoss = figure, CalibrationErrorBefore = figure, CalibrationErrorAfter = figure,
            })
        {
            Storage = WeightStorage.Int8,
            Rules = new AnswerRules(1.0123456f, new Familiarity(new FeatureDistance(new float[last], new float[classes * last], new float[4 * last]), [], 100 * figure)),
        };
        Assert.InRange(file.ToBytes().Length, parameters, most);
    }

    [Fact]
    public void An_int8_weight_is_the_nearest_multiple_of_a_127th_of_the_largest_of_its_output()
    {
        Random random = new(3);
        float[] weights = [.. Enumerable.Range(0, 60).Select(i => i % 3 == 2 ? 0 : (float)(random.NextDouble() - 0.5) * (i % 3 == 0 ? 1e-6f : 1e6f))];
        IReadOnlyList<SafetensorsEntry> stored = StoredTensors.Encode([new("dense.weight", [20, 3], (float[])weights.Clone()), new("dense.bias", [3], [1, 2, 3])], WeightStorage.Int8);
        Assert.Equal(["dense.bias", "scales", "dense.weight"], stored.Select(tensor => tensor.Name));
        Assert.Equal([SafetensorsType.Float16, SafetensorsType.BFloat16, SafetensorsType.Int8], stored.Select(tensor => tensor.Type));
        float[] decoded = StoredTensors.Decode(SafetensorsFile.Read(new SafetensorsFile([], stored).ToBytes(), SafetensorsScope.Small).Tensors).Tensors.Single(tensor => tensor.Name == "dense.weight").Values;
        for (int output = 0; output < 3; output++)
        {
            float largest = Enumerable.Range(0, 20).Max(row => Math.Abs(weights[3 * row + output]));
            for (int row = 0; row < 20; row++)
                Assert.Equal(weights[3 * row + output], decoded[3 * row + output], largest / 127 * 0.76f);
        }
    }

    [Fact]
    public void Of_what_tells_unknown_pictures_each_row_has_a_unit_of_its_own()
    {
        Random random = new(4);
        float[] units = [1e-5f, 1, 0, 300], means = [.. Enumerable.Range(0, 4 * 20).Select(i => units[i / 20] * (float)(random.NextDouble() - 0.5))];
        SafetensorsEntry scale = new("answers.scale", [20], means[..20]), few = new("answers.directions", [4, 15], means[20..]), rows = new("answers.means", [4, 20], means);
        IReadOnlyList<SafetensorsEntry> stored = StoredTensors.Encode([scale, few, rows], WeightStorage.Int8);
        Assert.Equal(["answers.scale", "answers.directions", "row_scales", "answers.means"], stored.Select(tensor => tensor.Name));
        Assert.Equal(4, stored[2].Values.Length);
        float[] decoded = StoredTensors.Decode(SafetensorsFile.Read(new SafetensorsFile([], stored).ToBytes(), SafetensorsScope.Small).Tensors).Tensors.Single(tensor => tensor.Name == "answers.means").Values;
        for (int i = 0; i < means.Length; i++)
            Assert.Equal(means[i], decoded[i], means.Skip(i / 20 * 20).Take(20).Max(Math.Abs) / 127 * 0.76f);

        // Files from before rows had units of their own: one for each column, as of any weight.
        SafetensorsEntry old = new("answers.means", [2, 2], [1, 2, 3, 4]) { Type = SafetensorsType.Int8 }, columns = new("scales", [2], [10, 100]) { Type = SafetensorsType.BFloat16 };
        Assert.Equal([10, 200, 30, 400], StoredTensors.Decode([columns, old]).Tensors.Single().Values);
    }

    [Fact]
    public void Numbers_too_large_for_16_bits_keep_32()
    {
        IReadOnlyList<SafetensorsEntry> stored = StoredTensors.Encode([new("large", [2], [70000, 1]), new("small", [2], [65504, 1e-9f])], WeightStorage.Float16);
        Assert.Equal([("large", SafetensorsType.Float32), ("small", SafetensorsType.Float16)], stored.Select(tensor => (tensor.Name, tensor.Type)));
    }

    [Fact]
    public void Every_type_of_number_is_read_as_it_was_written_or_rounded_to_nearest()
    {
        float[] values = [0, 1, -1, 0.1f, -127, 65504, 1e-8f, 3.14159f];
        foreach ((SafetensorsType type, Func<float, float> nearest) in (ReadOnlySpan<(SafetensorsType, Func<float, float>)>)
            [(SafetensorsType.Float32, value => value), (SafetensorsType.Float16, value => (float)(Half)value), (SafetensorsType.BFloat16, NearestBFloat16)])
        {
            byte[] file = new SafetensorsFile([], [new("a", [8], values) { Type = type }]).ToBytes();
            Assert.Equal(values.Select(nearest), SafetensorsFile.Read(file, SafetensorsScope.Small).Tensors[0].Values);
            if (type != SafetensorsType.Float32)
                Assert.Contains("only F32 is read", Assert.Throws<InvalidDataException>(() => SafetensorsFile.Read(file)).Message, StringComparison.Ordinal);
        }
        byte[] whole = new SafetensorsFile([], [new("a", [3], [-128, 0, 127]) { Type = SafetensorsType.Int8 }]).ToBytes();
        Assert.Equal([-128, 0, 127], SafetensorsFile.Read(whole, SafetensorsScope.Small).Tensors[0].Values);
        Assert.Empty(SafetensorsFile.Read(whole, SafetensorsScope.Foreign).Tensors);

        // By search among the two numbers that the upper half can be.
        static float NearestBFloat16(float value)
        {
            uint low = BitConverter.SingleToUInt32Bits(value) & 0xFFFF0000;
            (float down, float up) = (BitConverter.UInt32BitsToSingle(low), BitConverter.UInt32BitsToSingle(low + 0x10000));
            return Math.Abs((double)value - down) <= Math.Abs((double)up - value) ? down : up;
        }
    }

    [Fact]
    public void A_small_file_says_so_in_its_version_and_damage_is_told()
    {
        ImageClassifier small = ImageClassifier.Load(Path.Combine(Folders.Repository, "ImageSig.Tests", "Pipeline", "ModelsOfVersion1", "conv.safetensors")).Quantized(WeightStorage.Int8);
        using MemoryStream stream = new();
        small.Save(stream);
        byte[] bytes = stream.ToArray();
        Assert.Equal("2", SafetensorsFile.ReadMetadata(bytes, SafetensorsScope.Small).Single(entry => entry.Key == "format_version").Value);

        Assert.Contains("only F32 is read", Refusal("\"format_version\":\"2\"", "\"format_version\":\"1\""), StringComparison.Ordinal);
        Assert.Contains("the int8 tensors need", Refusal("\"scales\"", "\"scalex\""), StringComparison.Ordinal);

        string Refusal(string before, string after)
        {
            byte[] forged = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace(before, after, StringComparison.Ordinal));
            Checksum.Stamp(forged);
            return Assert.Throws<InvalidDataException>(() => ModelFile.Parse(forged)).Message;
        }
    }

    private static ImageClassifier Trained(TemporaryFolder folder, string kind)
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", GridVariants.Named(kind).Name).WithTraining(options => options with { Epochs = 2, BatchSize = 8, Threads = 1 });
        recipe = recipe with { Validation = 0.5, Features = recipe.Features with { Width = 32, Height = 32 } };
        if (recipe.Model is GridSpec)
            recipe = recipe with { Model = GridVariants.Named(kind) };
        if (recipe.Model is TransferSpec transfer)
            recipe = recipe with { Model = transfer with { Backbone = BackboneFile.Read(SmallBackbone.Write(folder["backbone.safetensors"])) } };
        return ImageClassifier.Train(folder["photos"], recipe).Classifier;
    }
}
