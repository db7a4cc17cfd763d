using ImageSig.Tensors;

namespace ImageSig.Cli.Demo;

/// <summary>The dice of one picture: everything random about it comes from here, in one order.</summary>
internal sealed class Chance(ulong seed, uint picture)
{
    /// <summary>Far from the purposes that training has for its random numbers.</summary>
    private const uint Drawing = 1u << 30;

    private RandomStream stream = new(seed, Drawing, item: picture);

    /// <summary>Uniform in [0, 1).</summary>
    public float Next() => stream.NextFloat();

    /// <summary>Uniform in [<paramref name="least"/>, <paramref name="most"/>).</summary>
    public float Between(float least, float most) => least + (most - least) * Next();

    /// <summary>True with the given probability.</summary>
    public bool Happens(float probability) => Next() < probability;

    /// <summary>Nearly normal, mean 0, deviation 1: four random bytes added up, which needs no logarithm of the platform.</summary>
    public float Normal()
    {
        // A byte has the variance (256² − 1) / 12; four have the mean 510.
        const float Deviation = 147.8f;
        uint bits = stream.NextBits();
        uint sum = (bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255) + (bits >> 24);
        return (sum - 510f) / Deviation;
    }

    /// <summary>A point on the unit circle, found without the platform's sine.</summary>
    public (float X, float Y) Direction()
    {
        while (true)
        {
            float x = Between(-1, 1);
            float y = Between(-1, 1);
            float square = x * x + y * y;
            if (square is > 0.01f and <= 1)
                return (x / MathF.Sqrt(square), y / MathF.Sqrt(square));
        }
    }
}
