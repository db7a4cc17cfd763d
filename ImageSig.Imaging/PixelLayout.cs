namespace ImageSig.Imaging;

/// <summary>How the pixels of a raw buffer are stored.</summary>
public enum PixelFormat
{
    /// <summary>Red, green, blue.</summary>
    Rgb24,

    /// <summary>Blue, green, red.</summary>
    Bgr24,

    /// <summary>Red, green, blue and a fourth byte, which is passed over.</summary>
    Rgba32,

    /// <summary>Blue, green, red and a fourth byte, which is passed over.</summary>
    Bgra32,

    /// <summary>One byte: black to white.</summary>
    Gray8,

    /// <summary>Three planes, Y, U and V (also I420): U and V have half the columns, half the rows (both rounded up) and half the stride.</summary>
    Yuv420,

    /// <summary>A plane of Y, then one of U and V in turn, of half the rows and the same stride.</summary>
    Nv12,
}

/// <summary>What is in a raw buffer of pixels, as a camera or another library hands it over.</summary>
/// <param name="Format">How a pixel is stored.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Stride">Bytes from one row to the next (of Y, where there are planes); 0 where the rows follow one another without a gap.</param>
public readonly record struct PixelLayout(PixelFormat Format, int Width, int Height, int Stride = 0)
{
    /// <summary>Whether YUV has the range of video, Y 16…235 and U, V 16…240, instead of 0…255 as in JPEG. The matrix is that of BT.601 in both.</summary>
    public bool VideoRange { get; init; }

    /// <summary>Bytes from one row to the next.</summary>
    public int RowStride => Stride == 0 ? RowLength : Stride;

    /// <summary>Bytes of a row that hold pixels.</summary>
    internal int RowLength => Format == PixelFormat.Nv12 ? (Width + 1) / 2 * 2 : checked(Width * BytesPerPixel);

    /// <summary>Whether luma and color lie apart.</summary>
    internal bool HasPlanes => Format is PixelFormat.Yuv420 or PixelFormat.Nv12;

    internal int BytesPerPixel => Format switch
    {
        PixelFormat.Rgb24 or PixelFormat.Bgr24 => 3,
        PixelFormat.Rgba32 or PixelFormat.Bgra32 => 4,
        _ => 1,
    };

    /// <summary>Rows of U and V.</summary>
    internal int ColorRows => (Height + 1) / 2;

    /// <summary>Bytes from one row of U, or of U and V, to the next.</summary>
    internal int ColorStride => Format == PixelFormat.Nv12 ? RowStride : RowStride / 2 + RowStride % 2;

    /// <summary>Bytes of such a buffer with the gap behind its last row, as a stream of pictures has it.</summary>
    /// <exception cref="ArgumentException">The layout is impossible, as for <see cref="MinLength"/>.</exception>
    public long WholeLength =>
        Math.Max(MinLength, ((long)RowStride * Height) + (!HasPlanes ? 0 : (long)ColorStride * ColorRows * (Format == PixelFormat.Nv12 ? 1 : 2)));

    /// <summary>The fewest bytes of such a buffer; the last row may end with its last pixel.</summary>
    /// <exception cref="ArgumentException">A side is below 1, there are more pixels than a picture can hold, the stride is shorter than a row, or the format is none.</exception>
    public long MinLength
    {
        get
        {
            if (Width < 1 || Height < 1)
                throw new ArgumentException($"PixelLayout: the picture is {Width}x{Height}; at least 1x1 was expected.");
            if (!Enum.IsDefined(Format))
                throw new ArgumentException($"PixelLayout: the format {(int)Format} is none; there are {string.Join(", ", Enum.GetNames<PixelFormat>())}.");
            if ((long)Width * Height > Array.MaxLength / Math.Max(3, BytesPerPixel))
                throw new ArgumentException($"PixelLayout: the picture is {Width}x{Height}; that is more pixels than a picture can hold.");
            if (RowStride < RowLength)
                throw new ArgumentException($"PixelLayout: a stride of {Stride} bytes was given; {Width} pixels of {Format} take {RowLength}.");
            long planes = (long)RowStride * Height, color = (long)ColorStride * (ColorRows - 1);
            return Format switch
            {
                PixelFormat.Yuv420 => planes + ((long)ColorStride * ColorRows) + color + ((Width + 1) / 2),
                PixelFormat.Nv12 => planes + color + RowLength,
                _ => ((long)RowStride * (Height - 1)) + RowLength,
            };
        }
    }
}
