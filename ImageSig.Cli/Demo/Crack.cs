namespace ImageSig.Cli.Demo;

/// <summary>A crack: a thin, jagged cut across the surface that changes its width and sends out branches.</summary>
internal static class Crack
{
    /// <summary>Cuts one crack from a border, or from somewhere inside, across the picture.</summary>
    public static void Draw(Chance chance, Grooves grooves)
    {
        int side = grooves.Depth.Side;
        (float dx, float dy) = chance.Direction();
        // The way leads past the middle, so that most of the crack lies in the picture.
        float aside = chance.Between(-0.28f, 0.28f) * side;
        float middleX = side / 2 - aside * dy, middleY = side / 2 + aside * dx;
        float back = chance.Between(0.3f, 0.75f) * side, ahead = chance.Between(0.3f, 0.75f) * side;
        Grow(chance, grooves, (middleX - back * dx, middleY - back * dy), (middleX + ahead * dx, middleY + ahead * dy),
            chance.Between(0.9f, 2.8f), chance.Between(0.6f, 1), generation: 0);
    }

    private static void Grow(
        Chance chance, Grooves grooves, (float X, float Y) from, (float X, float Y) to, float width, float depth, int generation)
    {
        List<(float X, float Y)> way = [from];
        Wander(chance, way, from, to, chance.Between(0.08f, 0.2f));
        way.Add(to);
        float swell = 0;
        for (int i = 1; i < way.Count; i++)
        {
            swell = 0.92f * swell + 0.13f * chance.Normal();
            float left = 1 - (float)i / way.Count;
            // A branch ends in a hair; a main crack ends in one only sometimes inside the picture.
            float taper = MathF.Min(1, (generation == 0 ? 0.5f : 0.25f) + 3 * left);
            float here = Math.Clamp(width * (1 + swell) * taper, 0.4f, 4.5f);
            (float x, float y) = way[i];
            grooves.Cut(way[i - 1].X, way[i - 1].Y, x, y, here, depth);
            if (generation < 2 && chance.Happens(0.022f))
            {
                float aside = chance.Between(0.4f, 1.3f) * (chance.Happens(0.5f) ? 1 : -1);
                float alongX = to.X - from.X, alongY = to.Y - from.Y, reach = chance.Between(0.15f, 0.4f);
                Grow(chance, grooves, (x, y), (x + reach * (alongX - aside * alongY), y + reach * (alongY + aside * alongX)),
                    here * chance.Between(0.5f, 0.85f), depth * chance.Between(0.7f, 1), generation + 1);
            }
        }
    }

    /// <summary>Puts the points between two others: the middle is moved aside by a share of the distance, then each half likewise.</summary>
    private static void Wander(Chance chance, List<(float X, float Y)> way, (float X, float Y) from, (float X, float Y) to, float roughness)
    {
        float alongX = to.X - from.X, alongY = to.Y - from.Y;
        if (alongX * alongX + alongY * alongY < 6)
            return;
        float aside = roughness * chance.Normal();
        (float X, float Y) middle = ((from.X + to.X) / 2 - aside * alongY, (from.Y + to.Y) / 2 + aside * alongX);
        Wander(chance, way, from, middle, roughness);
        way.Add(middle);
        Wander(chance, way, middle, to, roughness);
    }
}
