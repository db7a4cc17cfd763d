namespace ImageSig.Imaging;

/// <summary>What a caller allows and wants when a file is decoded.</summary>
public sealed record DecodeOptions
{
    /// <summary>Bytes of the machine's memory for each pixel of the largest picture: its own three, as many for the planes of a JPEG, those of a turned copy, and room for others.</summary>
    private const long MemoryPerPixel = 16;

    private static readonly long DefaultMaxPixels = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryPerPixel, 10_000_000, 100_000_000);

    /// <summary>The options used where none are given.</summary>
    public static DecodeOptions Default { get; } = new();

    /// <summary>The largest <c>width × height</c> accepted, checked before anything is allocated: 100 million unless said otherwise, fewer (not below 10 million) where the
    /// machine has less than 16 bytes of memory for each. Pixels.</summary>
    public long MaxPixels { get; init; } = DefaultMaxPixels;

    /// <summary>The largest file that is read. Bytes.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <summary>Whether a truncated or damaged JPEG is refused. Otherwise it is decoded as far as possible,
    /// and <see cref="Image.Damage"/> says what was found.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether subsampled color is interpolated (as the usual native library does by default) or repeated.</summary>
    public bool SmoothChroma { get; init; } = true;

    /// <summary>Whether the turn and mirroring that a camera noted beside the pixels (EXIF) are carried out.</summary>
    public bool ApplyOrientation { get; init; } = true;

    /// <summary>Decodes a JPEG at 1/1, 1/2, 1/4 or 1/8 of its size, for a part of the work: 1, 2, 4 or 8. Sides are rounded up.
    /// Other formats are always decoded whole.</summary>
    public int Scale { get; init; } = 1;

    /// <summary>The size the picture is wanted at, after turning. A JPEG is then decoded at the smallest of the four scales from which
    /// <see cref="NeededFit"/> only ever shrinks. Takes the place of <see cref="Scale"/>.</summary>
    public (int Width, int Height)? NeededSize { get; init; }

    /// <summary>How the picture will be brought to <see cref="NeededSize"/>.</summary>
    public ImageFit NeededFit { get; init; }

    /// <summary>The scale for a picture of this size: <see cref="Scale"/>, or what <see cref="NeededSize"/> allows.</summary>
    /// <param name="width">Columns of the whole picture as it is stored.</param>
    /// <param name="height">Rows of the whole picture as it is stored.</param>
    /// <param name="turned">Whether it will be turned by 90 degrees afterwards.</param>
    /// <remarks>A side of n pixels becomes ⌈n / scale⌉. To stretch, neither side may be shorter than what is needed. The largest part of the right
    /// shape then covers the needed size as well, and only then, so cropping has the same rule. In a letterbox the picture is as wide or as high as
    /// the box, and one side that is long enough will do.</remarks>
    /// <exception cref="InvalidOperationException"><see cref="Scale"/> is another number than 1, 2, 4 or 8.</exception>
    public int ScaleFor(int width, int height, bool turned = false)
    {
        if (NeededSize is not (int neededWidth, int neededHeight))
            return Scale is 1 or 2 or 4 or 8 ? Scale : throw new InvalidOperationException($"DecodeOptions: Scale is {Scale}, it must be 1, 2, 4 or 8.");
        if (turned)
            (neededWidth, neededHeight) = (neededHeight, neededWidth);
        int scale = 8;
        while (scale > 1 && !Suffices(scale))
            scale /= 2;
        return scale;

        bool Suffices(int divisor)
        {
            bool wideEnough = (width + divisor - 1) / divisor >= neededWidth;
            bool highEnough = (height + divisor - 1) / divisor >= neededHeight;
            return NeededFit == ImageFit.Letterbox ? wideEnough || highEnough : wideEnough && highEnough;
        }
    }

    /// <summary>Ends a decode early; it is looked at once per row of blocks.</summary>
    public CancellationToken CancellationToken { get; init; }
}
