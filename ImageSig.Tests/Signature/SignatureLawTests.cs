using FsCheck.Xunit;
using ImageSig.Signature;

namespace ImageSig.Tests.Signature;

/// <summary>The laws of path signatures, on random shapes and paths.</summary>
[Properties(Arbitrary = [typeof(PathShape)])]
public class SignatureLawTests
{
    [Property]
    public bool Joining_two_paths_multiplies_their_signatures(PathShape shape)
    {
        double[] whole = shape.Path();
        int cut = shape.Points / 2 * shape.Channels;
        double[] first = whole[..(cut + shape.Channels)], second = whole[cut..];
        if (first.Length > whole.Length)
            return true;
        var product = new double[shape.Layout.Length];
        TensorAlgebra.Multiply<double>(shape.Layout, shape.SignatureOf(first), shape.SignatureOf(second), product);
        return Near(shape.SignatureOf(whole), product);
    }

    [Property]
    public bool A_path_run_backwards_has_the_inverse_signature(PathShape shape)
    {
        double[] path = shape.Path();
        double[] signature = shape.SignatureOf(path), inverse = new double[signature.Length], product = new double[signature.Length];
        TensorAlgebra.Inverse<double>(shape.Layout, signature, inverse);
        TensorAlgebra.Multiply<double>(shape.Layout, signature, inverse, product);
        return Near(shape.SignatureOf(Reversed(path, shape.Channels)), inverse) && product.All(value => Math.Abs(value) < 1e-11);
    }

    [Property]
    public bool Shuffling_two_words_multiplies_their_coefficients(PathShape shape)
    {
        double[] signature = shape.SignatureOf(shape.Path());
        SignatureLayout layout = shape.Layout;
        var random = new Random(shape.Seed);
        for (int trial = 0; trial < 20; trial++)
        {
            int[] left = layout.WordAt(random.Next(layout.Length)), right = layout.WordAt(random.Next(layout.Length));
            if (left.Length + right.Length > layout.Depth)
                continue;
            double product = signature[layout.IndexOf(left)] * signature[layout.IndexOf(right)];
            double sum = Shuffles(left, right).Sum(word => signature[layout.IndexOf(word)]);
            if (Math.Abs(product - sum) > 1e-11 * Math.Max(1, Math.Abs(product)))
                return false;
        }
        return true;
    }

    [Property]
    public bool Moving_a_path_changes_nothing(PathShape shape)
    {
        double[] path = shape.Path();
        double[] moved = [.. path.Select((value, index) => value + 3 + index % shape.Channels)];
        return Near(shape.SignatureOf(path), shape.SignatureOf(moved));
    }

    [Property]
    public bool Walking_a_path_at_another_pace_changes_nothing(PathShape shape)
    {
        double[] path = shape.Path();
        List<double> slower = [];
        for (int point = 0; point < shape.Points; point++)
        {
            double[] here = path[(point * shape.Channels)..((point + 1) * shape.Channels)];
            slower.AddRange(here);
            slower.AddRange(here);
            if (point + 1 < shape.Points)
                slower.AddRange(here.Select((value, channel) => 0.75 * value + 0.25 * path[(point + 1) * shape.Channels + channel]));
        }
        return Near(shape.SignatureOf(path), shape.SignatureOf([.. slower]));
    }

    [Property]
    public bool Scaling_a_path_scales_level_k_by_the_kth_power(PathShape shape)
    {
        const double Scale = 1.75;
        double[] path = shape.Path();
        double[] expected = shape.SignatureOf(path);
        for (int level = 1; level <= shape.Depth; level++)
            foreach (ref double value in expected.AsSpan(shape.Layout.LevelOffset(level), shape.Layout.LevelLength(level)))
                value *= Math.Pow(Scale, level);
        return Near(expected, shape.SignatureOf([.. path.Select(value => value * Scale)]));
    }

    [Property]
    public bool A_straight_line_has_the_exponential_of_its_increment(PathShape shape)
    {
        double[] ends = RandomPaths.Uniform(shape.Seed, 1, 2, shape.Channels);
        double[] increment = [.. Enumerable.Range(0, shape.Channels).Select(channel => ends[shape.Channels + channel] - ends[channel])];
        double[] line = [.. Enumerable.Range(0, shape.Points).SelectMany(point => Enumerable.Range(0, shape.Channels)
            .Select(channel => ends[channel] + increment[channel] * point / (shape.Points - 1)))];
        var expected = new double[shape.Layout.Length];
        TensorAlgebra.Exponential<double>(shape.Layout, increment, expected);
        return Near(expected, shape.SignatureOf(line));
    }

    [Property]
    public bool The_exponential_of_the_logarithm_is_the_signature(PathShape shape)
    {
        double[] signature = shape.SignatureOf(shape.Path()), logarithm = new double[signature.Length], back = new double[signature.Length];
        TensorAlgebra.Log<double>(shape.Layout, signature, logarithm);
        TensorAlgebra.Exp<double>(shape.Layout, logarithm, back);
        return Near(signature, back);
    }

    internal static bool Near(double[] expected, double[] actual, double relative = 1e-11)
    {
        double scale = Math.Max(1, expected.Max(Math.Abs));
        return expected.Length == actual.Length && expected.Zip(actual).All(pair => Math.Abs(pair.First - pair.Second) <= relative * scale);
    }

    internal static double[] Reversed(double[] path, int channels) => [.. path.Chunk(channels).Reverse().SelectMany(point => point)];

    /// <summary>Every way to lay the letters of two words into one another, each in its order.</summary>
    private static IEnumerable<int[]> Shuffles(int[] left, int[] right)
    {
        if (left.Length == 0 || right.Length == 0)
            return [[.. left, .. right]];
        return Shuffles(left[1..], right).Select(rest => (int[])[left[0], .. rest])
            .Concat(Shuffles(left, right[1..]).Select(rest => (int[])[right[0], .. rest]));
    }
}
