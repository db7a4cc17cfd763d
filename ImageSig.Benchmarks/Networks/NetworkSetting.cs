using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Benchmarks.Networks;

/// <summary>A model without dropout, on random samples of two classes.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Batch">How many samples at a time.</param>
/// <param name="Unit">The same in words.</param>
/// <param name="Channels">Of the convolutions of <c>grid</c>, in place of its own; 0 for those. In training oneDNN, which LibTorch brings, computes wrong sums with 40 (docs/benchmarks.md).</param>
public sealed record NetworkSetting(string Kind, int Batch, string Unit, int Channels = 0)
{
    /// <summary>The shape of a sample: 64 streams of 120 features, or an image of 64x64.</summary>
    internal Shape Sample => Kind is "cnn" or "grid" ? new(64, 64, 3) : new(64, 120);

    /// <summary>The layers, unfolded for training, and the same weights in every call.</summary>
    internal (Model Model, IReadOnlyList<Layer> Layers) Create(bool folded)
    {
        ModelSpec spec = Kind switch
        {
            "fc" => new FcSpec(Dropout: 0),
            "conv" => new ConvSpec(Dropout: 0),
            "attention" => new AttentionSpec(Dropout: 0, BlockDropout: 0),
            "grid" => Channels == 0 ? new GridSpec(Dropout: 0) : new GridSpec(Dropout: 0, Channels: Channels),
            _ => new CnnSpec(Dropout: 0),
        };
        ModelDraft draft = ModelDraft.Of(spec with { IsFolded = folded }, Sample, 2);
        return (Model.Create(draft, seed: 1), draft.Layers);
    }

    public override string ToString() => $"{Kind}, {Unit}";
}
