using ImageSig.Imaging;

namespace ImageSig.Tests.Imaging;

/// <summary>Pictures of our own making: smooth shades, hard edges, fine texture, strong colors; the same for the same seed.</summary>
internal static class Pictures
{
    public static Image Photograph(int width, int height, int seed)
    {
        Random random = new(seed);
        Image image = new(width, height);
        (double phase, double tilt) = (random.NextDouble() * 6, random.NextDouble() * 2 - 1);
        int edge = random.Next(1, 1 + width);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = image.Row(y);
            for (int x = 0; x < width; x++)
            {
                double shade = 128 + 90 * Math.Sin(phase + x / 17.0) * Math.Cos(tilt + y / 23.0);
                double noise = random.NextDouble() * 24 - 12;
                bool beyond = x + tilt * y > edge;
                row[3 * x] = Level(shade + noise + (beyond ? 90 : 0));
                row[3 * x + 1] = Level(255 - shade + noise * 0.5);
                row[3 * x + 2] = Level((beyond ? 30 : 200) + noise + (x * 5 + y * 3) % 40);
            }
        }
        return image;
    }

    /// <summary>Every byte by chance.</summary>
    public static Image Noise(int width, int height, int seed)
    {
        Image image = new(width, height);
        new Random(seed).NextBytes(image.Pixels);
        return image;
    }

    /// <summary>The picture as the bytes of a raw PPM file, for programs that read one.</summary>
    public static byte[] ToPpm(Image image) =>
        [.. System.Text.Encoding.ASCII.GetBytes($"P6\n{image.Width} {image.Height}\n255\n"), .. image.Pixels];

    /// <summary>The [H, W, 3] pixels of a raw PPM or PGM file, as programs write them.</summary>
    public static Image FromPnm(byte[] file)
    {
        int position = 2;
        int[] numbers = new int[3];
        for (int i = 0; i < 3; i++)
        {
            while (char.IsWhiteSpace((char)file[position]))
                position++;
            for (; char.IsDigit((char)file[position]); position++)
                numbers[i] = 10 * numbers[i] + file[position] - '0';
        }
        ReadOnlySpan<byte> samples = file.AsSpan(position + 1);
        Image image = new(numbers[0], numbers[1]);
        for (int i = 0; i < image.Pixels.Length; i++)
            image.Pixels[i] = samples[file[1] == '5' ? i / 3 : i];
        return image;
    }

    private static byte Level(double value) => (byte)Math.Clamp((int)value, 0, 255);
}
