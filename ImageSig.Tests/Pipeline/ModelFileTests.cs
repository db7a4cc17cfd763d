using System.Buffers.Binary;
using System.Text;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

public class ModelFileTests
{
    private static readonly FeatureOptions Small = new() { Width = 20, Height = 24, Fit = ImageFit.Letterbox, Depth = 2, Basepoint = true, Standardize = true };

    [Theory]
    [InlineData("fc")]
    [InlineData("conv")]
    [InlineData("attention")]
    [InlineData("grid")]
    [InlineData("cnn")]
    [InlineData("vit")]
    public void What_is_written_is_read_back_and_gives_the_same_bytes(string name)
    {
        ModelFile original = Example(name);
        ModelFile read = ModelFile.Parse(original.ToBytes());
        Assert.Equal(original.Features, read.Features);
        Assert.Equal(original.Classes, read.Classes);
        Assert.Equal(original.Model.Spec, read.Model.Spec);
        Assert.Equal(original.Standardization?.Scale, read.Standardization?.Scale);
        Assert.Equal(original.Training.ChosenEpoch, read.Training.ChosenEpoch);
        Assert.Equal(original.ToBytes(), read.ToBytes());
    }

    [Fact]
    public void The_training_summary_reads_as_in_the_first_version_and_names_later_settings_only_where_they_are_set()
    {
        const string first =
            """{"recipe":"default","optimizer":"adam","learningRate":0.001,"weightDecay":0,"loss":"focal","labelSmoothing":0,"batchSize":64,"clipNorm":0,"accumulation":1,"averageDecay":0,""";
        const string last =
            """
            "epochs":10,"bestEpoch":3,"seed":18446744073709551615,"augmentations":"none","trainingImages":[3,4,5],"validationImages":[1,1,1],"unreadableImages":0,"validationAccuracy":0.5,"validationBalancedAccuracy":0.5,"validationLoss":0.1}
            """;
        ModelFile model = Example("fc");
        Assert.Equal(first + last, Summary(model));
        ModelFile warm = model with { Training = model.Training with { Options = model.Training.Options with { WarmUp = 0.1f } } };
        Assert.Equal($"{first}\"warmUp\":0.1,{last}", Summary(warm));
        Assert.Equal(0.1f, ModelFile.Parse(warm.ToBytes()).Training.Options.WarmUp);
        Assert.Equal(model.Training.Options, ModelFile.Parse(model.ToBytes()).Training.Options);

        static string Summary(ModelFile model) => SafetensorsFile.ReadMetadata(model.ToBytes()).Single(entry => entry.Key == "training").Value;
    }

    [Fact]
    public void It_is_a_safetensors_file_with_the_parameters_by_name()
    {
        ModelFile model = Example("conv");
        SafetensorsFile file = SafetensorsFile.Read(model.ToBytes());
        Assert.Equal(
            ["preprocessing.mean", "preprocessing.scale", .. model.Model.Parameters.Select(parameter => parameter.Name)],
            file.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void A_file_cut_at_any_byte_is_refused()
    {
        byte[] whole = Example(new FcSpec(Neurons: 1)).ToBytes();
        for (int length = 0; length < whole.Length; length++)
        {
            InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => ModelFile.Parse(whole.AsSpan(0, length)));
            Assert.Contains("copy it again", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_single_changed_byte_of_the_header_is_noticed()
    {
        byte[] whole = Example("fc").ToBytes();
        int header = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(whole);
        for (int position = 0; position < header; position++)
        {
            byte[] mutant = (byte[])whole.Clone();
            mutant[position] ^= 1;
            Assert.ThrowsAny<InvalidDataException>(() => ModelFile.Parse(mutant));
        }
    }

    [Theory]
    [InlineData("fc", 10_000)]
    [InlineData("attention", 2_000)]
    [InlineData("grid", 2_000)]
    [InlineData("vit", 2_000)]
    public void Ten_thousand_mutations_even_with_a_fitting_checksum_are_read_or_refused_and_nothing_else(string name, int rounds)
    {
        byte[] whole = Example(name).ToBytes();
        int header = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(whole);
        Random random = new(7);
        int read = 0;
        for (int round = 0; round < rounds; round++)
        {
            byte[] mutant = (byte[])whole.Clone();
            for (int change = random.Next(1, 5); change > 0; change--)
                Mutate(mutant, header, random);
            if (mutant.AsSpan().IndexOf("\"checksum\":\""u8) >= 0)
                Checksum.Stamp(mutant);
            try
            {
                ModelFile model = ModelFile.Parse(mutant);
                _ = new FeatureExtractor(model.Features);
                read++;
            }
            catch (Exception refusal) when (refusal is InvalidDataException or SettingException)
            {
            }
        }
        Assert.InRange(read, 1, rounds * 9 / 10);
    }

    [Theory]
    [InlineData("\\\"height\\\":24", "\\\"height\\\":25", "parameters")]
    [InlineData("\\\"neurons\\\":50", "\\\"neurons\\\":99", "parameters")]
    [InlineData("\\\"neurons\\\":50", "\\\"neurons\\\":-1", "neurons")]
    [InlineData("\\\"depth\\\":2", "\\\"depth\\\":0", "depth")]
    [InlineData("\\\"fit\\\":", "\\\"fix\\\":", "preprocessing")]
    [InlineData("\\\"letterbox\\\"", "\\\"lettersox\\\"", "stretch, crop, letterbox")]
    [InlineData("\\\"scaledDecoding\\\":false", "\\\"scaledDecoding\\\":fence", "preprocessing")]
    [InlineData("\\\"two\\\"", "\\\"one\\\"", "classes")]
    [InlineData("\"format\":\"imagesig\"", "\"format\":\"imagegis\"", "not an ImageSig model")]
    [InlineData("\"format_version\":\"1\"", "\"format_version\":\"3\"", "update ImageSig")]
    [InlineData("dense1.", "dense7.", "was expected")]
    public void A_header_that_says_something_else_is_refused_with_the_reason(string before, string after, string reason)
    {
        string text = Encoding.Latin1.GetString(Example("fc").ToBytes());
        if (!text.Contains(before, StringComparison.Ordinal))
            before = before.Replace("\\\"", "\\u0022", StringComparison.Ordinal);
        Assert.Contains(before, text, StringComparison.Ordinal);
        byte[] forged = Encoding.Latin1.GetBytes(text.Replace(before, after, StringComparison.Ordinal));
        Checksum.Stamp(forged);
        Exception refusal = Assert.ThrowsAny<Exception>(() => ModelFile.Parse(forged));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
    {
        ModelFile model = Example("fc");
        model.Model.Parameters[0].Value.Span[3] = float.NaN;
        Assert.Contains("not finite", Assert.Throws<InvalidDataException>(() => ModelFile.Parse(model.ToBytes())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_refusal_names_the_file_in_one_line()
    {
        using TemporaryFolder folder = new();
        Assert.StartsWith(folder["none"], Assert.Throws<FileNotFoundException>(() => ImageClassifier.Load(folder["none"])).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["text"], "this is not a model, but a text that is long enough");
        Assert.StartsWith(folder["text"], Message("text"), StringComparison.Ordinal);
        File.WriteAllBytes(folder["empty"], []);
        Assert.StartsWith(folder["empty"], Message("empty"), StringComparison.Ordinal);

        string Message(string name)
        {
            string message = Assert.Throws<ModelFileException>(() => ImageClassifier.Load(folder[name])).Message;
            Assert.DoesNotContain('\n', message);
            return message;
        }
    }

    [Fact]
    public void The_checksum_is_crc_32c()
    {
        // The check value of CRC-32C (RFC 3720) is that of the digits 1 to 9.
        byte[] file = Encoding.ASCII.GetBytes("\"checksum\":\"00000000\"123456789");
        Checksum.Stamp(file);
        Assert.Equal("\"checksum\":\"" + Crc32C("\"checksum\":\"00000000\"123456789").ToString("x8") + "\"123456789", Encoding.ASCII.GetString(file));
        Assert.Equal(0xE3069283u, Crc32C("123456789"));
    }

    private static uint Crc32C(string text)
    {
        uint crc = uint.MaxValue;
        foreach (char letter in text)
        {
            crc ^= letter;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78u : crc >> 1;
        }
        return ~crc;
    }

    /// <summary>Another byte anywhere in the header, another digit in place of a digit, or a byte moved: what bit rot and forgers do.</summary>
    private static void Mutate(byte[] mutant, int header, Random random)
    {
        int position = random.Next(4) == 0 ? random.Next(mutant.Length) : random.Next(header);
        switch (random.Next(3))
        {
            case 0:
                mutant[position] = (byte)random.Next(256);
                break;
            case 1:
                int digit = Array.FindIndex(mutant, position, value => value is >= (byte)'0' and <= (byte)'9');
                if (digit >= 0)
                    mutant[digit] = (byte)('0' + random.Next(10));
                break;
            default:
                int other = random.Next(header);
                (mutant[position], mutant[other]) = (mutant[other], mutant[position]);
                break;
        }
    }

    private static ModelFile Example(string name) => Example(TrainingRecipe.Named("default", name).Model);

    private static ModelFile Example(ModelSpec spec)
    {
        bool pixels = spec.Input == ModelInput.Pixels;
        FeatureOptions features = pixels ? new() { Input = ModelInput.Pixels, Width = 16, Height = 24, ScaledDecoding = true } : Small;
        Model model = Model.Create(spec, features.SampleShape, 3, seed: 3);
        float[] ones = [.. Enumerable.Repeat(1f, Small.FeatureCount)];
        return new ModelFile(model, features, ["one", "two", "größer"], pixels ? null : new Standardization([.. ones.Select(one => one / 3)], ones), new TrainingReport
        {
            Recipe = "default",
            Options = new() { Epochs = 10, BatchSize = 64, Loss = LossKind.Focal, Seed = ulong.MaxValue },
            Epochs = 10,
            ChosenEpoch = 3,
            Augmentations = ImageAugmentations.None,
            TrainingImages = [3, 4, 5],
            ValidationImages = [1, 1, 1],
            UnreadableImages = 0,
            ValidationAccuracy = 0.5,
            ValidationBalancedAccuracy = 0.5,
            ValidationLoss = 0.1,
        });
    }
}
