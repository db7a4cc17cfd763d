using ImageSig.NN;

namespace ImageSig.Cli.Arguments;

/// <summary>The models and backbones that options name: each file is read once, however many trainings use it.</summary>
internal sealed class NetworkFiles
{
    private readonly Dictionary<string, ImageClassifier> teachers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Backbone> backbones = new(StringComparer.Ordinal);

    /// <summary>A model that teaches.</summary>
    /// <exception cref="ModelFileException">It cannot be used.</exception>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public ImageClassifier Teacher(string path) => Once(teachers, path, ImageClassifier.Load);

    /// <summary>A pretrained network; what it throws is told by <see cref="BackboneFile.Read"/>.</summary>
    public Backbone Backbone(string path) => Once(backbones, path, BackboneFile.Read);

    private static T Once<T>(Dictionary<string, T> known, string path, Func<string, T> read) =>
        known.TryGetValue(path, out T? before) ? before : known[path] = read(path);
}
