using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ImageSig.Cli.Display;
using ImageSig.NN;

namespace ImageSig.Cli.Json;

/// <summary>What <c>inspect --json</c> prints.</summary>
internal sealed record ModelJson(
    string Model, long FileSize, string Architecture, long Parameters, long MultiplyAdds, IReadOnlyList<LayerJson> Layers,
    JsonObject Preprocessing, IReadOnlyList<string> Classes, TrainingJson Training,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] AnswersJson? Answers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Storage)
{
    public static ModelJson Of(string path, ImageClassifier classifier) => new(
        path, new FileInfo(path).Length, classifier.Model.Spec.Name, classifier.Model.ParameterCount, classifier.Model.MultiplyAdds,
        [.. classifier.Model.Layers.Select(LayerJson.Of)], PreprocessingOf(classifier.Features), classifier.Classes,
        TrainingJson.Of(classifier.Training), AnswersMetadata.ToJson(classifier.Rules),
        classifier.Storage == WeightStorage.Float32 ? null : StorageWords.NameOf(classifier.Storage));

    /// <summary>What the model file says of it, and the shape that follows.</summary>
    private static JsonObject PreprocessingOf(FeatureOptions features)
    {
        JsonObject preprocessing = JsonSerializer.SerializeToNode(MetadataConversion.ToJson(features), ModelFileJson.Default.PreprocessingJson)!.AsObject();
        JsonArray shape = new([.. features.SampleShape.ToArray().Select(length => (JsonNode)JsonValue.Create(length))]);
        preprocessing.Insert(preprocessing.IndexOf("depth"), "sampleShape", shape);
        return preprocessing;
    }
}

/// <summary>One layer.</summary>
internal sealed record LayerJson(string Name, string Kind, int[] OutputShape, long Parameters, long MultiplyAdds)
{
    public static LayerJson Of(LayerSummary layer) => new(
        layer.Name, layer.Kind, layer.OutputShape.ToArray(),
        layer.ParameterCount, layer.MultiplyAdds);
}
