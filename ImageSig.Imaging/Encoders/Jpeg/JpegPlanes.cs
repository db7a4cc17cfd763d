namespace ImageSig.Imaging.Encoders;

/// <summary>One row of MCUs as luma and chroma planes, edges repeated beyond the picture.</summary>
internal sealed class JpegPlanes
{
    private readonly Image image;
    private readonly bool halved;
    private readonly byte[] fullBlue, fullRed;

    public JpegPlanes(Image image, bool halveColor)
    {
        this.image = image;
        halved = halveColor;
        int side = halveColor ? 16 : 8;
        UnitsAcross = (image.Width + side - 1) / side;
        UnitsDown = (image.Height + side - 1) / side;
        LumaStride = UnitsAcross * side;
        ChromaStride = UnitsAcross * 8;
        Luma = new byte[LumaStride * side];
        fullBlue = new byte[LumaStride * side];
        fullRed = new byte[LumaStride * side];
        (Blue, Red) = halveColor ? (new byte[ChromaStride * 8], new byte[ChromaStride * 8]) : (fullBlue, fullRed);
    }

    public int UnitsAcross { get; }

    public int UnitsDown { get; }

    public int LumaStride { get; }

    public int ChromaStride { get; }

    public byte[] Luma { get; }

    public byte[] Blue { get; }

    public byte[] Red { get; }

    /// <summary>Converts the rows of MCU row <paramref name="down"/>. T.871, section 7, with 16 fractional bits.</summary>
    public void Load(int down)
    {
        int rows = Luma.Length / LumaStride;
        for (int y = 0; y < rows; y++)
        {
            ReadOnlySpan<byte> row = image.Row(Math.Min(down * rows + y, image.Height - 1));
            for (int x = 0; x < LumaStride; x++)
            {
                int from = 3 * Math.Min(x, image.Width - 1);
                (int red, int green, int blue) = (row[from], row[from + 1], row[from + 2]);
                int to = y * LumaStride + x;
                Luma[to] = Color.Luma(red, green, blue);
                fullBlue[to] = (byte)((-11059 * red - 21709 * green + 32768 * blue + (128 << 16) + 32767) >> 16);
                fullRed[to] = (byte)((32768 * red - 27439 * green - 5329 * blue + (128 << 16) + 32767) >> 16);
            }
        }
        if (!halved)
            return;
        // Below the picture the last halved row is repeated.
        int rowsHere = Math.Min(8, (image.Height + 1) / 2 - 8 * down);
        Halve(fullBlue, Blue, rowsHere);
        Halve(fullRed, Red, rowsHere);
    }

    /// <summary>Means of two by two; rounding alternates so that it does not drift.</summary>
    private void Halve(byte[] full, byte[] half, int rowsHere)
    {
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < ChromaStride; x++)
            {
                int from = 2 * Math.Min(y, rowsHere - 1) * LumaStride + 2 * x;
                half[y * ChromaStride + x] = (byte)((full[from] + full[from + 1] + full[from + LumaStride] + full[from + LumaStride + 1] + 1 + (x & 1)) >> 2);
            }
        }
    }
}
