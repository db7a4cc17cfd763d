namespace ImageSig;

/// <summary>The order of the dimensions of weights in files of other programs.</summary>
public enum WeightLayout
{
    /// <summary>Ours too: dense [inputs, outputs], convolutions [kernel…, inputs, outputs].</summary>
    Keras,

    /// <summary>Dense [outputs, inputs], convolutions [outputs, inputs, kernel…]; what is flattened has channels before steps.</summary>
    PyTorch,
}
