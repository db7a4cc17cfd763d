namespace ImageSig.Imaging.Decoders;

/// <summary>One pass over the picture: the pixels (Left + i·StepRight, Top + j·StepDown), Width x Height of them.</summary>
internal readonly record struct PngPass(int Left, int Top, int StepRight, int StepDown, int Width, int Height)
{
    /// <summary>One pass for an ordinary picture, seven for an interlaced one (Adam7, PNG specification, section 8).</summary>
    public static PngPass[] Of(PngHeader header) => !header.Interlaced
        ? [new(0, 0, 1, 1, header.Width, header.Height)]
        :
        [
            Adam(header, 0, 0, 8, 8), Adam(header, 4, 0, 8, 8), Adam(header, 0, 4, 4, 8), Adam(header, 2, 0, 4, 4),
            Adam(header, 0, 2, 2, 4), Adam(header, 1, 0, 2, 2), Adam(header, 0, 1, 1, 2),
        ];

    /// <summary>How many rows, from <paramref name="y"/> on, come before the next one that has pixels of this pass.</summary>
    public int RowsBefore(int y) => (Top - y % StepDown + StepDown) % StepDown;

    /// <summary>Inflated bytes of its rows, each with the one that names its filter.</summary>
    public long Bytes(PngHeader header) => Width == 0 ? 0 : Height * (1 + header.RowBytes(Width));

    private static PngPass Adam(PngHeader header, int left, int top, int right, int down) =>
        new(left, top, right, down, (header.Width - left + right - 1) / right, (header.Height - top + down - 1) / down);
}
