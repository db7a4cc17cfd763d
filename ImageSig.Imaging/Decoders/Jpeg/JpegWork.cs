namespace ImageSig.Imaging.Decoders;

/// <summary>How far a JPEG is decoded.</summary>
internal enum JpegWork
{
    /// <summary>Everything.</summary>
    Picture,

    /// <summary>Up to the first scan.</summary>
    Header,

    /// <summary>Bits to coefficients, which are then forgotten.</summary>
    Entropy,

    /// <summary>Bits to the samples of each component, without color.</summary>
    Samples,
}
