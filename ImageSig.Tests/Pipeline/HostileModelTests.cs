using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>These measure time: no other test runs beside them.</summary>
[CollectionDefinition(nameof(HostileModelTests), DisableParallelization = true)]
public sealed class HostileModels;

/// <summary>A model file may come from anyone. Whatever it says, it is refused at once, and nothing large is built or said.</summary>
[Collection(nameof(HostileModelTests))]
public class HostileModelTests
{
    private static readonly Dictionary<string, string> Honest = new()
    {
        ["format"] = "imagesig",
        ["format_version"] = "1",
        ["checksum"] = Checksum.Blank,
        ["model"] = new FcSpec().ToJson(),
        ["preprocessing"] = """{"input":"signatures","width":64,"height":64,"fit":"stretch","scaledDecoding":false,"depth":4,"twoDirection":false,"basepoint":false,"time":false,"logSignature":"none","standardize":false}""",
        ["classes"] = """["one","two"]""",
        ["training"] = "{}",
    };

    private const string Training = """{"recipe":"default","optimizer":"adam","learningRate":0.001,"weightDecay":0,"loss":"focal","labelSmoothing":0,"batchSize":64,"clipNorm":0,"accumulation":1,"averageDecay":0,"epochs":10,"bestEpoch":3,"seed":1,"augmentations":"none","trainingImages":[3,4],"validationImages":[1,1],"unreadableImages":0}""";

    public static TheoryData<string, string, string> Texts => new()
    {
        { "nested", "{\"a\":", "" },
        { "listed", "[", "" },
        { "many fields", "{", Fields(60_000) + "}" },
        { "many equal fields", "{", "\"name\":\"fc\"," + Repeat("\"dropout\":0.5,", 60_000) + "\"z\":0}" },
        { "a long number", "{\"name\":\"fc\",\"neurons\":", Repeat("9", 1_000_000) + "}" },
        { "a long fraction", "{\"name\":\"fc\",\"neurons\":50,\"dropout\":0.", Repeat("3", 1_000_000) + "}" },
        { "a long exponent", "{\"name\":\"fc\",\"dropout\":1e", Repeat("9", 1_000_000) + "}" },
        { "a long name", "{\"name\":\"", Repeat("x", 900_000) + "\"}" },
        { "many names", "[", Repeat("\"n\",", 60_000) + "\"z\"]" },
        { "many numbers", "{\"trainingImages\":[", Repeat("1,", 450_000) + "1]}" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Metadata_of_any_size_and_form_is_refused_at_once(string what, string start, string rest)
    {
        string text = rest.Length > 0 ? start + rest : Repeat(start, 1_000_000 / start.Length);
        foreach (string key in (string[])["model", "preprocessing", "classes", "training"])
            AssertRefused($"{key}: {what}", File(new(Honest) { [key] = text }));
    }

    [Theory]
    [InlineData("fc")]
    [InlineData("conv")]
    [InlineData("attention")]
    [InlineData("grid")]
    [InlineData("cnn")]
    [InlineData("vit")]
    public void Architectures_at_all_their_bounds_are_refused_at_once(string name)
    {
        ModelSpec spec = ModelKinds.Named(name);
        string pixels = Honest["preprocessing"].Replace("signatures", "pixels", StringComparison.Ordinal);
        foreach (int size in (int[])[64, 256, 4096, 16384])
            foreach (ModelSpec each in spec.Settings.Select(setting => spec.With(setting.Name, setting.Max)).Append(spec.Settings.Aggregate(spec, (all, setting) => all.With(setting.Name, setting.Max))))
            {
                string preprocessing = (spec.Input == ModelInput.Pixels ? pixels : Honest["preprocessing"]).Replace("64", $"{size}", StringComparison.Ordinal);
                AssertRefused($"{each} on {size}", File(new(Honest) { ["model"] = each.ToJson(), ["preprocessing"] = preprocessing, ["training"] = Training }));
            }
    }

    [Theory]
    [InlineData("[2147483647,2147483647]")]
    [InlineData("[2147483647,2147483647],\"trainingTotal\":5")]
    public void More_images_than_a_number_holds_are_refused(string images)
    {
        string training = Training.Replace("[3,4]", images, StringComparison.Ordinal);
        AssertRefused("too many images", File(new(Honest) { ["training"] = training }));
        Assert.Contains("more than a training takes", Assert.Throws<JsonException>(() => JsonFields.Read(training, TrainingJson.Read)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_longer_than_any_honest_one_is_not_read() =>
        AssertRefused("a long name", File(new(Honest) { ["model"] = "{\"name\":\"" + Repeat("x", 8_000_000) + "\"}" }));

    [Fact]
    public void Headers_of_the_largest_size_are_refused_at_once()
    {
        const int room = SafetensorsFile.MaxHeaderBytes - 100;
        AssertRefused("nested", Header(Repeat("{\"a\":", room / 5)));
        AssertRefused("tensors", Header("{" + string.Join(',', Enumerable.Range(0, room / 64).Select(i => $$"""
            "{{i}}":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}
            """)) + "}"));
        AssertRefused("a shape", Header("{\"a\":{\"dtype\":\"F32\",\"shape\":[" + Repeat("1,", room / 2 - 100) + "1],\"data_offsets\":[0,4]}}"));
        AssertRefused("a number", Header("{\"a\":{\"dtype\":\"F32\",\"shape\":[" + Repeat("9", room - 100) + "],\"data_offsets\":[0,4]}}"));
        AssertRefused("a name", Header("{\"" + Repeat("\\u0007", room / 6 - 100) + "\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,4]}}"));
    }

    private static void AssertRefused(string what, byte[] file)
    {
        Cost cost = Cost.Of(() => ImageClassifier.Load(new MemoryStream(file)));
        string message = Assert.IsType<ModelFileException>(cost.Thrown).Message;
        Assert.True(message.Length < 1000, $"{what}: a message of {message.Length} letters");
        Assert.True(cost.Time < TimeSpan.FromSeconds(1), $"{what}: refused after {cost.Time}");
    }

    private static byte[] File(Dictionary<string, string> metadata)
    {
        byte[] file = new SafetensorsFile([.. metadata], []).ToBytes();
        Checksum.Stamp(file);
        return file;
    }

    private static byte[] Header(string text)
    {
        byte[] file = new byte[8 + text.Length];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        Encoding.ASCII.GetBytes(text, file.AsSpan(8));
        return file;
    }

    private static string Fields(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"\"f{i}\":0"));

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
