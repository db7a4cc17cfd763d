using ImageSig.Imaging;

namespace ImageSig.Tests.Support;

/// <summary>A small data set that any model learns: noisy pictures, dark or bright, of several sizes.</summary>
internal static class SyntheticPhotos
{
    public static void Write(string folder, int perClass, int seed = 1)
    {
        Random random = new(seed);
        foreach ((string name, int level) in new[] { ("bright", 150), ("dark", 20) })
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            for (int number = 0; number < perClass; number++)
                Picture(random, level).SavePng(Path.Combine(folder, name, $"{number:D3}.png"));
        }
    }

    public static Image Picture(Random random, int level)
    {
        Image image = new(random.Next(40, 90), random.Next(40, 90));
        foreach (ref byte value in image.Pixels)
            value = (byte)(level + random.Next(80));
        return image;
    }
}
