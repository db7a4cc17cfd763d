using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Benchmarks.Networks;

/// <summary>A model without dropout, on random samples of two classes.</summary>
public sealed record NetworkSetting(string Kind, int Batch, string Unit)
{
    /// <summary>The shape of a sample: 64 streams of 120 features, or an image of 64x64.</summary>
    internal Shape Sample => Kind == "cnn" ? new(64, 64, 3) : new(64, 120);

    /// <summary>The layers, unfolded for training, and the same weights in every call.</summary>
    internal (Model Model, IReadOnlyList<Layer> Layers) Create(bool folded)
    {
        ModelSpec spec = Kind switch { "fc" => new FcSpec(Dropout: 0), "conv" => new ConvSpec(Dropout: 0), _ => new CnnSpec(Dropout: 0) };
        ModelDraft draft = ModelDraft.Of(spec with { IsFolded = folded }, Sample, 2);
        return (Model.Create(draft, seed: 1), draft.Layers);
    }

    public override string ToString() => $"{Kind}, {Unit}";
}
