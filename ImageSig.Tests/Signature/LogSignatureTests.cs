using System.Text.Json;
using FsCheck.Xunit;
using ImageSig.Signature;
using ImageSig.Tests.Support;
using static ImageSig.Tests.Signature.SignatureLawTests;

namespace ImageSig.Tests.Signature;

[Properties(Arbitrary = [typeof(PathShape)])]
public class LogSignatureTests
{
    private static readonly (LogSignatureBasis Basis, string Array)[] Bases =
        [(LogSignatureBasis.Expanded, "logsig_expand"), (LogSignatureBasis.Words, "logsig_words"), (LogSignatureBasis.Brackets, "logsig_brackets")];

    [SharedFact("golden")]
    public void Log_signatures_equal_those_of_other_libraries_in_every_basis()
    {
        foreach ((LogSignatureBasis basis, string array) in Bases)
            foreach (GoldenCase golden in GoldenArrays.With(array))
            {
                var transform = new LogSignatureTransform(golden.Channels, golden.Depth, basis);
                double[] expected = golden[array], actual = new double[expected.Length];
                transform.Forward<double>(golden["path"], golden.Batch, golden.Length, actual);
                GoldenArrays.AssertClose($"{golden} {array}", expected, actual, 1e-12, transform.Length);
            }
    }

    [SharedFact("golden")]
    public void Prefixes_of_signatures_and_log_signatures_equal_those_of_other_libraries()
    {
        foreach (GoldenCase golden in GoldenArrays.With("sig_stream"))
        {
            var transform = new SignatureTransform(golden.Channels, golden.Depth);
            double[] expected = golden["sig_stream"], actual = new double[expected.Length];
            transform.Stream(golden["path"], golden.Batch, golden.Length, default, actual);
            GoldenArrays.AssertClose($"{golden} sig_stream", expected, actual, 1e-12, transform.Layout.Length);
        }
        foreach (GoldenCase golden in GoldenArrays.With("logsig_words_stream"))
        {
            var transform = new LogSignatureTransform(golden.Channels, golden.Depth, LogSignatureBasis.Words);
            double[] expected = golden["logsig_words_stream"], actual = new double[expected.Length];
            transform.Stream(golden["path"], golden.Batch, golden.Length, default, actual);
            GoldenArrays.AssertClose($"{golden} logsig_words_stream", expected, actual, 1e-12, transform.Length);
        }
    }

    [SharedFact("golden")]
    public void Words_and_brackets_stand_in_the_libraries_order_under_their_names()
    {
        using FileStream file = File.OpenRead(Folders.InShared("golden", "bases.json"));
        foreach (JsonProperty entry in JsonDocument.Parse(file).RootElement.EnumerateObject())
        {
            int[] numbers = [.. entry.Name.Split('_').Select(part => int.Parse(part[1..]))];
            var transform = new LogSignatureTransform(numbers[0], numbers[1], LogSignatureBasis.Brackets);
            int[][] words = [.. entry.Value.GetProperty("lyndon_words").EnumerateArray().Select(word => word.EnumerateArray().Select(letter => letter.GetInt32()).ToArray())];
            Assert.Equal(words, Enumerable.Range(0, transform.Length).Select(transform.WordAt));
            if (entry.Value.TryGetProperty("lyndon_brackets_iisignature", out JsonElement brackets))
                Assert.Equal(brackets.EnumerateArray().Select(name => name.GetString()), Enumerable.Range(0, transform.Length).Select(transform.NameAt));
        }
    }

    [Theory]
    [InlineData(3, new[] { 3, 6, 14, 32, 80, 196 })]
    [InlineData(2, new[] { 2, 3, 5, 8, 14, 23 })]
    public void A_log_signature_has_as_many_numbers_as_there_are_Lyndon_words(int channels, int[] lengths)
    {
        for (int depth = 1; depth <= lengths.Length; depth++)
            Assert.Equal(lengths[depth - 1], new LogSignatureTransform(channels, depth, LogSignatureBasis.Words).Length);
    }

    [Fact]
    public void The_staircase_has_the_log_signature_worked_out_by_hand()
    {
        double[] path = [0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1];
        double[] words = [1, 1, 1, 1 / 2.0, 1 / 2.0, 1 / 2.0, 1 / 12.0, 1 / 12.0, 1 / 12.0, 1 / 3.0, -1 / 6.0, 1 / 12.0, 1 / 12.0, 1 / 12.0];
        double[] brackets = [.. words];
        brackets[10] = 1 / 6.0;
        var transform = new LogSignatureTransform(3, 3, LogSignatureBasis.Words);
        Assert.Equal(["1", "2", "3", "12", "13", "23", "112", "113", "122", "123", "132", "133", "223", "233"], Enumerable.Range(0, 14).Select(transform.NameAt));
        AssertNear(words, LogSignature(path, 3, 3, LogSignatureBasis.Words), 1e-15);
        AssertNear(brackets, LogSignature(path, 3, 3, LogSignatureBasis.Brackets), 1e-15);
    }

    [Property]
    public bool The_signature_of_the_log_signature_is_the_signature(PathShape shape)
    {
        double[] path = shape.Path(), signature = shape.SignatureOf(path);
        foreach (LogSignatureBasis basis in Enum.GetValues<LogSignatureBasis>())
        {
            var transform = new LogSignatureTransform(shape.Channels, shape.Depth, basis);
            var back = new double[signature.Length];
            transform.ToSignatures<double>(LogSignature(path, shape.Channels, shape.Depth, basis), 1, back);
            if (!Near(signature, back, 1e-10))
                return false;
        }
        return true;
    }

    [Property]
    public bool The_logarithm_of_a_product_follows_Baker_Campbell_and_Hausdorff(PathShape shape)
    {
        var layout = new SignatureLayout(shape.Channels, Math.Min(4, shape.Depth));
        double[] x = Log(shape.Path(0)), y = Log(shape.Path(1));
        double[] both = new double[layout.Length], product = new double[layout.Length];
        TensorAlgebra.Multiply<double>(layout, Signature(shape.Path(0)), Signature(shape.Path(1)), product);
        TensorAlgebra.Log<double>(layout, product, both);
        double[] xy = Bracket(x, y);
        double[] fourth = Bracket(y, Bracket(x, xy));
        double[] third = Sum(Bracket(x, xy), Bracket(y, Bracket(y, x)));
        double[] expected = [.. Enumerable.Range(0, layout.Length).Select(i => x[i] + y[i] + xy[i] / 2 + third[i] / 12 - fourth[i] / 24)];
        return Near(expected, both, 1e-10);

        double[] Signature(double[] path) => RandomPaths.Signature(path, layout.Channels, layout.Depth);

        double[] Log(double[] path)
        {
            var logarithm = new double[layout.Length];
            TensorAlgebra.Log<double>(layout, Signature(path), logarithm);
            return logarithm;
        }

        double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (first, second) => first + second)];

        double[] Bracket(double[] a, double[] b)
        {
            var result = new double[layout.Length];
            for (int index = 0; index < result.Length; index++)
            {
                int[] word = layout.WordAt(index);
                for (int split = 1; split < word.Length; split++)
                {
                    int front = layout.IndexOf(word.AsSpan(0, split)), back = layout.IndexOf(word.AsSpan(split));
                    result[index] += a[front] * b[back] - b[front] * a[back];
                }
            }
            return result;
        }
    }

    [Fact]
    public void Lanes_give_the_plain_logarithms_bits()
    {
        foreach ((int channels, int depth) in new[] { (1, 3), (2, 6), (3, 4), (4, 3), (6, 2) })
            foreach (LogSignatureBasis basis in Enum.GetValues<LogSignatureBasis>())
            {
                var transform = new LogSignatureTransform(channels, depth, basis);
                float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(depth, 21, 12, channels));
                float[] signatures = new float[21 * transform.Layout.Length], plain = new float[21 * transform.Length], lanes = new float[21 * transform.Length];
                new SignatureTransform(channels, depth).Forward<float>(paths, 21, 12, signatures);
                transform.FromSignatures<float>(signatures, 21, plain);
                transform.Forward<float>(paths, 21, 12, lanes);
                Assert.Equal(plain, lanes);
            }
    }

    [Fact]
    public void A_prepared_transform_serves_many_threads_at_once()
    {
        var transform = new LogSignatureTransform(3, 4, LogSignatureBasis.Brackets);
        double[][] paths = [.. Enumerable.Range(0, 8).Select(seed => RandomPaths.Uniform(seed, 1, 12, 3))];
        double[][] expected = [.. paths.Select(path => LogSignature(path, 3, 4, LogSignatureBasis.Brackets))];
        Parallel.For(0, 400, call =>
        {
            var actual = new double[transform.Length];
            transform.Forward<double>(paths[call % 8], 1, 12, actual);
            Assert.Equal(expected[call % 8], actual);
        });
    }

    [Fact]
    public void Running_backwards_negates_the_log_signature()
    {
        double[] path = RandomPaths.Uniform(1, 1, 9, 3);
        var transform = new LogSignatureTransform(3, 4, LogSignatureBasis.Brackets, new SignatureOptions { Inverse = true });
        var inverse = new double[transform.Length];
        transform.Forward<double>(path, 1, 9, inverse);
        AssertNear(LogSignature(Reversed(path, 3), 3, 4, LogSignatureBasis.Brackets), inverse, 1e-12);
    }

    internal static double[] LogSignature(double[] path, int channels, int depth, LogSignatureBasis basis)
    {
        var transform = new LogSignatureTransform(channels, depth, basis);
        var result = new double[transform.Length];
        transform.Forward<double>(path, 1, path.Length / channels, result);
        return result;
    }

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int index = 0; index < expected.Length; index++)
            Assert.Equal(expected[index], actual[index], tolerance);
    }
}
