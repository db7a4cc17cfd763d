namespace ImageSig.Cli.Demo;

/// <summary>One number for each pixel of a square picture: a height, a brightness, a depth.</summary>
internal sealed class Field(int side)
{
    private readonly float[] values = new float[side * side];

    /// <summary>Columns, and rows.</summary>
    public int Side { get; } = side;

    /// <summary>[side × side], row by row.</summary>
    public Span<float> Values => values;

    /// <summary>The value at a pixel; outside, that of the nearest pixel inside.</summary>
    public float this[int x, int y]
    {
        get => values[Math.Clamp(y, 0, Side - 1) * Side + Math.Clamp(x, 0, Side - 1)];
        set => values[y * Side + x] = value;
    }

    /// <summary>Adds smooth noise: random numbers of ±<paramref name="amplitude"/> on a grid of <paramref name="cell"/> pixels,
    /// blended between its corners by <c>3t² − 2t³</c>.</summary>
    public void AddNoise(Chance chance, float cell, float amplitude)
    {
        int corners = (int)(Side / cell) + 3;
        float[] grid = new float[corners * corners];
        foreach (ref float corner in grid.AsSpan())
            corner = chance.Between(-amplitude, amplitude);
        float offsetX = chance.Next();
        float offsetY = chance.Next();
        for (int y = 0; y < Side; y++)
        {
            (int row, float down) = Split(y / cell + offsetY);
            for (int x = 0; x < Side; x++)
            {
                (int column, float right) = Split(x / cell + offsetX);
                int corner = row * corners + column;
                float top = grid[corner] + (grid[corner + 1] - grid[corner]) * right;
                float bottom = grid[corner + corners] + (grid[corner + corners + 1] - grid[corner + corners]) * right;
                values[y * Side + x] += top + (bottom - top) * down;
            }
        }

        static (int Whole, float Blend) Split(float position)
        {
            int whole = (int)position;
            float t = position - whole;
            return (whole, t * t * (3 - 2 * t));
        }
    }

    /// <summary>Adds noise of several sizes: each octave half the size and <paramref name="persistence"/> times the strength of the one before.</summary>
    public void AddOctaves(Chance chance, float cell, float amplitude, float persistence, int octaves)
    {
        for (int octave = 0; octave < octaves; octave++, cell /= 2, amplitude *= persistence)
            AddNoise(chance, cell, amplitude);
    }

    /// <summary>This field with each value mixed with its neighbors, along rows, then along columns.</summary>
    /// <param name="amount">The weight of both neighbors together against that of the pixel itself.</param>
    public Field Softened(float amount)
    {
        float center = 1 / (1 + amount), beside = (1 - center) / 2;
        Field along = new(Side), both = new(Side);
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
                along[x, y] = center * this[x, y] + beside * (this[x - 1, y] + this[x + 1, y]);
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
                both[x, y] = center * along[x, y] + beside * (along[x, y - 1] + along[x, y + 1]);
        return both;
    }

    /// <summary>This field with each value replaced by the mean of the square around it, <paramref name="reach"/> pixels to every side.</summary>
    public Field Averaged(int reach)
    {
        Field along = new(Side), both = new(Side);
        for (int line = 0; line < Side; line++)
        {
            float row = 0;
            for (int x = -reach; x < reach; x++)
                row += this[x, line];
            for (int x = 0; x < Side; x++)
            {
                row += this[x + reach, line];
                along[x, line] = row / (2 * reach + 1);
                row -= this[x - reach, line];
            }
        }
        for (int line = 0; line < Side; line++)
        {
            float column = 0;
            for (int y = -reach; y < reach; y++)
                column += along[line, y];
            for (int y = 0; y < Side; y++)
            {
                column += along[line, y + reach];
                both[line, y] = MathF.Max(0, column / (2 * reach + 1));
                column -= along[line, y - reach];
            }
        }
        return both;
    }
}
