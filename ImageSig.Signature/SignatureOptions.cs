namespace ImageSig.Signature;

/// <summary>What a <see cref="SignatureTransform"/> does besides the plain signature.</summary>
public sealed record SignatureOptions
{
    /// <summary>Puts the point zero in front of every path, so that its absolute position counts.
    /// Another point: <see cref="PathStart.At{T}"/>.</summary>
    public bool Basepoint { get; init; }

    /// <summary>Gives the group inverse: the signature of the path run backwards.</summary>
    public bool Inverse { get; init; }
}
