using ImageSig.Imaging;

namespace ImageSig.Tests.Support;

/// <summary>Drawn pictures that differ as photographs do: large shapes of any color, some texture. Of the class "a" all shapes are upright bars, of "b" they lie.</summary>
internal static class Scenes
{
    public static void Write(string folder, string[] classes, int perClass, int seed)
    {
        for (int label = 0; label < classes.Length; label++)
        {
            Directory.CreateDirectory(Path.Combine(folder, classes[label]));
            for (int i = 0; i < perClass; i++)
                Draw((seed * 100_000) + (label * 10_000) + i, label).SavePng(Path.Combine(folder, classes[label], $"{i:D3}.png"));
        }
    }

    /// <summary>The scene of a seed, perhaps a little brighter.</summary>
    public static Image Draw(int seed, int label = 0, int brighter = 0)
    {
        const int Shapes = 14, Width = 160, Height = 128;
        Random random = new(seed);
        Image image = new(Width, Height);
        byte[] ground = Color();
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = ground[i % 3];
        for (int shape = 0; shape < Shapes; shape++)
        {
            byte[] color = Color();
            (int along, int across) = (random.Next(30, 90), random.Next(8, 24));
            (int width, int height) = label == 0 ? (across, along) : (along, across);
            (int left, int top) = (random.Next(Width - width), random.Next(Height - height));
            for (int y = top; y < top + height; y++)
                for (int x = left; x < left + width; x++)
                    color.CopyTo(image.Row(y)[(3 * x)..]);
        }
        foreach (ref byte level in image.Pixels)
            level = (byte)Math.Clamp(level + random.Next(-12, 13) + (8 * brighter), 0, 255);
        return image;

        byte[] Color() => [(byte)random.Next(20, 236), (byte)random.Next(20, 236), (byte)random.Next(20, 236)];
    }
}
