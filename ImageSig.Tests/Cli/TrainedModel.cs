using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>Photographs, other photographs and a model trained by the program, made once for the tests that only read them.</summary>
public sealed class TrainedModel : IDisposable
{
    /// <summary>Options that make a small model in an instant.</summary>
    internal static readonly string[] Small = ["--image-size", "20", "--depth", "2", "--epochs", "4", "--batch-size", "8", "--validation", "0.2"];

    private readonly TemporaryFolder folder = new();

    public TrainedModel()
    {
        SyntheticPhotos.Write(Photos, perClass: 20);
        SyntheticPhotos.Write(Others, perClass: 5, seed: 2);
        Training = Answer.To(["train", Photos, "-o", Model, "--test", Others, .. Small]);
    }

    public string Photos => folder["photos"];

    public string Others => folder["others"];

    public string Model => folder["model.safetensors"];

    public string APicture => Path.Combine(Others, "dark", "000.png");

    /// <summary>What <c>train</c> answered.</summary>
    internal Answer Training { get; }

    public void Dispose() => folder.Dispose();
}
