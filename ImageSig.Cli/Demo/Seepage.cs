namespace ImageSig.Cli.Demo;

/// <summary>What water leaves behind below a crack: rust from the steel, lime from the cement, or just damp.</summary>
internal static class Seepage
{
    /// <summary>Colors the surface below the cuts of <paramref name="source"/>.</summary>
    /// <param name="chance">The picture's dice.</param>
    /// <param name="surface">What is colored.</param>
    /// <param name="source">Where the water comes from.</param>
    /// <param name="faded">As a soft band around the same place, for a surface without the crack: it holds the same amount of color,
    /// so that color does not tell the classes apart.</param>
    public static void Draw(Chance chance, Surface surface, Grooves source, bool faded)
    {
        int side = source.Depth.Side;
        (float red, float green, float blue) = chance.Next() switch
        {
            < 0.5f => (-0.08f, -0.28f, -0.50f),
            < 0.75f => (0.16f, 0.20f, 0.26f),
            _ => (-0.25f, -0.22f, -0.12f),
        };
        float strength = chance.Between(0.6f, 1.1f);
        float keeps = 1 - 1 / chance.Between(5, 14);
        Field color = new(side);
        for (int x = 0; x < side; x++)
        {
            float carried = 0;
            for (int y = 0; y < side; y++)
                color[x, y] = carried = MathF.Max(MathF.Min(1, 1.5f * source.Depth[x, y]), carried * keeps);
        }
        if (faded)
            color = color.Averaged(6).Averaged(4);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                float share = strength * color[x, y];
                surface.Tint(x, y, share * red, share * green, share * blue);
            }
    }
}
