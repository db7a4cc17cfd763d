using ImageSig.Imaging;

namespace ImageSig.Tests.Packages;

/// <summary>The packages' icon: a path through color on a dark ground.</summary>
internal static class Icon
{
    private const int Side = 128, Points = 400;
    private const double Width = 5.5;

    public static Image Draw()
    {
        Image icon = new(Side, Side);
        (double X, double Y)[] path = [.. Enumerable.Range(0, Points).Select(Point)];
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
            {
                (double distance, int nearest) = Nearest(path, x + 0.5, y + 0.5);
                // One pixel of soft edge.
                double cover = Math.Clamp(Width + 0.5 - distance, 0, 1), along = (double)nearest / Points;
                Span<byte> pixel = icon.Pixels.Slice(3 * ((y * Side) + x), 3);
                for (int channel = 0; channel < 3; channel++)
                {
                    double ground = 18 + (12 * channel), color = 150 + (105 * Math.Sin((5.2 * along) + (2.1 * channel)));
                    pixel[channel] = (byte)Math.Round(ground + (cover * (color - ground)));
                }
            }
        return icon;
    }

    /// <summary>A loop on the way from left to right.</summary>
    private static (double X, double Y) Point(int index)
    {
        double t = (double)index / (Points - 1), angle = 2 * Math.PI * ((1.5 * t) - 0.25);
        return (14 + (100 * t) - (26 * Math.Sin(2 * Math.PI * t)), 64 + (38 * Math.Sin(angle)));
    }

    private static (double Distance, int Index) Nearest((double X, double Y)[] path, double x, double y)
    {
        int best = 0;
        double least = double.MaxValue;
        for (int i = 0; i < path.Length; i++)
        {
            double distance = Math.Pow(path[i].X - x, 2) + Math.Pow(path[i].Y - y, 2);
            if (distance < least)
                (least, best) = (distance, i);
        }
        return (Math.Sqrt(least), best);
    }
}
