using System.Globalization;
using System.Text.Json;
using ImageSig.NN;
using ImageSig.Signature;

namespace ImageSig.Export;

/// <summary>A trained model as an ONNX file: from pixels, or from features, to probabilities.</summary>
internal static class OnnxExport
{
    /// <summary>The names of what goes in and comes out.</summary>
    public const string Pixels = "pixels", Features = "features", Probabilities = "probabilities", Distance = "distance";

    /// <summary>The bytes of the file: the same model gives the same bytes.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="fromFeatures">Whether to leave out what makes features of pixels.</param>
    /// <exception cref="Tensors.SettingException">The model has no such features, or a layer or a setting that has no form in ONNX.</exception>
    public static byte[] ToBytes(ImageClassifier classifier, bool fromFeatures)
    {
        CheckKnown(classifier.Features, Known(classifier.Features));
        OnnxGraph graph = new();
        OnnxValue x = fromFeatures ? FeatureInput(graph, classifier) : PixelInput(graph, classifier.Features);
        if (classifier.Standardization is { } standardization)
        {
            x = graph.Pairwise("Sub", x, graph.Constant("preprocessing.mean", standardization.Mean, standardization.Mean.Length));
            x = graph.Pairwise("Mul", x, graph.Constant("preprocessing.scale", standardization.Scale, standardization.Scale.Length));
        }
        IReadOnlyList<Layer> layers = classifier.Model.AllLayers;
        OnnxValue[] results = new OnnxValue[layers.Count];
        for (int i = 0; i < layers.Count; i++)
            results[i] = x = graph.Layer(layers[i], x);
        Answer(graph, classifier, x);
        if (classifier.Rules.Familiarity is { } familiarity)
            graph.Measure(familiarity, results[^2], [.. classifier.Model.Stages.Select(stage => results[stage.Index])]);
        return graph.ToBytes(Meaning(classifier, fromFeatures), Metadata(classifier));
    }

    /// <summary>Throws unless there is nothing in a model's features beside what the export knows.</summary>
    /// <exception cref="Tensors.SettingException">The message names the settings that have no form in ONNX.</exception>
    internal static void CheckKnown(FeatureOptions options, FeatureOptions known)
    {
        if (options == known)
            return;
        using JsonDocument all = JsonDocument.Parse(Preprocessing(options)), some = JsonDocument.Parse(Preprocessing(known));
        IEnumerable<string> unknown = all.RootElement.EnumerateObject()
            .Where(member => !some.RootElement.TryGetProperty(member.Name, out JsonElement value) || value.GetRawText() != member.Value.GetRawText())
            .Select(member => $"{member.Name} is {member.Value.GetRawText()}");
        throw new Tensors.SettingException($"The features have settings that have no form in ONNX: {string.Join(", ", unknown)}. Without them a model can be exported.");
    }

    /// <summary>The features with the options that <see cref="PixelInput"/> writes, each by name: one that it does not know is left out here, and so refused.</summary>
    private static FeatureOptions Known(FeatureOptions options) => new()
    {
        Input = options.Input,
        Width = options.Width,
        Height = options.Height,
        Fit = options.Fit,
        ScaledDecoding = options.ScaledDecoding,
        Depth = options.Depth,
        TwoDirection = options.TwoDirection,
        Basepoint = options.Basepoint,
        Time = options.Time,
        LogSignature = options.LogSignature,
        Standardize = options.Standardize,
        Roots = options.Roots,
    };

    private static OnnxValue FeatureInput(OnnxGraph graph, ImageClassifier classifier)
    {
        FeatureOptions options = classifier.Features;
        if (options.Input != ModelInput.Signatures)
            throw new Tensors.SettingException($"The model {classifier.Model.Spec.Name} takes pixels, not features, which go into fc, conv and attention; export it from pixels.");
        graph.Input(Features, OnnxType.Float, "What 'imagesig features' writes with the model's settings: not standardized yet.", options.Streams, options.FeatureCount);
        return new(Features, options.Streams, options.FeatureCount);
    }

    private static OnnxValue PixelInput(OnnxGraph graph, FeatureOptions options)
    {
        const float white = 255;
        graph.Input(Pixels, OnnxType.UInt8, PixelMeaning(options), options.Height, options.Width, 3);
        OnnxValue bytes = new(Pixels, options.Height, options.Width, 3);
        OnnxValue whole = bytes with { Name = graph.Node("Cast", [bytes.Name], OnnxAttribute.Of("to", (long)OnnxType.Float)) };
        OnnxValue colors = graph.Pairwise("Div", whole, graph.Scalar(white));
        if (options.Input == ModelInput.Pixels)
            return colors;
        OnnxValue rows = Signatures(graph, options, colors);
        return options.TwoDirection ? graph.Concat([rows, Signatures(graph, options, graph.Transpose(colors, 1, 0, 2))], 0) : rows;
    }

    /// <summary>The features of paths of colors, [S, T, 3], as <see cref="FeatureExtractor"/> makes them.</summary>
    private static OnnxValue Signatures(OnnxGraph graph, FeatureOptions options, OnnxValue colors)
    {
        (int streams, int length) = (colors.Sample[0], colors.Sample[1]);
        OnnxValue points = colors;
        if (options.Time)
        {
            float[] time = new float[length * 4];
            for (int t = 1; t < length; t++)
                time[4 * t + 3] = (float)t / (length - 1);
            points = new(graph.Node("Pad", [points.Name, graph.List(0, 0, 0, 0, 0, 0, 0, 1)]), streams, length, 4);
            points = graph.Pairwise("Add", points, graph.Constant("time", time, 1, 1, length, 4));
        }
        if (options.Basepoint)
            points = new(graph.Node("Pad", [points.Name, graph.List(0, 0, 1, 0, 0, 0, 0, 0)]), streams, length + 1, options.Channels);
        IReadOnlyList<OnnxValue> levels = graph.Signatures(points, options.Depth);
        SignatureLayout layout = new(options.Channels, options.Depth);
        if (options.LogSignature is { } basis)
            levels = graph.Coefficients(graph.Logarithm(levels), layout, basis);
        OnnxValue features = graph.Concat(levels, 1);
        return FeatureExtractor.RootsOf(options) is { } roots ? graph.Roots(features, roots) : features;
    }

    /// <summary>From scores to probabilities.</summary>
    private static void Answer(OnnxGraph graph, ImageClassifier classifier, OnnxValue scores)
    {
        if (classifier.HasAttributes)
            graph.Nodes("Sigmoid", [scores.Name], [Probabilities]);
        else
            graph.Nodes("Softmax", [graph.Pairwise("Div", scores, graph.Scalar(classifier.Temperature)).Name], [Probabilities], OnnxAttribute.Of("axis", -1));
        graph.Output(Probabilities, OnnxType.Float, $"One for each of: {string.Join(", ", classifier.Classes)}.", classifier.Classes.Count);
    }

    private static string PixelMeaning(FeatureOptions options) => string.Create(CultureInfo.InvariantCulture,
        $"Bytes 0 to 255: red, green, blue of each pixel, rows from the top, of a picture brought to {options.Width}x{options.Height} ('{RecipeNames.Of(options.Fit)}', by area averaging).");

    private static string Meaning(ImageClassifier classifier, bool fromFeatures)
    {
        string input = fromFeatures
            ? $"float32 [N, {classifier.Features.Streams}, {classifier.Features.FeatureCount}], what 'imagesig features' writes with the model's settings"
            : $"uint8 [N, {classifier.Features.Height}, {classifier.Features.Width}, 3]. {PixelMeaning(classifier.Features)}";
        string distance = classifier.Rules.Familiarity is null ? "" : $" {Distance} [N]: above 1 the picture is unlike all classes.";
        string sum = classifier.HasAttributes ? "each the chance of yes" : "softmax with the calibrated temperature";
        return $"ImageSig model '{classifier.Model.Spec.Name}'. {(fromFeatures ? Features : Pixels)}: {input.TrimEnd('.')}. {Probabilities}: float32 [N, {classifier.Classes.Count}], {sum}.{distance}";
    }

    private static (string, string)[] Metadata(ImageClassifier classifier) =>
    [
        (classifier.HasAttributes ? "attributes" : "classes", JsonMembers.Stored(classifier.Classes)),
        ("model", classifier.Model.Spec.ToJson()),
        ("preprocessing", Preprocessing(classifier.Features)),
    ];

    private static string Preprocessing(FeatureOptions options) => JsonMembers.Stored(MetadataConversion.ToJson(options).Members());
}
