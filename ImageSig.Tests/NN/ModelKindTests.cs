using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.NN;

public class ModelKindTests
{
    [Theory]
    [InlineData("fc", """{"name":"fc","dropout":0.4,"neurons":50}""")]
    [InlineData("conv", """{"name":"conv","dropout":0.4,"neurons":50}""")]
    [InlineData("attention", """{"name":"attention","dropout":0.4,"neurons":50,"blocks":1,"heads":8,"keySize":64,"blockDropout":0.1,"activation":"gelu"}""")]
    [InlineData("grid", """{"name":"grid","dropout":0.3,"window":4,"lift":8,"channels":40,"grids":2,"roots":0.01,"folded":false}""")]
    [InlineData("cnn", """{"name":"cnn","dropout":0.3,"folded":false}""")]
    [InlineData("vit", """{"name":"vit","dropout":0.1,"blocks":4,"heads":4,"patch":8,"features":64}""")]
    [InlineData("transfer", """{"name":"transfer","dropout":0.5,"depths":4,"hidden":128}""")]
    public void A_kind_is_written_into_model_files_as_it_always_was_and_read_again(string name, string json)
    {
        ModelSpec spec = ModelKinds.Named(name);
        Assert.Equal(json, spec.ToJson());
        Assert.Equal(spec, ModelKinds.FromJson(json));
        ModelSpec other = spec.Settings.Aggregate(spec, (changed, setting) => changed.With(setting.Name, setting.Get(changed) < setting.Max ? setting.Get(changed) + 1 : setting.Get(changed) - 1));
        if (json.Contains("folded", StringComparison.Ordinal))
            other = other with { IsFolded = true };
        Assert.Equal(other, ModelKinds.FromJson(other.ToJson()));
    }

    [Fact]
    public void An_activation_is_written_by_its_name()
    {
        AttentionSpec spec = new(Activation: Activation.Relu);
        Assert.EndsWith("\"activation\":\"relu\"}", spec.ToJson(), StringComparison.Ordinal);
        Assert.Equal(spec, ModelKinds.FromJson(spec.ToJson()));
        Assert.Equal(
            "Model attention: activation is Tanh; gelu or relu is possible.",
            Assert.Throws<SettingException>(() => new AttentionSpec(Activation: Activation.Tanh).Check()).Message);
    }

    [Theory]
    [InlineData("""{"name":"fc","dropout":0.4}""", "the architecture has neurons missing; 1 to 65536 was expected.")]
    [InlineData("""{"name":"fc","neurons":50}""", "the architecture has dropout missing; 0 to below 1 was expected.")]
    [InlineData("""{"name":"fc","dropout":0.4,"neurons":0}""", "the architecture has neurons 0; 1 to 65536 was expected.")]
    [InlineData("""{"name":"fc","dropout":0.4,"neurons":99999999999}""", "the architecture has neurons 99999999999; 1 to 65536 was expected.")]
    [InlineData("""{"name":"fc","dropout":0.4,"neurons":"50"}""", "the architecture has neurons \"50\"; 1 to 65536 was expected.")]
    [InlineData("""{"name":"fc","dropout":1e99,"neurons":50}""", "the architecture has dropout 1e99; 0 to below 1 was expected.")]
    [InlineData("""{"name":"fc","dropout":null,"neurons":50}""", "the architecture has dropout null; 0 to below 1 was expected.")]
    [InlineData("""{"name":"fc","dropout":0.4,"neurons":50,"window":4}""", "the architecture 'fc' has no window; the file is damaged or of a newer version.")]
    [InlineData("""{"name":"fc","dropout":0.4,"neurons":50,"neurons":51}""", "the architecture has neurons twice; the file is damaged.")]
    [InlineData("""{"name":"fc","dropout":0.4,"neurons":50""", "the architecture is not JSON; the file is damaged.")]
    [InlineData("""{"name":"cnn","dropout":0.3,"folded":1}""", "the architecture has folded 1; true or false was expected.")]
    [InlineData("""{"name":"grad"}""", "the architecture 'grad' is not known; fc, conv, attention, grid, cnn, vit are.")]
    [InlineData("""["fc"]""", "the architecture has no name; the file is damaged.")]
    [InlineData("""{"name":7}""", "the architecture has no name; the file is damaged.")]
    public void An_architecture_that_is_not_exactly_what_its_kind_writes_is_refused(string json, string message)
    {
        string found = Assert.Throws<InvalidDataException>(() => ModelKinds.FromJson(json)).Message;
        Assert.Equal(message, found.Replace(string.Join(", ", ModelKinds.Names), "fc, conv, attention, grid, cnn, vit", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_says_nothing_of_folding_is_not_folded() =>
        Assert.Equal(new CnnSpec(), ModelKinds.FromJson("""{"name":"cnn","dropout":0.3}"""));

    [Fact]
    public void A_file_that_says_nothing_of_roots_has_none()
    {
        const string Before = """{"name":"grid","dropout":0.3,"window":4,"lift":8,"channels":48,"folded":false}""";
        Assert.Equal(new GridSpec(Channels: 48, Roots: 0, Grids: 1), ModelKinds.FromJson(Before));
        Assert.Equal(Before, new GridSpec(Channels: 48, Roots: 0, Grids: 1).ToJson());
        Assert.Equal(
            "the architecture has roots 2; 1E-06 to 1 was expected.",
            Assert.Throws<InvalidDataException>(() => ModelKinds.FromJson(Before.Replace("4,", "4,\"roots\":2,", StringComparison.Ordinal))).Message);
    }

    [Theory]
    [InlineData(
        "grids", 1, 2, "1 to 2",
        """{"name":"grid","dropout":0.3,"window":4,"lift":8,"channels":40,"roots":0.01,"folded":false}""",
        """{"name":"grid","dropout":0.3,"window":4,"lift":8,"channels":40,"grids":2,"roots":0.01,"folded":false}""")]
    [InlineData(
        "placeWeights", 0, 1, "0 to 1",
        """{"name":"grid","dropout":0.3,"window":4,"lift":8,"channels":40,"grids":2,"roots":0.01,"folded":false}""",
        """{"name":"grid","dropout":0.3,"window":4,"lift":8,"channels":40,"grids":2,"placeWeights":1,"roots":0.01,"folded":false}""")]
    [InlineData(
        "convolutions", 2, 3, "2 to 3",
        """{"name":"grid","dropout":0.3,"window":4,"lift":8,"channels":40,"grids":2,"roots":0.01,"folded":false}""",
        """{"name":"grid","dropout":0.3,"window":4,"lift":8,"channels":40,"grids":2,"convolutions":3,"roots":0.01,"folded":false}""")]
    public void A_file_that_says_nothing_of_a_younger_setting_has_what_there_was_before_it(string setting, int before, int after, string bounds, string fileBefore, string fileAfter)
    {
        ModelSpec old = new GridSpec().With(setting, before), young = new GridSpec().With(setting, after);
        Assert.Equal((old, young), (ModelKinds.FromJson(fileBefore), ModelKinds.FromJson(fileAfter)));
        Assert.Equal((fileBefore, fileAfter), (old.ToJson(), young.ToJson()));
        Assert.Equal(
            $"the architecture has {setting} {after + 1}; {bounds} was expected.",
            Assert.Throws<InvalidDataException>(() => ModelKinds.FromJson(fileAfter.Replace($"\"{setting}\":{after}", $"\"{setting}\":{after + 1}", StringComparison.Ordinal))).Message);
    }

    [Fact]
    public void Settings_are_changed_by_name_within_bounds_that_stand_with_them()
    {
        Assert.Equal(new FcSpec(Neurons: 7), new FcSpec().With("neurons", 7));
        Assert.Equal(new VitSpec(Blocks: 2), new VitSpec().With("blocks", 2));
        Assert.Equal(["window", "lift", "channels", "grids", "placeWeights", "convolutions"], new GridSpec().Settings.Select(setting => setting.Name));
        ModelSetting neurons = Assert.Single(new ConvSpec().Settings);
        Assert.Equal((1, 65536, 50), (neurons.Min, neurons.Max, neurons.Get(new ConvSpec())));
        Assert.Equal(
            "Model conv: Neurons is 65537; it must be at most 65536.",
            Assert.Throws<SettingException>(() => new ConvSpec().With("neurons", 65537).Check()).Message);
        Assert.Equal(
            "The architecture 'grid' has no number of neurons to set.", Assert.Throws<SettingException>(() => new GridSpec().With("neurons", 7)).Message);
        Assert.Equal("The architecture 'fc' has no transformer blocks to set.", Assert.Throws<SettingException>(() => new FcSpec().With("blocks", 7)).Message);
        Assert.Equal("The architecture 'fc' has no 'wings' to set.", Assert.Throws<SettingException>(() => new FcSpec().With("wings", 2)).Message);
    }

    [Fact]
    public void Kinds_are_named_from_one_list()
    {
        Assert.Equal(["fc", "conv", "attention", "grid", "cnn", "vit", "transfer"], ModelKinds.Names.Take(7));
        Assert.All(ModelKinds.Names, name => Assert.Equal(name, ModelKinds.Named(name).Name));
        Assert.StartsWith(
            "There is no model 'grad'; choose fc, conv, attention, grid, cnn, vit",
            Assert.Throws<SettingException>(() => ModelKinds.Named("grad")).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "There is a model 'fc' already", Assert.Throws<ArgumentException>(() => ModelKinds.Register(new ModelKind(new FcSpec(7)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spec_prints_its_data_and_nothing_else() => Assert.Equal(
        "GridSpec { Name = grid, Input = Pixels, IsFolded = False, Window = 4, Lift = 8, Channels = 40, Dropout = 0.3, Roots = 0.01, Grids = 2, PlaceWeights = 0, Convolutions = 2 }",
        FormattableString.Invariant($"{new GridSpec()}"));

    [Fact]
    public void Each_kind_says_what_it_is_trained_with()
    {
        Assert.Equal((0.002f, 48, 0f), Of(new GridSpec()));
        Assert.Equal((0.001f, 30, 0.1f), Of(new VitSpec()));
        Assert.Null(new GridSpec().PaperTraining);
        Assert.Equal((300, 3000, OptimizerKind.Adam, 0f), OfPaper(new FcSpec()));
        Assert.Equal((3000, 300, OptimizerKind.AdamW, 0.0001f), OfPaper(new AttentionSpec()));

        static (float, int, float) Of(ModelSpec spec) => (spec.DefaultTraining.LearningRate, spec.DefaultTraining.Epochs, spec.DefaultTraining.LabelSmoothing);
        static (int, int, OptimizerKind, float) OfPaper(ModelSpec spec) =>
            (spec.PaperTraining!.Epochs, spec.PaperTraining.BatchSize, spec.PaperTraining.Optimizer, spec.PaperTraining.WeightDecay);
    }
}
