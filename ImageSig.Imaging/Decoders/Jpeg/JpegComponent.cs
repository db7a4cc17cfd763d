namespace ImageSig.Imaging.Decoders;

/// <summary>One color component of the frame that is being decoded. Kept and used again from file to file.</summary>
internal sealed class JpegComponent
{
    public int Id;

    /// <summary>Blocks of this component in one MCU, across and down.</summary>
    public int Across, Down;

    public int QuantTable;

    /// <summary>Samples that a block is turned into on either side: 8, or 4, 2, 1 in a scaled decode.</summary>
    public int Size;

    /// <summary>Samples in the area of one MCU, counted in blocks of the scaled picture: where it equals the frame's largest, no upsampling is needed.</summary>
    public int OutAcross, OutDown;

    /// <summary>Samples that carry picture, across and down.</summary>
    public int Width, Height;

    /// <summary>Blocks that carry picture, across and down.</summary>
    public int BlocksAcross, BlocksDown;

    /// <summary>Blocks of a row that are stored: whole MCUs.</summary>
    public int StoredAcross;

    /// <summary>Bytes from one row of <see cref="Plane"/> to the next.</summary>
    public int Stride;

    /// <summary>The samples of two MCU rows in turn, rows of <see cref="Stride"/> bytes. Rented.</summary>
    public byte[] Plane = [];

    /// <summary>Where a row of blocks is in <see cref="Plane"/>, in rows of blocks.</summary>
    public int RowInPlane(int row) => row < 2 * Down ? row : row % (2 * Down);

    /// <summary>Coefficients kept for each block of a progressive file: 64, or the mean alone where no more is wanted.</summary>
    public int CoefficientCount;

    /// <summary>The coefficients of an MCU row of a progressive file, <see cref="CoefficientCount"/> for each stored block, in natural order. Rented.</summary>
    public short[] Coefficients = [];

    /// <summary>For each of those blocks, which of coefficients 1 to 63 in zigzag order are not zero, the lowest bit for number 0. Rented.
    /// Most are zero, and a scan that adds a bit to the others finds them here without reading the block.</summary>
    public ulong[] Present = [];

    /// <summary>The quantization factors that were in force at this component's first scan, natural order, of which
    /// the transforms take 16 bits.</summary>
    public short[] Factors { get; } = new short[64];

    /// <summary>Whether a scan of this component has begun.</summary>
    public bool Seen;

    /// <summary>The tables of the current scan.</summary>
    public JpegHuffmanTable Dc = null!, Ac = null!;

    /// <summary>The DC value of the block before, in the current scan.</summary>
    public int Predictor;

    /// <summary>For each coefficient, in zigzag order, the lowest bit that the file has given; −1 for none.</summary>
    public int[] LowestBit { get; } = new int[64];
}
