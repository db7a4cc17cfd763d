namespace ImageSig.Cli.Demo;

/// <summary>How deep the surface is cut at each pixel: 0 is whole, 1 is black depth. Cuts that overlap do not add up.</summary>
internal sealed class Grooves(int side)
{
    /// <summary>The depth at each pixel.</summary>
    public Field Depth { get; } = new(side);

    /// <summary>All depth together: the area, in pixels, that the cuts would fill at full depth.</summary>
    public float Mass
    {
        get
        {
            float sum = 0;
            foreach (float depth in Depth.Values)
                sum += depth;
            return sum;
        }
    }

    /// <summary>Cuts along a straight piece from (<paramref name="x0"/>, <paramref name="y0"/>) to (<paramref name="x1"/>, <paramref name="y1"/>).</summary>
    /// <param name="x0">Start, in pixels.</param>
    /// <param name="y0">Start, in pixels.</param>
    /// <param name="x1">End, in pixels; the start itself for a round hole.</param>
    /// <param name="y1">End, in pixels.</param>
    /// <param name="width">Across, in pixels.</param>
    /// <param name="depth">In the middle, 0…1.</param>
    /// <param name="edge">Pixels over which the depth fades at the border.</param>
    public void Cut(float x0, float y0, float x1, float y1, float width, float depth, float edge = 1)
    {
        int side = Depth.Side;
        float reach = width / 2 + edge;
        int left = Math.Max(0, (int)(MathF.Min(x0, x1) - reach)), right = Math.Min(side - 1, (int)(MathF.Max(x0, x1) + reach) + 1);
        int top = Math.Max(0, (int)(MathF.Min(y0, y1) - reach)), bottom = Math.Min(side - 1, (int)(MathF.Max(y0, y1) + reach) + 1);
        float alongX = x1 - x0, alongY = y1 - y0;
        float square = alongX * alongX + alongY * alongY;
        for (int y = top; y <= bottom; y++)
            for (int x = left; x <= right; x++)
            {
                float t = square == 0 ? 0 : Math.Clamp(((x - x0) * alongX + (y - y0) * alongY) / square, 0, 1);
                float offX = x - x0 - t * alongX, offY = y - y0 - t * alongY;
                float inside = Math.Clamp((width / 2 - MathF.Sqrt(offX * offX + offY * offY)) / edge + 0.5f, 0, 1);
                // A cut narrower than a pixel darkens it only in part.
                float cut = depth * inside * MathF.Min(1, width);
                if (cut > Depth[x, y])
                    Depth[x, y] = cut;
            }
    }

    /// <summary>Cuts all that is cut in <paramref name="others"/>.</summary>
    public void Add(Grooves others)
    {
        for (int i = 0; i < Depth.Values.Length; i++)
            Depth.Values[i] = MathF.Max(Depth.Values[i], others.Depth.Values[i]);
    }

    /// <summary>Cuts a hole with an uneven border: a few discs that overlap.</summary>
    public void Pit(Chance chance, float x, float y, float radius, float depth)
    {
        for (int lobe = 0; lobe < 4; lobe++)
        {
            (float offX, float offY) = chance.Direction();
            float away = radius * chance.Between(0, 0.5f);
            Cut(x, y, x + offX * away, y + offY * away, radius * chance.Between(1.0f, 1.7f), depth, MathF.Max(1, radius * 0.4f));
        }
    }
}
