using ImageSig.Imaging;

namespace ImageSig.Measurement;

/// <summary>Pictures to measure with where none are given: smooth shades, edges and grain, so that a JPEG of them is about as long as a photograph's.</summary>
internal static class BenchPictures
{
    private const int Quality = 85;

    public static IEnumerable<(string Name, byte[] File)> All()
    {
        yield return ("made 1280x960", Jpeg(1280, 960));
        yield return ("made 640x480", Jpeg(640, 480));
    }

    public static byte[] Jpeg(int width, int height) => Make(width, height).EncodeJpeg(Quality);

    private static Image Make(int width, int height)
    {
        Image picture = new(width, height);
        for (int y = 0; y < height; y++)
        {
            Span<byte> row = picture.Row(y);
            for (int x = 0; x < width; x++)
            {
                double shade = 110 + 60 * Math.Sin(x / 97.0 + y / 61.0) + 25 * Math.Sin(x / 13.0 - y / 7.0) * Math.Sin(y / 19.0);
                bool beyond = (x / 160 + y / 120) % 3 == 0;
                int grain = (int)(Mix((uint)(y * width + x)) % 23) - 11;
                row[3 * x] = Level(shade + grain + (beyond ? 50 : 0));
                row[3 * x + 1] = Level(shade + grain);
                row[3 * x + 2] = Level(160 - shade / 2 + grain);
            }
        }
        return picture;
    }

    private static byte Level(double value) => (byte)Math.Clamp(value, 0, 255);

    private static uint Mix(uint value)
    {
        value = (value ^ (value >> 16)) * 0x7FEB352D;
        value = (value ^ (value >> 15)) * 0x846CA68B;
        return value ^ (value >> 16);
    }
}
