namespace ImageSig.Imaging;

public static partial class Augmentation
{
    /// <summary>Normal noise on every channel of every pixel.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="deviation">Standard deviation, levels of 0…255.</param>
    /// <param name="seed">The same seed gives the same picture.</param>
    public static Image GaussianNoise(Image image, double deviation, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(image);
        CounterRandom random = new(seed);
        Image noisy = Image.Uncleared(image.Width, image.Height);
        for (int i = 0; i < image.Pixels.Length; i++)
            noisy.Pixels[i] = ToLevel(image.Pixels[i] + deviation * random.NormalTimes65536() / 65536);
        return noisy;
    }

    /// <summary>Pixels turned black or white, one as often as the other.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="share">The share of pixels, 0…1.</param>
    /// <param name="seed">The same seed gives the same picture.</param>
    public static Image SaltAndPepper(Image image, double share, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(image);
        CounterRandom random = new(seed);
        Image noisy = image.Clone();
        for (int i = 0; i < noisy.Pixels.Length; i += 3)
        {
            double chance = random.Symmetric();
            if (Math.Abs(chance) < share)
                noisy.Pixels.Slice(i, 3).Fill(chance < 0 ? (byte)0 : (byte)255);
        }
        return noisy;
    }

    /// <summary>A square somewhere in the picture painted gray (128).</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="share">The square's side as a share of the picture's shorter side, 0…1.</param>
    /// <param name="seed">The same seed gives the same place.</param>
    public static Image Cutout(Image image, double share, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(image);
        CounterRandom random = new(seed);
        int shorter = Math.Min(image.Width, image.Height);
        int side = Math.Clamp((int)(share * shorter + 0.5), 0, shorter);
        int left = random.Below(image.Width - side + 1);
        int top = random.Below(image.Height - side + 1);
        Image cut = image.Clone();
        for (int y = top; y < top + side; y++)
            cut.Row(y).Slice(3 * left, 3 * side).Fill(128);
        return cut;
    }
}
