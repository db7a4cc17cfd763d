using ImageSig.NN;

namespace ImageSig;

/// <summary>A trained model with everything that it needs to predict: sizes, signatures, classes.</summary>
/// <remarks>Predicting is thread-safe; one classifier serves a whole program.</remarks>
public sealed partial class ImageClassifier
{
    private readonly ModelFile file;
    private readonly FeatureExtractor extractor;

    private ImageClassifier(ModelFile file)
    {
        this.file = file;
        extractor = new FeatureExtractor(file.Features);
    }

    /// <summary>The names of the classes, or attributes, in the order of the outputs.</summary>
    public IReadOnlyList<string> Classes => file.Classes;

    /// <summary>Whether an image may have any number of these, attributes that are each answered with yes or no, and not just one of them.</summary>
    public bool HasAttributes => file.HasAttributes;

    /// <summary>How images become features.</summary>
    public FeatureOptions Features => file.Features;

    /// <summary>The network.</summary>
    public Model Model => file.Model;

    /// <summary>How it was trained, as the model file remembers it.</summary>
    public TrainingReport Training => file.Training;

    /// <summary>What scores are divided by before they become probabilities, so that of answers with a confidence of 80 % about 80 in 100 are right; 1 where validation images were too few to tell.</summary>
    public float Temperature => file.Rules.Temperature;

    /// <summary>Whether a prediction can be <see cref="Prediction.IsUnknown"/>.</summary>
    public bool TellsUnknown => file.Rules.Familiarity is not null || (!HasAttributes && Classes.Any(NegativeClass.Is));

    /// <summary>Bytes of memory that pictures of a set may take; null where nothing is said.</summary>
    internal long? PictureMemory { get; init; }

    /// <summary>The file that it was read from, as it was given; null where there is none.</summary>
    internal string? Source { get; private init; }

    internal AnswerRules Rules => file.Rules;

    internal FeatureExtractor Extractor => extractor;

    internal Standardization? Standardization => file.Standardization;

    /// <summary>Architecture and checksum: the same for the same model, wherever it lies.</summary>
    internal string Identity => $"{Model.Spec.Name} {Checksum.In(file.ToBytes())}";

    /// <summary>Reads a model that <see cref="Save(string)"/> wrote.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFileException">The file is damaged, foreign or too new.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ImageClassifier Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new ImageClassifier(ModelFile.Read(path)) { Source = path };
    }

    /// <summary>Reads a model from a stream, from its position to its end.</summary>
    /// <param name="stream">Read to its end; not closed.</param>
    /// <exception cref="ModelFileException">The bytes are damaged, foreign or too new.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static ImageClassifier Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new ImageClassifier(ModelFile.Read(stream));
    }

    /// <summary>Writes the model as one file; the old file, if any, stays whole until the new one is.</summary>
    /// <exception cref="ModelFileException">A weight is not finite: it was changed, and no file holds such. Nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        file.Write(path);
    }

    /// <summary>Writes the model to a stream: the bytes that <see cref="Save(string)"/> puts into a file.</summary>
    /// <param name="stream">Not closed.</param>
    /// <exception cref="ModelFileException">A weight is not finite: it was changed, and no file holds such. Nothing is written.</exception>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(file.ToReadableBytes("the stream"));
    }

    /// <summary>The architecture and the classes.</summary>
    public override string ToString() => $"{Model.Spec.Name} for {string.Join(", ", Classes)}";
}
