using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Which network, with its settings: plain data, written into the model file.</summary>
public abstract record ModelSpec
{
    private protected ModelSpec()
    {
    }

    /// <summary>The name on the command line and in the model file.</summary>
    public abstract string Name { get; }

    /// <summary>What a sample of this network is.</summary>
    public abstract ModelInput Input { get; }

    /// <summary>Whether batch normalisations are folded into the convolutions beside them: for prediction only. See <see cref="Model.Folded"/>.</summary>
    public bool IsFolded { get; init; }
}

/// <summary>One hidden dense layer on the flattened features.</summary>
/// <param name="Neurons">Width of the hidden layer.</param>
/// <param name="Dropout">Rate behind it, in [0, 1).</param>
public sealed record FcSpec(int Neurons = 50, float Dropout = 0.4f) : ModelSpec
{
    /// <inheritdoc/>
    public override string Name => "fc";

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Signatures;
}

/// <summary>Two convolutions along the streams, then one hidden dense layer.</summary>
/// <param name="Neurons">Width of the hidden layer.</param>
/// <param name="Dropout">Rate behind it, in [0, 1).</param>
public sealed record ConvSpec(int Neurons = 50, float Dropout = 0.4f) : ModelSpec
{
    /// <inheritdoc/>
    public override string Name => "conv";

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Signatures;
}

/// <summary>The convolutions of <see cref="ConvSpec"/>, then transformer blocks, attention pooling and one hidden dense layer.</summary>
/// <param name="Blocks">Transformer blocks, stacked.</param>
/// <param name="Neurons">Width of the hidden layer.</param>
/// <param name="Dropout">Rate in front of the pooling and behind the hidden layer, in [0, 1).</param>
/// <param name="Heads">Attention heads of a block.</param>
/// <param name="KeySize">Size of a head's keys.</param>
/// <param name="BlockDropout">Rate inside the blocks, in [0, 1).</param>
/// <param name="Activation">Inside the blocks: GELU, or the ReLU of the paper's supplement.</param>
public sealed record AttentionSpec(
    int Blocks = 1, int Neurons = 50, float Dropout = 0.4f, int Heads = 8, int KeySize = 64, float BlockDropout = 0.1f,
    Activation Activation = Activation.Gelu) : ModelSpec
{
    /// <inheritdoc/>
    public override string Name => "attention";

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Signatures;
}

/// <summary>A small convolutional network on pixels, to compare with.</summary>
/// <param name="Dropout">Rate in front of the last layer, in [0, 1).</param>
public sealed record CnnSpec(float Dropout = 0.3f) : ModelSpec
{
    /// <inheritdoc/>
    public override string Name => "cnn";

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Pixels;
}

/// <summary>A small vision transformer on pixels, to compare with: patches, positions, blocks, mean over patches.</summary>
/// <param name="Patch">Pixels on a side of a patch.</param>
/// <param name="Features">Size of each position.</param>
/// <param name="Blocks">Transformer blocks.</param>
/// <param name="Heads">Attention heads; they divide the features.</param>
/// <param name="Dropout">Rate in the blocks and in front of the last layer, in [0, 1).</param>
public sealed record VitSpec(int Patch = 8, int Features = 64, int Blocks = 4, int Heads = 4, float Dropout = 0.1f) : ModelSpec
{
    /// <inheritdoc/>
    public override string Name => "vit";

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Pixels;
}

/// <summary>Signatures of small windows behind a learned lift of the pixels, and convolutions over their grid.</summary>
/// <param name="Window">Steps of a window, on the lifted image of half the size: 4 is more accurate, 8 is cheaper.</param>
/// <param name="Lift">Channels that the pixels are lifted to.</param>
/// <param name="Channels">Channels of the convolutions over the grid.</param>
/// <param name="Dropout">Rate in front of the last layer, in [0, 1).</param>
public sealed record GridSpec(int Window = 4, int Lift = 8, int Channels = 48, float Dropout = 0.3f) : ModelSpec
{
    /// <inheritdoc/>
    public override string Name => "grid";

    /// <inheritdoc/>
    public override ModelInput Input => ModelInput.Pixels;
}
