namespace ImageSig.Cli.Demo;

/// <summary>A piece of concrete: how rough it is, where it is cut, and what color it would have in white light.</summary>
internal sealed class Surface
{
    private readonly Chance chance;
    private readonly int side;

    /// <summary>A cast surface with everything but cracks: texture, aggregate, stains, pits, the joints of the formwork.</summary>
    public Surface(Chance chance, int side)
    {
        this.chance = chance;
        this.side = side;
        Height = new Field(side);
        Grooves = new Grooves(side);
        Color = [new Field(side), new Field(side), new Field(side)];
        Cast();
        for (int stain = (int)chance.Between(0, 3.5f); stain > 0; stain--)
            Stain();
        Speckle();
        if (chance.Happens(0.5f))
            Joint();
        Pits(chance.Between(0, 1) * chance.Between(0, 120));
    }

    /// <summary>Roughness, in pixels upwards, without the cuts.</summary>
    public Field Height { get; }

    /// <summary>Everything that is cut into the surface.</summary>
    public Grooves Grooves { get; }

    /// <summary>Share of red, green and blue light that comes back.</summary>
    public Field[] Color { get; }

    /// <summary>Cuts pits until they have <paramref name="mass"/> in all.</summary>
    public void Pits(float mass)
    {
        float until = Grooves.Mass + mass;
        while (Grooves.Mass < until)
            Grooves.Pit(chance, chance.Between(0, side), chance.Between(0, side), chance.Between(1, 2.2f) * chance.Between(1, 2.5f), chance.Between(0.35f, 0.85f));
    }

    private void Cast()
    {
        Field tone = new(side);
        tone.AddOctaves(chance, side * chance.Between(0.3f, 0.7f), chance.Between(0.03f, 0.09f), chance.Between(0.6f, 0.8f), 7);
        Field hue = new(side);
        hue.AddOctaves(chance, side * 0.5f, 0.006f, 0.6f, 4);
        for (int i = 0; i < side * side; i++)
        {
            float gray = 0.5f + tone.Values[i];
            Color[0].Values[i] = gray * (1 + hue.Values[i]);
            Color[1].Values[i] = gray;
            Color[2].Values[i] = gray * (1 - hue.Values[i]);
        }
        Height.AddOctaves(chance, 16, chance.Between(0.1f, 0.35f), 0.7f, 5);
    }

    /// <summary>A patch of another tone with a soft, uneven border: damp, rust, lime or soot.</summary>
    private void Stain()
    {
        (float red, float green, float blue) = chance.Next() switch
        {
            < 0.45f => (-0.25f, -0.25f, -0.23f),
            < 0.65f => (-0.12f, -0.25f, -0.38f),
            < 0.85f => (0.22f, 0.21f, 0.19f),
            _ => (-0.30f, -0.22f, -0.28f),
        };
        float strength = chance.Between(0.3f, 1);
        float centerX = chance.Between(0, side), centerY = chance.Between(0, side);
        // Water runs down, so stains are taller than wide.
        float radiusX = side * chance.Between(0.08f, 0.35f), radiusY = radiusX * chance.Between(1, 3.5f);
        Field border = new(side);
        border.AddOctaves(chance, side * 0.2f, 0.35f, 0.6f, 4);
        float softness = chance.Between(0.1f, 0.5f);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                float offX = (x - centerX) / radiusX, offY = (y - centerY) / radiusY;
                float inside = (1 + border[x, y] - MathF.Sqrt(offX * offX + offY * offY)) / softness;
                float share = strength * Math.Clamp(inside, 0, 1);
                Tint(x, y, share * red, share * green, share * blue);
            }
    }

    /// <summary>Grains of sand and gravel that show at the surface.</summary>
    private void Speckle()
    {
        int grains = (int)chance.Between(60, 700);
        float contrast = chance.Between(0.1f, 0.4f);
        for (int grain = 0; grain < grains; grain++)
        {
            float x = chance.Between(0, side), y = chance.Between(0, side);
            float radius = chance.Between(0.5f, 1) * chance.Between(0.7f, 2.2f);
            float tone = contrast * chance.Normal() * 0.6f, warmth = 0.015f * chance.Normal();
            for (int row = Math.Max(0, (int)(y - radius - 1)); row <= Math.Min(side - 1, (int)(y + radius + 1)); row++)
                for (int column = Math.Max(0, (int)(x - radius - 1)); column <= Math.Min(side - 1, (int)(x + radius + 1)); column++)
                {
                    float away = MathF.Sqrt((column - x) * (column - x) + (row - y) * (row - y));
                    float share = Math.Clamp(radius - away + 0.5f, 0, 1);
                    Tint(column, row, share * (tone + warmth), share * tone, share * (tone - warmth));
                }
        }
    }

    /// <summary>A straight line where two boards of the formwork met, with a slightly different tone beyond it.</summary>
    private void Joint()
    {
        float slope = chance.Between(-0.12f, 0.12f);
        float at = side * chance.Between(0.1f, 0.9f);
        bool upright = chance.Happens(0.5f);
        float width = chance.Between(1, 3.5f), depth = chance.Between(0.35f, 1), step = chance.Between(-0.06f, 0.06f);
        float first = at - slope * side / 2, last = at + slope * side / 2;
        if (upright)
            Grooves.Cut(first, -2, last, side + 2, width, depth);
        else
            Grooves.Cut(-2, first, side + 2, last, width, depth);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                (float along, float across) = upright ? (y, x) : ((float)x, y);
                if (across > first + (last - first) * along / side)
                    Tint(x, y, step, step, step);
            }
    }

    /// <summary>Changes the color of a pixel by these shares of itself.</summary>
    public void Tint(int x, int y, float red, float green, float blue)
    {
        Color[0][x, y] *= 1 + red;
        Color[1][x, y] *= 1 + green;
        Color[2][x, y] *= 1 + blue;
    }
}
