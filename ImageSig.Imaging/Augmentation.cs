namespace ImageSig.Imaging;

/// <summary>Changed copies of training pictures. Every method leaves its argument as it is.</summary>
public static partial class Augmentation
{
    /// <summary>The mirror image, left and right exchanged. Twice gives the picture back.</summary>
    public static Image FlipHorizontal(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Image flipped = new(image.Width, image.Height);
        for (int y = 0; y < image.Height; y++)
        {
            ReadOnlySpan<byte> from = image.Row(y);
            Span<byte> to = flipped.Row(y);
            for (int x = 0; x < from.Length; x += 3)
                from.Slice(x, 3).CopyTo(to[(from.Length - 3 - x)..]);
        }
        return flipped;
    }

    /// <summary>The picture upside down, top and bottom exchanged. Twice gives the picture back.</summary>
    public static Image FlipVertical(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Image flipped = new(image.Width, image.Height);
        for (int y = 0; y < image.Height; y++)
            image.Row(y).CopyTo(flipped.Row(image.Height - 1 - y));
        return flipped;
    }

    /// <summary>A brighter (or, below zero, darker) copy: V of HSV moved by a number of levels, hue and saturation kept.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="value">Added to V = max(R, G, B), levels of 0…255; the sum is clipped to 0…255.</param>
    /// <remarks>At equal hue and saturation all three channels are proportional to V, so <c>c' = round(c · V' / V)</c>; black, which
    /// has no hue, becomes gray V'. OpenCV, which rounds hue to 2 degrees and saturation to 1/255 on the way, differs by a few levels.</remarks>
    public static Image Brighten(Image image, int value)
    {
        ArgumentNullException.ThrowIfNull(image);
        Image brighter = new(image.Width, image.Height);
        ReadOnlySpan<byte> from = image.Pixels;
        Span<byte> to = brighter.Pixels;
        for (int i = 0; i < from.Length; i += 3)
        {
            int old = Math.Max(from[i], Math.Max(from[i + 1], from[i + 2]));
            int risen = Math.Clamp(old + value, 0, 255);
            for (int channel = i; channel < i + 3; channel++)
                to[channel] = (byte)(old == 0 ? risen : (from[channel] * risen + old / 2) / old);
        }
        return brighter;
    }
}
