namespace ImageSig.Imaging;

public static partial class Augmentation
{
    /// <summary>More or less contrast: every level's distance from the picture's mean luma, times a factor.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="factor">0 gives an even gray, 1 the picture itself.</param>
    public static Image Contrast(Image image, double factor)
    {
        ArgumentNullException.ThrowIfNull(image);
        ReadOnlySpan<byte> from = image.Pixels;
        long sum = 0;
        for (int i = 0; i < from.Length; i += 3)
            sum += Color.Luma(from[i], from[i + 1], from[i + 2]);
        double mean = (double)sum / (from.Length / 3);
        Image changed = Image.Uncleared(image.Width, image.Height);
        Span<byte> levels = stackalloc byte[256];
        for (int level = 0; level < 256; level++)
            levels[level] = ToLevel(mean + factor * (level - mean));
        for (int i = 0; i < from.Length; i++)
            changed.Pixels[i] = levels[from[i]];
        return changed;
    }

    /// <summary>Hue, saturation and value changed by chance, each by up to a strength.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="strength">0…1: value and saturation are multiplied by 1 ± strength, the hue turned by ±60 · strength degrees.</param>
    /// <param name="seed">The same seed gives the same picture.</param>
    public static Image ColorJitter(Image image, double strength, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(image);
        CounterRandom random = new(seed);
        float turn = (float)(60 * strength * random.Symmetric());
        float saturations = (float)(1 + strength * random.Symmetric());
        float values = (float)(1 + strength * random.Symmetric());
        Image changed = Image.Uncleared(image.Width, image.Height);
        ReadOnlySpan<byte> from = image.Pixels;
        Span<byte> to = changed.Pixels;
        for (int i = 0; i < from.Length; i += 3)
        {
            (float hue, float saturation, float value) = Color.ToHsv(from[i], from[i + 1], from[i + 2]);
            (to[i], to[i + 1], to[i + 2]) = Color.FromHsv(hue + turn, saturation * saturations, value * values);
        }
        return changed;
    }

    /// <summary>Red and blue exchanged. Twice gives the picture back.</summary>
    public static Image SwapRedAndBlue(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Image swapped = image.Clone();
        Span<byte> pixels = swapped.Pixels;
        for (int i = 0; i < pixels.Length; i += 3)
            (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
        return swapped;
    }

    private static byte ToLevel(double value) => (byte)Math.Clamp(Math.Floor(value + 0.5), 0, 255);
}
