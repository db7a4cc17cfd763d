using ImageSig.Imaging;
using ImageSig.Quantization;

namespace ImageSig;

public sealed partial class ImageClassifier
{
    /// <summary>How the model file keeps its numbers.</summary>
    public WeightStorage Storage => file.Storage;

    /// <summary>The model with the weights that a smaller file keeps, and which <see cref="Save(string)"/> then writes: 8 bits a weight make a quarter of the file. It predicts with float arithmetic.</summary>
    /// <param name="storage">How to keep the numbers.</param>
    /// <exception cref="ModelFileException">A weight is not finite: it was changed, for no file holds such.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such storage.</exception>
    public ImageClassifier Quantized(WeightStorage storage) => !Enum.IsDefined(storage)
        ? throw new ArgumentOutOfRangeException(nameof(storage), $"Quantized: the storage {(int)storage} is none of {string.Join(", ", Enum.GetNames<WeightStorage>())}.")
        : Stored(file with { Storage = storage, Rules = storage == WeightStorage.Int8 ? file.Rules.OfLastAlone : file.Rules });

    /// <summary>The same in 8 bits, rounded with samples at hand.</summary>
    /// <param name="samples">What the network takes, of pictures like those to come.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    internal ImageClassifier Quantized(IReadOnlyList<float[]> samples, CancellationToken cancellationToken)
    {
        ImageClassifier rounded = Stored(file);
        Calibration.Round(rounded.Model, samples, cancellationToken);
        return rounded.Quantized(WeightStorage.Int8);
    }

    /// <summary>A model as its file would give it back.</summary>
    private static ImageClassifier Stored(ModelFile file) => new(ModelFile.Read(file.ToBytes(), "the model"));

    /// <summary>What the network takes of a picture of any size.</summary>
    internal float[] FeaturesOf(Image image)
    {
        float[] features = new float[extractor.SampleLength];
        extractor.Extract(extractor.Fit(image), features);
        Standardization?.Apply(features);
        return features;
    }
}
