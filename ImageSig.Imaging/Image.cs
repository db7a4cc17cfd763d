namespace ImageSig.Imaging;

/// <summary>A picture in memory: 8-bit RGB, [H, W, 3], row-major and interleaved, sRGB values 0…255.</summary>
public sealed partial class Image
{
    private readonly byte[] pixels;

    /// <summary>A black picture.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or the picture exceeds one array.</exception>
    public Image(int width, int height) : this(width, height, new byte[CheckedLength(width, height)]) { }

    /// <summary>A picture over existing pixels, which are kept and not copied.</summary>
    /// <param name="width">Columns, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">[H, W, 3]; exactly <c>3 × width × height</c> bytes.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1 or the picture exceeds one array.</exception>
    public Image(int width, int height, byte[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        int expected = CheckedLength(width, height);
        if (pixels.Length != expected)
        {
            throw new ArgumentException(
                $"Image: {width}x{height} RGB needs {expected} bytes, the array holds {pixels.Length}; give 3 bytes per pixel, row by row.",
                nameof(pixels));
        }
        (Width, Height, this.pixels) = (width, height, pixels);
    }

    /// <summary>A picture whose every pixel is about to be written: its memory is not cleared first.</summary>
    internal static Image Uncleared(int width, int height) =>
        new(width, height, GC.AllocateUninitializedArray<byte>(CheckedLength(width, height)));

    /// <summary>A picture whose every pixel is about to be written, over those of another where it has as many.</summary>
    internal static Image Uncleared(int width, int height, Image? reuse)
    {
        if (reuse is null || reuse.pixels.Length != CheckedLength(width, height))
            return Uncleared(width, height);
        return reuse.Width == width ? reuse : new(width, height, reuse.pixels);
    }

    /// <summary>The same pixels with what was found in their file; itself where it says the same.</summary>
    internal Image With(string? damage, string? irregularity) => damage == Damage && irregularity == Irregularity
        ? this
        : new(Width, Height, pixels) { Damage = damage, Irregularity = irregularity };

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>[H, W, 3]: red, green, blue of the top left pixel first, row by row.</summary>
    public Span<byte> Pixels => pixels;

    /// <summary>What was wrong with the file, where it could be decoded only in part; null where it was whole.</summary>
    public string? Damage { get; internal init; }

    /// <summary>What in the file is not as its format wants it and cost nothing of the picture: a missing end marker, stray bytes, the wrong checksum of a note;
    /// or detail that its writer left out. Null where there is nothing. Never a reason to refuse the file.</summary>
    public string? Irregularity { get; internal init; }

    /// <summary>Row <paramref name="y"/>: [W, 3].</summary>
    public Span<byte> Row(int y) => pixels.AsSpan(checked(y * Width * 3), Width * 3);

    /// <summary>A picture with the same pixels in memory of its own.</summary>
    public Image Clone() => new(Width, Height, (byte[])pixels.Clone()) { Damage = Damage, Irregularity = Irregularity };

    private static int CheckedLength(int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        Int128 length = (Int128)3 * width * height;
        if (length > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(width), $"Image: {width}x{height} RGB needs {length} bytes, more than one array holds ({Array.MaxLength}).");
        return (int)length;
    }
}
