using System.Buffers;
using System.Diagnostics;
using ImageSig.Imaging;
using ImageSig.NN;

namespace ImageSig;

/// <summary>A trained model with everything that it needs to predict: sizes, signatures, classes.</summary>
/// <remarks>Predicting is thread-safe; one classifier serves a whole program.</remarks>
public sealed partial class ImageClassifier
{
    private readonly ModelFile file;
    private readonly FeatureExtractor extractor;

    private ImageClassifier(ModelFile file, TrainingRun? run = null)
    {
        this.file = file;
        extractor = new FeatureExtractor(file.Features);
        Run = run;
    }

    /// <summary>The names of the classes, in the order of the outputs.</summary>
    public IReadOnlyList<string> Classes => file.Classes;

    /// <summary>How images become features.</summary>
    public FeatureOptions Features => file.Features;

    /// <summary>The network.</summary>
    public Model Model => file.Model;

    /// <summary>How it was trained, as the model file remembers it.</summary>
    public TrainingReport Training => file.Training;

    /// <summary>What else the training run showed; null for a model that was loaded.</summary>
    public TrainingRun? Run { get; }

    /// <summary>Reads a model that <see cref="Save"/> wrote.</summary>
    /// <exception cref="ModelFileException">The file is missing, damaged, foreign or too new.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImageClassifier Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new ImageClassifier(ModelFile.Read(path));
    }

    /// <summary>Writes the model as one file; the old file, if any, stays whole until the new one is. Deletes the checkpoint of its training.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        file.Write(path);
        Run?.Checkpoint?.Delete();
    }

    /// <summary>Classifies an image file.</summary>
    /// <exception cref="ImageFormatException">The file is not an image that can be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Prediction Predict(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        long start = Stopwatch.GetTimestamp();
        Image image = ImageReader.Read(path, Features);
        return Predict(image, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Classifies an image in memory, of any size.</summary>
    /// <remarks>For the very answer that <see cref="Predict(string)"/> gives for a file, decode with <see cref="FeatureOptions.ToDecodeOptions"/> of
    /// <see cref="Features"/>.</remarks>
    public Prediction Predict(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Predict(image, TimeSpan.Zero);
    }

    private Prediction Predict(Image image, TimeSpan decode)
    {
        float[] features = ArrayPool<float>.Shared.Rent(extractor.SampleLength);
        float[] probabilities = new float[Classes.Count];
        long start = Stopwatch.GetTimestamp();
        ExtractStandardized(extractor.Fit(image), features.AsSpan(0, extractor.SampleLength));
        long middle = Stopwatch.GetTimestamp();
        Model.Predict(features.AsSpan(0, extractor.SampleLength), 1, probabilities);
        long end = Stopwatch.GetTimestamp();
        ArrayPool<float>.Shared.Return(features);

        int best = ConfusionMatrix.Best(probabilities);
        if (!float.IsFinite(probabilities[best]))
            throw new InvalidDataException("the model's answer for this image is not a number; its weights are damaged or were changed: train it again.");
        return new Prediction(
            Classes[best], probabilities[best],
            [.. Classes.Select((name, index) => new ClassProbability(name, probabilities[index]))],
            new PredictionTimes(decode, Stopwatch.GetElapsedTime(start, middle), Stopwatch.GetElapsedTime(middle, end)))
        {
            LabelIndex = best,
        };
    }

    private void ExtractStandardized(Image fitted, Span<float> features)
    {
        extractor.Extract(fitted, features);
        file.Standardization?.Apply(features);
    }
}
