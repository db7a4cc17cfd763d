using System.Numerics;
using System.Runtime.Intrinsics;
using ImageSig.Signature;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Signature;

/// <summary>What a log-signature costs before its first path, and for one path alone.</summary>
public class LogSignaturePreparationTests
{
    [Fact]
    public void Words_of_high_depth_are_prepared_without_multiplying_a_bracket_out()
    {
        _ = new LogSignatureTransform(3, 2, LogSignatureBasis.Words);
        long before = GC.GetAllocatedBytesForCurrentThread();
        LogSignatureTransform transform = new(3, 12, LogSignatureBasis.Words);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(LyndonWords.CountUpTo(3, 12), transform.Length);
        Assert.True(bytes < 100L * transform.Length, $"{bytes} bytes for {transform.Length} words");
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 8)]
    [InlineData(3, 6)]
    [InlineData(5, 4)]
    public void Brackets_multiply_out_as_by_hand(int channels, int depth)
    {
        SignatureLayout layout = new(channels, depth);
        LyndonBasis basis = new(layout);
        BracketProduct product = new(basis);
        int[][] words = [.. LyndonWords.UpTo(channels, depth)];
        Dictionary<string, int>[] byHand = [.. words.Select(word => MultiplyOut(word))];
        string[] names = [.. words.Select(word => LyndonWords.Name(word, channels))];
        for (int index = 0; index < words.Length; index++)
        {
            Assert.Equal(words[index], layout.WordAt(basis.Indices[index]));
            Dictionary<string, int> expanded = [];
            foreach ((int place, int coefficient) in product.Expand(index))
                expanded.Add(LyndonWords.Name(layout.WordAt(place), channels), coefficient);
            Assert.Equal(byHand[index].OrderBy(term => term.Key), expanded.OrderBy(term => term.Key));
            Assert.Equal(
                Enumerable.Range(0, index).Where(column => byHand[column].ContainsKey(names[index])).Select(column => (column, byHand[column][names[index]])),
                basis.Rows[index]);
        }

        Dictionary<string, int> MultiplyOut(int[] word)
        {
            if (word.Length == 1)
                return new() { [LyndonWords.Name(word, channels)] = 1 };
            int split = LyndonWords.StandardSplit(word);
            Dictionary<string, int> sum = [];
            foreach ((string u, int a) in MultiplyOut(word[..split]))
                foreach ((string v, int b) in MultiplyOut(word[split..]))
                {
                    sum[u + v] = sum.GetValueOrDefault(u + v) + a * b;
                    sum[v + u] = sum.GetValueOrDefault(v + u) - a * b;
                }
            return sum.Where(term => term.Value != 0).ToDictionary();
        }
    }

    [Theory]
    [InlineData(LogSignatureBasis.Words)]
    [InlineData(LogSignatureBasis.Brackets)]
    public void Brackets_too_many_to_keep_are_made_anew_with_the_same_result(LogSignatureBasis basis)
    {
        const int Channels = 3, Depth = 11;
        Assert.True(LyndonBasis.KeptCount(new SignatureLayout(Channels, Depth)) < LyndonWords.CountUpTo(Channels, Depth));
        LogSignatureTransform transform = new(Channels, Depth, basis);
        double[] path = RandomPaths.Uniform(1, 1, 5, Channels), signature = RandomPaths.Signature(path, Channels, Depth);
        double[] logarithm = new double[transform.Length], back = new double[signature.Length];
        transform.FromSignatures<double>(signature, 1, logarithm);
        transform.ToSignatures<double>(logarithm, 1, back);
        double scale = signature.Max(Math.Abs);
        for (int index = 0; index < signature.Length; index++)
            Assert.True(Math.Abs(signature[index] - back[index]) <= 1e-9 * scale, $"{index}: {signature[index]} became {back[index]}");
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 8)]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(3, 6)]
    [InlineData(4, 5)]
    [InlineData(5, 4)]
    [InlineData(9, 3)]
    public void Few_paths_with_words_in_the_lanes_have_the_twins_log_signature(int channels, int depth)
    {
        foreach (LogSignatureBasis basis in Enum.GetValues<LogSignatureBasis>())
            foreach (int batch in new[] { 1, 2, 17, 19 })
            {
                Compare(channels, depth, basis, batch, RandomPaths.Uniform(depth, batch, 23, channels));
                Compare(channels, depth, basis, batch, RandomPaths.ToFloat(RandomPaths.Uniform(depth, batch, 23, channels)));
            }
    }

    private static unsafe void Compare<T>(int channels, int depth, LogSignatureBasis basis, int batch, T[] paths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignatureLayout layout = new(channels, depth);
        LogPlan plan = new(layout, basis == LogSignatureBasis.Expanded ? null : new LyndonBasis(layout), basis == LogSignatureBasis.Brackets);
        T[] expected = new T[batch * plan.Length], actual = new T[expected.Length], initial = new T[batch * layout.Length];
        fixed (T* path = paths, wanted = expected, found = actual, start = initial)
            foreach (bool continued in new[] { false, true })
            {
                ForwardRequest<T> request = new()
                {
                    Layout = layout, Paths = path, Batch = batch, Length = 23, Log = plan, Result = wanted, Points = continued ? path : null, Initial = continued ? start : null,
                };
                ScalarSignature.Forward(request);
                request.Result = found;
                Same(() => new LogarithmWork<T>(request, 1).Run<Lanes128<T>, Vector128<T>>());
                Same(() => new LogarithmWork<T>(request, 2).Run<Lanes256<T>, Vector256<T>>());
                Same(() => new LogarithmWork<T>(request, 1).Run<Lanes512<T>, Vector512<T>>());
                Array.Fill(initial, T.CreateTruncating(0.25));
            }

        void Same(Action run)
        {
            Array.Fill(actual, T.NaN);
            run();
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Logarithms_of_signatures_have_the_bits_of_those_of_paths()
    {
        foreach (LogSignatureBasis basis in Enum.GetValues<LogSignatureBasis>())
        {
            LogSignatureTransform transform = new(3, 5, basis);
            float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(3, 40, 12, 3));
            float[] signatures = new float[40 * transform.Layout.Length], direct = new float[40 * transform.Length], after = new float[direct.Length];
            new SignatureTransform(3, 5).Forward<float>(paths, 40, 12, signatures);
            transform.Forward<float>(paths, 40, 12, direct);
            transform.FromSignatures<float>(signatures, 40, after);
            Assert.Equal(direct, after);
        }
    }
}
