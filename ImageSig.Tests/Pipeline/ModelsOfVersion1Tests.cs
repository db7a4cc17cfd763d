using System.Text.Json;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>Model files written before kinds of networks had files of their own, with the probabilities that the program of that day gave.</summary>
public class ModelsOfVersion1Tests
{
    private static readonly string Folder = Path.Combine(Folders.Repository, "ImageSig.Tests", "Pipeline", "ModelsOfVersion1");

    public static TheoryData<string> Predictions => [.. File.ReadLines(Path.Combine(Folder, "predictions.jsonl"))];

    [Theory]
    [MemberData(nameof(Predictions))]
    public void An_older_model_is_read_and_predicts_the_same_bits(string line)
    {
        using JsonDocument expected = JsonDocument.Parse(line);
        string path = Path.Combine(Folder, expected.RootElement.GetProperty("model").GetString()!);
        Prediction answer = ImageClassifier.Load(path).Predict(Path.Combine(Folder, "picture.png"));
        Assert.Equal(
            expected.RootElement.GetProperty("probabilities").EnumerateObject().Select(entry => (entry.Name, entry.Value.GetSingle())),
            answer.Probabilities.Select(entry => (entry.Class, entry.Probability)));
    }

    [Theory]
    [MemberData(nameof(Predictions))]
    public void Its_architecture_is_written_as_it_stands_there(string line)
    {
        using JsonDocument expected = JsonDocument.Parse(line);
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, expected.RootElement.GetProperty("model").GetString()!));
        string stored = SafetensorsFile.ReadMetadata(file).Single(entry => entry.Key == "model").Value;
        Assert.Equal(stored, ModelKinds.FromJson(stored).ToJson());
    }
}
