namespace ImageSig.Imaging;

/// <summary>Other ways to say a color.</summary>
public static class Color
{
    /// <summary>RGB to hue, saturation and value: <c>V = max</c>, <c>S = (max − min) / max</c>, the hue an angle on the hexagon of pure colors.</summary>
    /// <param name="red">0…255.</param>
    /// <param name="green">0…255.</param>
    /// <param name="blue">0…255.</param>
    /// <returns>Hue in degrees, 0 up to 360 (0 where there is none); saturation and value 0…1.</returns>
    public static (float Hue, float Saturation, float Value) ToHsv(byte red, byte green, byte blue)
    {
        int most = Math.Max(red, Math.Max(green, blue));
        int spread = most - Math.Min(red, Math.Min(green, blue));
        if (spread == 0)
            return (0, 0, most / 255f);
        float sixth = most == red ? (float)(green - blue) / spread
            : most == green ? (float)(blue - red) / spread + 2
            : (float)(red - green) / spread + 4;
        return (60 * (sixth < 0 ? sixth + 6 : sixth), (float)spread / most, most / 255f);
    }

    /// <summary>Hue, saturation and value back to RGB, rounded to nearest.</summary>
    /// <param name="hue">Degrees; any angle.</param>
    /// <param name="saturation">Clipped to 0…1.</param>
    /// <param name="value">Clipped to 0…1.</param>
    public static (byte Red, byte Green, byte Blue) FromHsv(float hue, float saturation, float value)
    {
        (saturation, value) = (Math.Clamp(saturation, 0, 1), Math.Clamp(value, 0, 1));
        float sixth = hue / 60;
        sixth -= 6 * MathF.Floor(sixth / 6);
        return (Channel(5), Channel(3), Channel(1));

        // A channel is full over two sixths of the circle, off over two, and slopes over the sixths between.
        byte Channel(float offset)
        {
            float place = offset + sixth;
            place -= place >= 6 ? 6 : 0;
            float off = Math.Clamp(Math.Min(place, 4 - place), 0, 1);
            return (byte)(255 * (value - value * saturation * off) + 0.5f);
        }
    }

    /// <summary>A copy without color: all three channels are the luma, <c>0.299 R + 0.587 G + 0.114 B</c> (ITU-R BT.601), rounded.</summary>
    public static Image Gray(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Image gray = Image.Uncleared(image.Width, image.Height);
        for (int i = 0; i < image.Pixels.Length; i += 3)
            gray.Pixels.Slice(i, 3).Fill(Luma(image.Pixels[i], image.Pixels[i + 1], image.Pixels[i + 2]));
        return gray;
    }

    internal static byte Luma(int red, int green, int blue) => (byte)((19595 * red + 38470 * green + 7471 * blue + (1 << 15)) >> 16);
}
