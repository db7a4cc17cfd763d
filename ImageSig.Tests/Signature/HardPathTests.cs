using FsCheck.Xunit;
using ImageSig.Signature;
using static ImageSig.Tests.Signature.SignatureLawTests;

namespace ImageSig.Tests.Signature;

/// <summary>Paths that are hard on the numbers, and the error bounds that docs/signatures.md states.</summary>
[Properties(Arbitrary = [typeof(PathShape)])]
public class HardPathTests
{
    private const double SingleUnit = 1.0 / (1 << 24);

    [Property]
    public bool The_float32_error_stays_within_the_stated_bound(PathShape shape)
    {
        float[] path = RandomPaths.ToFloat(shape.Path());
        double[] exact = shape.SignatureOf(ToDouble(path)), majorant = shape.SignatureOf(Monotone(path, shape.Channels));
        float[] single = new float[exact.Length];
        new SignatureTransform(shape.Channels, shape.Depth).Forward<float>(path, 1, shape.Points, single);
        for (int index = 0; index < exact.Length; index++)
            if (Math.Abs(single[index] - exact[index]) > Gamma(shape.Points + 4 * shape.Layout.WordAt(index).Length) * majorant[index])
                return false;
        return true;
    }

    [Property]
    public bool The_float32_error_of_log_signatures_stays_within_the_stated_bound(PathShape shape)
    {
        float[] path = RandomPaths.ToFloat(shape.Path());
        var transform = new LogSignatureTransform(shape.Channels, shape.Depth, LogSignatureBasis.Expanded);
        double[] exact = LogSignatureTests.LogSignature(ToDouble(path), shape.Channels, shape.Depth, LogSignatureBasis.Expanded);
        // The logarithm's series with every sign positive, of the majorant: −log(1 − x).
        double[] majorant = shape.SignatureOf(Monotone(path, shape.Channels)), negated = [.. majorant.Select(value => -value)], series = new double[exact.Length];
        TensorAlgebra.Log<double>(shape.Layout, negated, series);
        float[] single = new float[exact.Length];
        transform.Forward<float>(path, 1, shape.Points, single);
        for (int index = 0; index < exact.Length; index++)
        {
            int letters = shape.Layout.WordAt(index).Length;
            if (Math.Abs(single[index] - exact[index]) > Gamma(letters * (shape.Points + 8)) * -series[index])
                return false;
        }
        return true;
    }

    [Fact]
    public void A_hundred_thousand_points_lose_nothing_that_matters()
    {
        const int Points = 100_000, Channels = 2, Depth = 4;
        double[] path = new double[Points * Channels];
        var random = new Random(1);
        for (int index = Channels; index < path.Length; index++)
            path[index] = path[index - Channels] + (random.NextDouble() - 0.5) / 100;
        var layout = new SignatureLayout(Channels, Depth);
        double[] whole = RandomPaths.Signature(path, Channels, Depth), product = new double[layout.Length];
        int half = Points / 2 * Channels;
        TensorAlgebra.Multiply<double>(layout, RandomPaths.Signature(path[..(half + Channels)], Channels, Depth), RandomPaths.Signature(path[half..], Channels, Depth), product);
        Assert.True(Near(whole, product, 1e-11));
        Assert.Equal(path[^2] - path[0], whole[0], 1e-11);
        double[] inverse = RandomPaths.Signature(Reversed(path, Channels), Channels, Depth), one = new double[layout.Length];
        TensorAlgebra.Multiply<double>(layout, whole, inverse, one);
        Assert.All(one, value => Assert.Equal(0, value, 1e-9));
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(20)]
    public void Tiny_and_huge_steps_only_move_the_exponent(int power)
    {
        // Powers of two near 1e-12 and 1e6: multiplying by them rounds nothing, so level k must be off by exactly 2^(power·k).
        double[] path = RandomPaths.Uniform(1, 1, 50, 3);
        var layout = new SignatureLayout(3, 4);
        double[] expected = RandomPaths.Signature(path, 3, 4), actual = RandomPaths.Signature([.. path.Select(value => Math.ScaleB(value, power))], 3, 4);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(Math.ScaleB(expected[index], power * layout.WordAt(index).Length), actual[index]);
    }

    [Fact]
    public void Standing_still_changes_no_bit()
    {
        double[] path = RandomPaths.Uniform(1, 1, 30, 3);
        double[] slower = [.. path.Chunk(3).SelectMany(point => Enumerable.Repeat(point, 3)).SelectMany(point => point)];
        Assert.Equal(RandomPaths.Signature(path, 3, 5), RandomPaths.Signature(slower, 3, 5));
    }

    [Theory]
    [InlineData(1e-12)]
    [InlineData(1e6)]
    public void Steps_of_every_size_scale_level_k_by_the_kth_power(double size)
    {
        var layout = new SignatureLayout(2, 4);
        double[] path = RandomPaths.Uniform(2, 1, 60, 2), expected = RandomPaths.Signature(path, 2, 4);
        double[] actual = RandomPaths.Signature([.. path.Select(value => value * size)], 2, 4);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index] / Math.Pow(size, layout.WordAt(index).Length), 1e-11);
    }

    [Fact]
    public void One_point_has_no_prefixes_a_zero_logarithm_and_no_gradient()
    {
        var transform = new SignatureTransform(3, 4);
        var logarithm = new LogSignatureTransform(3, 4, LogSignatureBasis.Brackets);
        Assert.Equal(0, transform.PrefixCount<float>(1));
        transform.Stream<float>(new float[21], 7, 1, default, []);
        float[] points = RandomPaths.ToFloat(RandomPaths.Uniform(1, 7, 1, 3)), logs = new float[7 * logarithm.Length], gradients = new float[21];
        Array.Fill(logs, float.NaN);
        logarithm.Forward<float>(points, 7, 1, logs);
        Assert.All(logs, value => Assert.Equal(0, value));
        Array.Fill(gradients, float.NaN);
        transform.Backward<float>(points, 7, 1, [.. Enumerable.Repeat(1f, 7 * transform.Layout.Length)], gradients);
        Assert.All(gradients, value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(8, 3)]
    [InlineData(3, 4)]
    public void A_NaN_touches_no_other_paths_log_signature_or_gradient(int channels, int depth)
    {
        // 21 paths: full vectors and a rest, at every width.
        const int Batch = 21, Length = 9;
        var transform = new LogSignatureTransform(channels, depth, LogSignatureBasis.Words);
        float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(3, Batch, Length, channels)), cotangents = [.. Enumerable.Repeat(1f, Batch * transform.Length)];
        (float[] logs, float[] gradients) = Both();
        foreach (int broken in new[] { 3, Batch - 1 })
        {
            int at = broken * Length * channels + 2 * channels;
            float saved = paths[at];
            paths[at] = float.NaN;
            (float[] spoiltLogs, float[] spoiltGradients) = Both();
            paths[at] = saved;
            for (int path = 0; path < Batch; path++)
                if (path != broken)
                {
                    Assert.Equal(Row(logs, path), Row(spoiltLogs, path));
                    Assert.Equal(Row(gradients, path), Row(spoiltGradients, path));
                }
                else
                {
                    Assert.Contains(float.NaN, Row(spoiltLogs, path));
                    Assert.Contains(float.NaN, Row(spoiltGradients, path));
                }
        }

        (float[], float[]) Both()
        {
            float[] forward = new float[Batch * transform.Length], backward = new float[paths.Length];
            transform.Forward<float>(paths, Batch, Length, forward);
            transform.Backward<float>(paths, Batch, Length, cotangents, backward);
            return (forward, backward);
        }

        static float[] Row(float[] rows, int path) => rows[(path * rows.Length / Batch)..((path + 1) * rows.Length / Batch)];
    }

    [Fact]
    public void Infinities_and_NaN_pass_through_without_exceptions()
    {
        double[] path = [0, 0, double.PositiveInfinity, 1, 2, 3];
        Assert.Contains(RandomPaths.Signature(path, 2, 3), double.IsNaN);
    }

    internal static double Gamma(int roundings) => roundings * SingleUnit / (1 - roundings * SingleUnit);

    internal static double[] ToDouble(float[] values) => [.. values.Select(value => (double)value)];

    /// <summary>The path whose every step is the absolute value of this one's, channel by channel.</summary>
    internal static double[] Monotone(float[] path, int channels)
    {
        double[] result = new double[path.Length];
        for (int index = channels; index < path.Length; index++)
            result[index] = result[index - channels] + Math.Abs((double)path[index] - path[index - channels]);
        return result;
    }
}
