using System.Buffers;

namespace ImageSig.Imaging.Decoders;

/// <summary>A picture that is brought to one size or several while its rows come: the pixels of <see cref="Resize.Fit"/>, in the memory of a row.</summary>
internal sealed class FittedPictures : RowTarget, IDisposable
{
    /// <summary>Pixels up to which rows are taken together: of a very narrow picture a row alone is more work to hand over than to add up.</summary>
    private const int Together = 2048;

    private readonly Fitting[] fittings;
    private byte[] buffer = [];

    /// <summary>Prepares for a picture.</summary>
    /// <param name="sizes">What it is wanted at.</param>
    public FittedPictures(IReadOnlyList<FittedSize> sizes)
    {
        fittings = new Fitting[sizes.Count];
        for (int i = 0; i < fittings.Length; i++)
            fittings[i] = new Fitting(sizes[i]);
    }

    /// <inheritdoc/>
    public override void Begin(int width, int height, int orientation = 1, bool bottomUp = false)
    {
        RowsAtOnce = Math.Max(1, Together / width);
        buffer = ArrayPool<byte>.Shared.Rent(3 * RowsAtOnce * Math.Min(width, LongestPiece));
        foreach (Fitting fitting in fittings)
            fitting.Begin(width, height, orientation, bottomUp);
    }

    /// <inheritdoc/>
    public override Span<byte> Row(int y, int x, int count, int rows = 1) => buffer.AsSpan(0, 3 * count * rows);

    /// <inheritdoc/>
    public override void Take(int y, int x, int count, int rows = 1)
    {
        foreach (Fitting fitting in fittings)
            fitting.Take(y, x, count, rows, buffer);
    }

    /// <summary>The pictures, upright, in the order of the sizes, once every row was taken.</summary>
    public Image[] Finish()
    {
        Image[] pictures = new Image[fittings.Length];
        for (int i = 0; i < pictures.Length; i++)
            pictures[i] = fittings[i].Finish().With(Damage, Irregularity);
        return pictures;
    }

    /// <summary>Gives the rented buffers back.</summary>
    public void Dispose()
    {
        foreach (Fitting fitting in fittings)
            fitting.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }
}
