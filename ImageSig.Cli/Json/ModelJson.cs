using ImageSig.NN;

namespace ImageSig.Cli.Json;

/// <summary>What <c>inspect --json</c> prints.</summary>
internal sealed record ModelJson(
    string Model, long FileSize, string Architecture, long Parameters, long MultiplyAdds, IReadOnlyList<LayerJson> Layers,
    PreprocessingJson Preprocessing, IReadOnlyList<string> Classes, TrainingReport Training)
{
    public static ModelJson Of(string path, ImageClassifier classifier) => new(
        path, new FileInfo(path).Length, classifier.Model.Spec.Name, classifier.Model.ParameterCount, classifier.Model.MultiplyAdds,
        [.. classifier.Model.Layers.Select(LayerJson.Of)], PreprocessingJson.Of(classifier.Features), classifier.Classes, classifier.Training);
}

/// <summary>One layer.</summary>
internal sealed record LayerJson(string Name, string Kind, int[] OutputShape, long Parameters, long MultiplyAdds)
{
    public static LayerJson Of(LayerSummary layer) => new(
        layer.Name, layer.Kind, [.. Enumerable.Range(0, layer.OutputShape.Rank).Select(axis => layer.OutputShape[axis])],
        layer.ParameterCount, layer.MultiplyAdds);
}

/// <summary>How images become features.</summary>
internal sealed record PreprocessingJson(
    string Input, int Width, int Height, string Fit, bool ScaledDecoding, int[] SampleShape, int Depth, bool TwoDirection, bool Basepoint, bool Time, string LogSignature,
    float Roots, bool Standardize)
{
    public static PreprocessingJson Of(FeatureOptions options) => new(
        RecipeNames.Of(options.Input), options.Width, options.Height, RecipeNames.Of(options.Fit), options.ScaledDecoding, options.SampleShape.ToArray(),
        options.Depth, options.TwoDirection, options.Basepoint, options.Time, RecipeNames.Of(options.LogSignature), options.Roots, options.Standardize);
}
