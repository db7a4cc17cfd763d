using ImageSig.Tensors;

namespace ImageSig.Tests.Tensors;

/// <summary>Seeded numbers for tests.</summary>
internal static class Numbers
{
    /// <summary>Uniform in ±<paramref name="scale"/>.</summary>
    public static float[] Uniform(int count, uint seed, float scale = 1)
    {
        RandomStream random = new(seed, 99);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
            values[i] = (2 * random.NextFloat() - 1) * scale;
        return values;
    }

    /// <summary>All different, at least 1 / count apart, in random order: no maximum is near another.</summary>
    public static float[] Distinct(int count, uint seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new RandomStream(seed, 98).Shuffle(order);
        return [.. order.Select(place => (2f * place - count + 0.5f) / count)];
    }
}
