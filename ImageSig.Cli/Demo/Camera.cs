using ImageSig.Imaging;

namespace ImageSig.Cli.Demo;

/// <summary>Light on a surface and a camera before it: sun and sky, uneven light, exposure, white balance, focus, sensor noise.</summary>
internal static class Camera
{
    private static readonly float[] Sun = [1.12f, 1.0f, 0.82f];
    private static readonly float[] Sky = [0.80f, 0.98f, 1.28f];

    /// <summary>Takes the picture.</summary>
    public static Image Photograph(Chance chance, Surface surface)
    {
        int side = surface.Height.Side;
        Field[] light = Light(chance, surface);
        float brightness = chance.Between(0.36f, 0.66f);
        float focus = chance.Between(0, 0.6f);
        float noise = chance.Between(0.004f, 0.016f);
        // White balance errs between warm and cool, hardly between green and magenta.
        float warmth = 0.035f * chance.Normal(), green = 0.008f * chance.Normal();
        float[] balance = [1 + warmth, 1 + green, 1 - warmth];
        Image picture = new(side, side);
        Span<byte> pixels = picture.Pixels;
        for (int channel = 0; channel < 3; channel++)
        {
            Field seen = light[channel].Softened(focus);
            // Display values are about the square root of the light; their mean is set, as a camera's automatic exposure does,
            // so that no class of pictures is darker or bluer than another.
            float sum = 0;
            foreach (ref float value in seen.Values)
                sum += value = MathF.Sqrt(MathF.Max(value, 0));
            float gain = brightness * balance[channel] * side * side / sum;
            for (int i = 0; i < side * side; i++)
            {
                float value = gain * seen.Values[i] + noise * chance.Normal();
                pixels[3 * i + channel] = (byte)(Math.Clamp(value, 0, 1) * 255 + 0.5f);
            }
        }
        return picture;
    }

    private static Field[] Light(Chance chance, Surface surface)
    {
        int side = surface.Height.Side;
        (float sunX, float sunY) = chance.Direction();
        float sunShare = chance.Between(0.35f, 0.8f);
        float steepness = chance.Between(0.5f, 1.1f);
        (float fallX, float fallY) = chance.Direction();
        float fall = chance.Between(0, 0.45f) / side;
        Field shade = new(side);
        shade.AddNoise(chance, side * 0.6f, 0.12f);
        Field[] light = [new(side), new(side), new(side)];
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                float cut = surface.Grooves.Depth[x, y];
                // Towards the sun the surface falls away where it faces the sun.
                float rise = sunX * (Height(x + 1, y) - Height(x - 1, y)) + sunY * (Height(x, y + 1) - Height(x, y - 1));
                float even = 1 + shade[x, y] + fall * (fallX * (x - side / 2) + fallY * (y - side / 2));
                float sun = sunShare * even * Math.Clamp(1 - steepness * rise / 2, 0, 2) * (1 - cut) * (1 - cut);
                float sky = (1 - sunShare) * (1 - 0.75f * cut);
                for (int channel = 0; channel < 3; channel++)
                    light[channel][x, y] = surface.Color[channel][x, y] * (sun * Sun[channel] + sky * Sky[channel]);
            }
        return light;

        float Height(int x, int y) => surface.Height[x, y] - 1.2f * surface.Grooves.Depth[x, y];
    }
}
