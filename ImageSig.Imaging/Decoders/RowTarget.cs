namespace ImageSig.Imaging.Decoders;

/// <summary>Where a decoder puts its rows, from the first to the last or from the last to the first: a picture in memory, or one that is brought to a size on the way.</summary>
internal abstract class RowTarget
{
    /// <summary>Pixels of a row that are given at a time; a wider row is given in pieces, from left to right.</summary>
    public const int LongestPiece = 65536;

    /// <summary>What was lost of the picture, for <see cref="Image.Damage"/>.</summary>
    public string? Damage { get; set; }

    /// <summary>What was found and cost nothing, for <see cref="Image.Irregularity"/>.</summary>
    public string? Irregularity { get; set; }

    /// <summary>How many rows may be written and taken together, where they come in one piece: many of a very narrow picture, else 1.</summary>
    public int RowsAtOnce { get; protected set; } = 1;

    /// <summary>Says what comes; once, before any row.</summary>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored.</param>
    /// <param name="orientation">How the picture is to be turned, 1…8 as in Exif.</param>
    /// <param name="bottomUp">Whether the last row comes first.</param>
    public abstract void Begin(int width, int height, int orientation = 1, bool bottomUp = false);

    /// <summary>Where the pixels [x, x + count) of row <paramref name="y"/> and those that come after it are to be written, [rows, count, 3].</summary>
    public abstract Span<byte> Row(int y, int x, int count, int rows = 1);

    /// <summary>Takes the pixels that were written to <see cref="Row"/>.</summary>
    public abstract void Take(int y, int x, int count, int rows = 1);
}
