namespace ImageSig.Signature;

/// <summary>The coordinates of a log-signature. Always named by the caller: they are different numbers.</summary>
public enum LogSignatureBasis
{
    /// <summary>The tensor logarithm itself, all F words.</summary>
    Expanded,

    /// <summary>The tensor logarithm's coefficients at the Lyndon words: ready at once, and enough to learn from.</summary>
    Words,

    /// <summary>The coefficients of the Lyndon brackets, so that the log-signature is their sum, bracket by bracket. Preparing them multiplies the
    /// brackets out: seconds, and hundreds of megabytes, for three channels to depth 12.</summary>
    Brackets,
}
