namespace ImageSig.Imaging;

public static partial class Augmentation
{
    /// <summary>Fractional bits of a place in a picture.</summary>
    private const int PlaceBits = 16;

    /// <summary>The picture turned about its center, at its own size; what comes in from outside is the picture mirrored at its edge.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="degrees">Counter-clockwise; any angle.</param>
    /// <remarks>Linear interpolation between the four nearest pixels, in whole numbers with 16 fractional bits.</remarks>
    public static Image Rotate(Image image, double degrees)
    {
        ArgumentNullException.ThrowIfNull(image);
        // Rounded to 30 bits, so that the last digits of a platform's sine do not matter.
        (double sine, double cosine) = Math.SinCos(degrees % 360 * (Math.PI / 180));
        long across = (long)Math.Round(cosine * (1 << 30));
        long down = (long)Math.Round(sine * (1 << 30));
        Image turned = Image.Uncleared(image.Width, image.Height);
        for (int y = 0; y < image.Height; y++)
        {
            Span<byte> row = turned.Row(y);
            long fromCenterDown = 2L * y - (image.Height - 1);
            for (int x = 0; x < image.Width; x++)
            {
                // In half pixels, so that the center of an even size is a whole number too.
                long fromCenter = 2L * x - (image.Width - 1);
                long sourceX = (fromCenter * across - fromCenterDown * down) + ((image.Width - 1L) << 30);
                long sourceY = (fromCenter * down + fromCenterDown * across) + ((image.Height - 1L) << 30);
                Interpolate(image, Shorten(sourceX), Shorten(sourceY), row.Slice(3 * x, 3));
            }
        }
        return turned;
    }

    /// <summary>A part of the picture somewhere in it, brought back to the picture's size.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="minShare">The part's sides are this share of the picture's at the least, 1 at the most; above 0 up to 1.</param>
    /// <param name="seed">The same seed gives the same part.</param>
    public static Image CropAndScale(Image image, double minShare, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(image);
        CounterRandom random = new(seed);
        double share = Math.Clamp(minShare + (1 - minShare) * (random.Symmetric() + 1) / 2, 0, 1);
        int width = Math.Clamp((int)(share * image.Width + 0.5), 1, image.Width);
        int height = Math.Clamp((int)(share * image.Height + 0.5), 1, image.Height);
        int left = random.Below(image.Width - width + 1);
        int top = random.Below(image.Height - height + 1);
        return Resize.Area(Resize.Crop(image, left, top, width, height), image.Width, image.Height);
    }

    /// <summary>From half pixels with 30 fractional bits to pixels with 16, rounded.</summary>
    private static long Shorten(long place) => (place + (1L << (30 - PlaceBits))) >> (31 - PlaceBits);

    private static void Interpolate(Image image, long x, long y, Span<byte> pixel)
    {
        int left = (int)(x >> PlaceBits);
        int top = (int)(y >> PlaceBits);
        long right = x & ((1 << PlaceBits) - 1);
        long lower = y & ((1 << PlaceBits) - 1);
        ReadOnlySpan<byte> upperRow = image.Row(Mirror(top, image.Height));
        ReadOnlySpan<byte> lowerRow = image.Row(Mirror(top + 1, image.Height));
        int here = 3 * Mirror(left, image.Width);
        int next = 3 * Mirror(left + 1, image.Width);
        for (int channel = 0; channel < 3; channel++)
        {
            long above = (upperRow[here + channel] << PlaceBits) + right * (upperRow[next + channel] - upperRow[here + channel]);
            long below = (lowerRow[here + channel] << PlaceBits) + right * (lowerRow[next + channel] - lowerRow[here + channel]);
            pixel[channel] = (byte)(((above << PlaceBits) + lower * (below - above) + (1L << (2 * PlaceBits - 1))) >> (2 * PlaceBits));
        }
    }

    /// <summary>A place outside [0, size) mirrored back in at the edge pixels, which are not repeated.</summary>
    private static int Mirror(int place, int size)
    {
        if (size == 1)
            return 0;
        int period = 2 * (size - 1);
        place = ((place % period) + period) % period;
        return place < size ? place : period - place;
    }
}
