namespace ImageSig.NN;

/// <summary>The largest numbers that the kinds built in take.</summary>
internal static class ModelBounds
{
    /// <summary>Width of a hidden dense layer.</summary>
    public const int MaxNeurons = 1 << 16;

    /// <summary>Transformer blocks, stacked.</summary>
    public const int MaxBlocks = 1000;

    /// <summary>Channels, features, heads, and sides of windows and patches.</summary>
    public const int MaxSize = 4096;
}
