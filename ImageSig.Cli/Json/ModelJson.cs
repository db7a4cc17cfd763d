using ImageSig.Cli.Display;
using ImageSig.NN;

namespace ImageSig.Cli.Json;

/// <summary>What <c>inspect --json</c> prints.</summary>
internal static class ModelJson
{
    public static JsonMembers Of(string path, ImageClassifier classifier) => new(
        ("model", path), ("bytes", new FileInfo(path).Length), ("architecture", classifier.Model.Spec.Name), ("parameters", classifier.Model.ParameterCount),
        ("multiplyAdds", classifier.Model.MultiplyAdds), ("layers", classifier.Model.Layers.Select(Of)),
        // What the model file says of it, and the shape that follows.
        ("preprocessing", MetadataConversion.ToJson(classifier.Features).Members(classifier.Features.SampleShape.ToArray())),
        ("classes", classifier.Classes), ("training", TrainingJson.Members(classifier.Training)), ("?answers", AnswersMetadata.ToJson(classifier.Rules)?.Members()),
        ("?storage", classifier.Storage == WeightStorage.Float32 ? null : StorageWords.NameOf(classifier.Storage)));

    private static JsonMembers Of(LayerSummary layer) => new(
        ("name", layer.Name), ("kind", layer.Kind), ("outputShape", layer.OutputShape.ToArray()), ("parameters", layer.ParameterCount), ("multiplyAdds", layer.MultiplyAdds));
}
