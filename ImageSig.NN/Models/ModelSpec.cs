namespace ImageSig.NN;

/// <summary>Which network, with its settings: plain data, written into the model file.</summary>
public abstract record ModelSpec
{
    private protected ModelSpec()
    {
    }

    /// <summary>The name on the command line and in the model file.</summary>
    public abstract string Name { get; }
}

/// <summary>One hidden dense layer on the flattened features.</summary>
/// <param name="Neurons">Width of the hidden layer.</param>
/// <param name="Dropout">Rate behind it, in [0, 1).</param>
public sealed record FcSpec(int Neurons = 50, float Dropout = 0.4f) : ModelSpec
{
    /// <inheritdoc/>
    public override string Name => "fc";
}

/// <summary>Two convolutions along the streams, then one hidden dense layer.</summary>
/// <param name="Neurons">Width of the hidden layer.</param>
/// <param name="Dropout">Rate behind it, in [0, 1).</param>
public sealed record ConvSpec(int Neurons = 50, float Dropout = 0.4f) : ModelSpec
{
    /// <inheritdoc/>
    public override string Name => "conv";
}
