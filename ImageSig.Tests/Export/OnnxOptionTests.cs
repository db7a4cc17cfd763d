using ImageSig.Export;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Support;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.Export;

/// <summary>No option can be forgotten: each of features, networks and layers, those that do not exist yet as well, is exported as it predicts, or the export is refused in a line.</summary>
public class OnnxOptionTests
{
    private static readonly Image[] Pictures = [.. Enumerable.Range(0, 3).Select(number => Scenes.Draw(number, number % 2))];

    [OnnxFact]
    public void Every_option_of_the_features_is_exported_as_it_predicts_or_refused()
    {
        using TemporaryFolder folder = new();
        HashSet<string> seen = [];
        List<string> wrong = [];
        foreach (FeatureOptions options in EveryOption.FeatureBases)
            foreach ((string name, string change, FeatureOptions changed) in OptionWalk.Each(options, EveryOption.IsPossible).Prepend(("", "nothing", options)))
            {
                seen.Add(name);
                Check(change, UntrainedModel.Of(changed.Input == ModelInput.Pixels ? new CnnSpec() : new FcSpec(Neurons: 6), changed), folder["model.onnx"], wrong);
            }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(OptionWalk.NamesOf(typeof(FeatureOptions)).Except(seen));
    }

    [OnnxFact]
    public void Every_option_of_every_network_is_exported_as_it_predicts_or_refused()
    {
        using TemporaryFolder folder = new();
        List<string> wrong = [];
        foreach ((string change, ModelSpec spec) in EveryOption.Networks())
            Check(change, UntrainedModel.Of(spec, EveryOption.FeaturesFor(spec)), folder["model.onnx"], wrong);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [OnnxFact]
    public void Every_option_of_every_layer_is_exported_as_it_computes_or_refused()
    {
        using TemporaryFolder folder = new();
        List<string> wrong = [];
        HashSet<string> refused = [];
        foreach ((string what, Layer layer, Shape input) in EveryLayer.All())
        {
            byte[]? file = null;
            SettingException? refusal = Record.Exception(() => file = Graph(layer, input)) as SettingException;
            if (refusal is not null)
            {
                Assert.Matches("^the layer .* has no form in ONNX; [^\n]*\\.$", refusal.Message);
                refused.Add(layer.GetType().Name);
                continue;
            }
            File.WriteAllBytes(folder["layer.onnx"], file!);
            const int Batch = 2;
            float[] x = Numbers.Uniform(Batch * input.Count, 5);
            using OnnxFile onnx = new(folder["layer.onnx"]);
            float[] there = onnx.Run("y", x, [Batch, .. input.ToArray()]);
            float[] here = layer.Forward(new Tape(new TensorArena(), isTraining: false), new Tensor(new Shape([Batch, .. input.ToArray()]), x)).Span.ToArray();
            double worst = here.Length == there.Length ? here.Zip(there, (one, other) => Math.Abs(one - other) / (1 + Math.Abs(one))).Max() : double.PositiveInfinity;
            if (!(worst < OnnxComparison.Tolerance))
                wrong.Add($"{what}: differs by {worst:E1}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal([nameof(GroupNorm), nameof(LogSignatureLayer), nameof(SignatureLayer)], refused.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Features_with_an_option_that_the_export_does_not_know_are_refused_in_a_line()
    {
        FeatureOptions known = new(), other = new() { Basepoint = true, LogSignature = LogSignatureBasis.Words };
        OnnxExport.CheckKnown(other, other);
        Assert.Equal(
            "The features have settings that have no form in ONNX: basepoint is true, logSignature is \"words\". Without them a model can be exported.",
            Assert.Throws<SettingException>(() => OnnxExport.CheckKnown(other, known)).Message);
    }

    private static void Check(string change, ImageClassifier classifier, string path, List<string> wrong)
    {
        Assert.All(Pictures, picture => Assert.InRange(classifier.Predict(picture).Confidence, 0, 0.99));
        try
        {
            if (OnnxComparison.Difference(classifier, Pictures, path) is { } difference)
                wrong.Add($"{change}: {difference}");
        }
        catch (SettingException refusal)
        {
            Assert.DoesNotContain('\n', refusal.Message);
            Assert.Contains("ONNX", refusal.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>A file of one layer.</summary>
    private static byte[] Graph(Layer layer, Shape input)
    {
        OnnxGraph graph = new();
        graph.Input("x", OnnxType.Float, "", input.ToArray());
        OnnxValue y = graph.ChannelsLast(graph.Layer(layer, new OnnxValue("x", input.ToArray())));
        graph.Nodes("Identity", [y.Name], ["y"]);
        graph.Output("y", OnnxType.Float, "", y.Sample);
        return graph.ToBytes("", []);
    }
}
