using System.Buffers;

namespace ImageSig.Imaging.Decoders;

/// <summary>A picture of which every pixel is kept.</summary>
internal sealed class WholePicture : RowTarget
{
    private Image? image;
    private byte[] stored = [];
    private int width, height, orientation;

    /// <summary>A picture that may be overwritten.</summary>
    public Image? Reuse { get; set; }

    /// <inheritdoc/>
    public override void Begin(int width, int height, int orientation = 1, bool bottomUp = false)
    {
        (this.width, this.height, this.orientation) = (width, height, orientation);
        RowsAtOnce = bottomUp ? 1 : Math.Max(1, LongestPiece / width);
        image = orientation < 5 ? Image.Uncleared(width, height, Reuse) : Image.Uncleared(height, width, Reuse);
        // What is to be turned is first kept as it is stored.
        if (orientation != 1)
            stored = ArrayPool<byte>.Shared.Rent(image.Pixels.Length);
    }

    /// <inheritdoc/>
    public override Span<byte> Row(int y, int x, int count, int rows = 1)
    {
        Span<byte> pixels = orientation == 1 ? Picture.Pixels : stored;
        return pixels.Slice(3 * (y * width + x), 3 * count * rows);
    }

    /// <inheritdoc/>
    public override void Take(int y, int x, int count, int rows = 1) { }

    /// <summary>The picture, upright, once every row was taken.</summary>
    public Image Finish()
    {
        if (orientation != 1)
            Exif.Orient(stored, width, height, orientation, Picture.Pixels);
        return Picture.With(Damage, Irregularity);
    }

    /// <summary>Forgets the picture, so that this target can be used again.</summary>
    public void Clear()
    {
        ArrayPool<byte>.Shared.Return(stored);
        (image, Reuse, stored, Damage, Irregularity) = (null, null, [], null, null);
    }

    private Image Picture => image ?? throw new InvalidOperationException("WholePicture: Begin comes first.");
}
