namespace ImageSig;

public sealed partial class ImageClassifier
{
    /// <summary>How the model file keeps its numbers.</summary>
    public WeightStorage Storage => file.Storage;

    /// <summary>The model with the weights that a smaller file keeps, and which <see cref="Save(string)"/> then writes: 8 bits a weight make a quarter of the file. It predicts with float arithmetic.</summary>
    /// <param name="storage">How to keep the numbers.</param>
    public ImageClassifier Quantized(WeightStorage storage) => new(ModelFile.Parse((file with { Storage = storage, Rules = storage == WeightStorage.Int8 ? file.Rules.OfLastAlone : file.Rules }).ToBytes()));
}
