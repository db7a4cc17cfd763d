namespace ImageSig.Imaging;

public static partial class Augmentation
{
    /// <summary>The picture moved by whole pixels, at its own size; what comes in from outside is the picture mirrored at its edge.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="right">Pixels to the right; to the left below zero.</param>
    /// <param name="down">Pixels down; up below zero.</param>
    public static Image Shift(Image image, int right, int down)
    {
        ArgumentNullException.ThrowIfNull(image);
        Image shifted = Image.Uncleared(image.Width, image.Height);
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> from = image.Row(Mirror(y - down, image.Height));
            Span<byte> to = shifted.Row(y);
            for (int x = 0; x < image.Width; x++)
                from.Slice(3 * Mirror(x - right, image.Width), 3).CopyTo(to[(3 * x)..]);
        }
        return shifted;
    }
}
