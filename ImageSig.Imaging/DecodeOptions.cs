namespace ImageSig.Imaging;

/// <summary>What a caller allows and wants when a file is decoded.</summary>
public sealed record DecodeOptions
{
    /// <summary>The options used where none are given.</summary>
    public static DecodeOptions Default { get; } = new();

    /// <summary>The largest <c>width × height</c> accepted, checked before anything is allocated. Pixels.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>The largest file that is read. Bytes.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>Whether a truncated or damaged JPEG is refused. Otherwise it is decoded as far as possible,
    /// and <see cref="Image.Damage"/> says what was found.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether subsampled colour is interpolated (as the usual native library does by default) or repeated.</summary>
    public bool SmoothChroma { get; init; } = true;

    /// <summary>Ends a decode early; it is looked at once per row of blocks.</summary>
    public CancellationToken Cancellation { get; init; }
}
