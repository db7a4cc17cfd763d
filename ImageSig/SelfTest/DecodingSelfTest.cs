using ImageSig.Imaging;

namespace ImageSig.SelfTest;

/// <summary>A drawn picture through the encoders and decoders, and an embedded progressive JPEG of it.</summary>
internal static class DecodingSelfTest
{
    private const int Width = 61, Height = 47;
    private const string Progressive = "ImageSig.SelfTest.progressive.jpg";

    /// <summary>What loses nothing must come back as it was; of a JPEG the mean error of a color is small.</summary>
    public static SelfTestPart Run()
    {
        Image drawn = Draw();
        using Stream embedded = typeof(DecodingSelfTest).Assembly.GetManifestResourceStream(Progressive)
            ?? throw new InvalidOperationException($"The resource {Progressive} is not in this build.");
        byte[] progressive = new byte[embedded.Length];
        embedded.ReadExactly(progressive);

        Digest digest = new();
        List<string> wrong = [];
        Check("PNG", drawn.EncodePng(), 1, allowed: 0);
        Check("PPM", drawn.EncodePpm(), 1, allowed: 0);
        Check("JPEG", drawn.EncodeJpeg(quality: 90, halveColor: true), 1, allowed: 3);
        Check("progressive JPEG", progressive, 1, allowed: 4);
        Check("half a JPEG", progressive, 2, allowed: 255);
        return new SelfTestPart("decoding", wrong.Count == 0 ? "PNG, PPM, JPEG" : string.Join(", ", wrong), wrong.Count == 0, digest.Value);

        void Check(string name, byte[] file, int scale, double allowed)
        {
            Image decoded = Image.Decode(file, new DecodeOptions { Scale = scale });
            digest.Add(decoded.Pixels);
            if (decoded.Width != (Width + scale - 1) / scale || decoded.Height != (Height + scale - 1) / scale || (scale == 1 && Error(drawn, decoded) > allowed))
                wrong.Add($"{name} comes back as another picture");
        }
    }

    /// <summary>Smooth colors with an edge.</summary>
    internal static Image Draw()
    {
        Image image = new(Width, Height);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                int edge = x + (2 * y) > 80 ? 60 : 0;
                (image.Row(y)[3 * x], image.Row(y)[(3 * x) + 1], image.Row(y)[(3 * x) + 2]) = ((byte)(20 + (2 * x) + edge), (byte)(200 - (3 * y)), (byte)(40 + x + y + edge));
            }
        return image;
    }

    private static double Error(Image expected, Image actual)
    {
        long sum = 0;
        for (int i = 0; i < expected.Pixels.Length; i++)
            sum += Math.Abs(expected.Pixels[i] - actual.Pixels[i]);
        return (double)sum / expected.Pixels.Length;
    }
}
