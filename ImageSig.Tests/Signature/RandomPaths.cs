namespace ImageSig.Tests.Signature;

/// <summary>Seeded paths for the tests.</summary>
internal static class RandomPaths
{
    /// <summary>[count, length, channels], each coordinate uniform in −1…1 (scaled).</summary>
    public static double[] Uniform(int seed, int count, int length, int channels, double scale = 1)
    {
        var random = new Random(seed);
        var paths = new double[count * length * channels];
        for (int index = 0; index < paths.Length; index++)
            paths[index] = (2 * random.NextDouble() - 1) * scale;
        return paths;
    }

    public static float[] ToFloat(double[] values) => [.. values.Select(value => (float)value)];

    /// <summary>The signature of one path, by the transform.</summary>
    public static double[] Signature(double[] path, int channels, int depth)
    {
        var transform = new ImageSig.Signature.SignatureTransform(channels, depth);
        var signature = new double[transform.Layout.Length];
        transform.Forward<double>(path, 1, path.Length / channels, signature);
        return signature;
    }
}
