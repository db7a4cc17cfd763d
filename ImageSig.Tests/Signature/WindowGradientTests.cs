using FsCheck.Xunit;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.Tests.Signature;

/// <summary>Gradients of windows, and their log-signatures.</summary>
[Properties(Arbitrary = [typeof(PathShape)])]
public class WindowGradientTests
{
    [Property]
    public bool Gradients_of_windows_equal_finite_differences(PathShape shape)
    {
        const int Batch = 2;
        const double Step = 1e-5;
        SignatureOptions options = new() { Inverse = shape.Seed % 3 == 0, Basepoint = shape.Seed % 2 == 0 };
        SignatureTransform signature = new(shape.Channels, shape.Depth, options);
        LogSignatureTransform logarithm = new(shape.Channels, shape.Depth, (LogSignatureBasis)(shape.Seed % 5 % 3), options);
        bool log = shape.Seed % 5 < 3;
        PathWindow[] windows = Mixed(shape.Points, shape.Seed);
        double[] paths = RandomPaths.Uniform(shape.Seed, Batch, shape.Points, shape.Channels), direction = RandomPaths.Uniform(shape.Seed + 1, Batch, shape.Points, shape.Channels);
        double[] cotangents = RandomPaths.Uniform(shape.Seed + 2, Batch, windows.Length, log ? logarithm.Length : shape.Layout.Length);
        double[] gradients = [.. Enumerable.Repeat(double.NaN, paths.Length)];
        if (log)
            logarithm.WindowsBackward<double>(paths, Batch, shape.Points, windows, cotangents, gradients);
        else
            signature.WindowsBackward<double>(paths, Batch, shape.Points, windows, cotangents, gradients);
        double expected = (Value(Step) - Value(-Step)) / (2 * Step), actual = direction.Zip(gradients, (d, g) => d * g).Sum();
        return Math.Abs(expected - actual) < 1e-6 * (1 + gradients.Sum(Math.Abs));

        double Value(double step)
        {
            double[] moved = [.. paths.Zip(direction, (point, change) => point + step * change)], result = new double[cotangents.Length];
            if (log)
                logarithm.Windows<double>(moved, Batch, shape.Points, windows, result);
            else
                signature.Windows<double>(moved, Batch, shape.Points, windows, result);
            return result.Zip(cotangents, (value, weight) => value * weight).Sum();
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Gradients_of_sliding_windows_are_added_from_the_last_to_the_first(bool basepoint, bool inverse)
    {
        const int Batch = 60, Points = 40, Channels = 4;
        SignatureTransform transform = new(Channels, 3, new SignatureOptions { Basepoint = basepoint, Inverse = inverse });
        IReadOnlyList<PathWindow> windows = PathWindow.Sliding(Points, 9, 1);
        int features = transform.Layout.Length, row = Points * Channels;
        float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(1, Batch, Points, Channels)), cotangents = RandomPaths.ToFloat(RandomPaths.Uniform(2, Batch, windows.Count, features));
        float[] expected = new float[paths.Length], piece = new float[9 * Channels], one = new float[paths.Length], several = new float[paths.Length], alone = new float[row];
        for (int path = 0; path < Batch; path++)
            for (int index = windows.Count - 1; index >= 0; index--)
            {
                int start = path * row + windows[index].Start * Channels;
                transform.Backward<float>(paths.AsSpan(start, piece.Length), 1, 9, cotangents.AsSpan((path * windows.Count + index) * features, features), piece);
                for (int i = 0; i < piece.Length; i++)
                    expected[start + i] += piece[i];
            }
        transform.WindowsBackward<float>(paths, Batch, Points, windows, cotangents, one);
        Assert.Equal(expected, one);
        transform.WindowsBackward<float>(paths, Batch, Points, windows, cotangents, several, threads: 3);
        Assert.Equal(one, several);
        transform.WindowsBackward<float>(paths.AsSpan(row, row), 1, Points, windows, cotangents.AsSpan(windows.Count * features, windows.Count * features), alone);
        Assert.Equal(one[row..(2 * row)], alone);
    }

    [Fact]
    public void Gradients_of_a_path_in_mixed_windows_depend_neither_on_its_batch_nor_on_threads()
    {
        const int Batch = 7, Points = 30, Channels = 3;
        LogSignatureTransform transform = new(Channels, 3, LogSignatureBasis.Words);
        PathWindow[] windows = Mixed(Points, 4);
        int row = Points * Channels, size = windows.Length * transform.Length;
        double[] paths = RandomPaths.Uniform(1, Batch, Points, Channels), cotangents = RandomPaths.Uniform(2, Batch, windows.Length, transform.Length);
        double[] one = new double[paths.Length], several = new double[paths.Length], alone = new double[row];
        transform.WindowsBackward<double>(paths, Batch, Points, windows, cotangents, one);
        transform.WindowsBackward<double>(paths, Batch, Points, windows, cotangents, several, threads: 3);
        Assert.Equal(one, several);
        transform.WindowsBackward<double>(paths.AsSpan(2 * row, row), 1, Points, windows, cotangents.AsSpan(2 * size, size), alone);
        Assert.Equal(one[(2 * row)..(3 * row)], alone);
    }

    [Property(MaxTest = 40)]
    public bool Log_signatures_of_windows_have_the_bits_of_each_by_itself(PathShape shape)
    {
        const int Batch = 3;
        LogSignatureTransform transform = new(shape.Channels, shape.Depth, (LogSignatureBasis)(shape.Seed % 3), new() { Inverse = shape.Seed % 4 == 0, Basepoint = shape.Seed % 5 == 0 });
        PathWindow[] windows = Mixed(shape.Points, shape.Seed);
        float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(shape.Seed, Batch, shape.Points, shape.Channels));
        float[] actual = new float[Batch * windows.Length * transform.Length], several = new float[actual.Length], expected = new float[transform.Length];
        transform.Windows<float>(paths, Batch, shape.Points, windows, actual);
        transform.Windows<float>(paths, Batch, shape.Points, windows, several, threads: 2);
        bool same = actual.AsSpan().SequenceEqual(several);
        for (int path = 0; path < Batch; path++)
            for (int index = 0; index < windows.Length; index++)
            {
                (int start, int end) = windows[index];
                transform.Forward<float>(paths.AsSpan((path * shape.Points + start) * shape.Channels, (end - start) * shape.Channels), 1, end - start, expected);
                same &= expected.AsSpan().SequenceEqual(actual.AsSpan((path * windows.Length + index) * transform.Length, transform.Length));
            }
        return same;
    }

    [Theory]
    [InlineData(LogSignatureBasis.Words, 3, 3, 301)]
    [InlineData(LogSignatureBasis.Brackets, 2, 5, 129)]
    [InlineData(LogSignatureBasis.Expanded, 4, 6, 3)]
    [InlineData(LogSignatureBasis.Words, 3, 9, 5)]
    [InlineData(LogSignatureBasis.Words, 3, 4, 2)]
    [InlineData(LogSignatureBasis.Expanded, 3, 4, 18)]
    [InlineData(LogSignatureBasis.Brackets, 3, 4, 19)]
    public void Logarithms_of_signatures_have_the_same_bits_with_any_number_of_threads(LogSignatureBasis basis, int channels, int depth, int batch)
    {
        LogSignatureTransform transform = new(channels, depth, basis);
        float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(1, batch, 9, channels)), signatures = new float[batch * transform.Layout.Length], cotangents = RandomPaths.ToFloat(RandomPaths.Uniform(2, batch, transform.Length, 1));
        new SignatureTransform(channels, depth).Forward<float>(paths, batch, 9, signatures);
        float[] one = new float[cotangents.Length], ofOne = new float[signatures.Length], several = new float[one.Length], ofSeveral = new float[ofOne.Length], alone = new float[transform.Length];
        transform.FromSignatures<float>(signatures, batch, one);
        transform.FromSignaturesBackward<float>(signatures, batch, cotangents, ofOne);
        foreach (int row in new[] { 1, batch - 1 })
        {
            transform.FromSignatures<float>(signatures.AsSpan(row * transform.Layout.Length, transform.Layout.Length), 1, alone);
            Assert.Equal(one[(row * transform.Length)..((row + 1) * transform.Length)], alone);
        }
        foreach (int threads in new[] { 2, 5 })
        {
            transform.FromSignatures<float>(signatures, batch, several, threads);
            transform.FromSignaturesBackward<float>(signatures, batch, cotangents, ofSeveral, threads);
            Assert.Equal(one, several);
            Assert.Equal(ofOne, ofSeveral);
        }
    }

    [Theory]
    [InlineData(LogSignatureBasis.Words, 3, 5, 65)]
    [InlineData(LogSignatureBasis.Brackets, 2, 5, 33)]
    [InlineData(LogSignatureBasis.Expanded, 4, 3, 17)]
    [InlineData(LogSignatureBasis.Words, 2, 3, 1)]
    public void Signatures_of_logarithms_have_the_same_bits_with_any_number_of_threads(LogSignatureBasis basis, int channels, int depth, int batch)
    {
        // Threads that come first multiply the brackets out: each transform is a new one.
        float[] logarithms = RandomPaths.ToFloat(RandomPaths.Uniform(1, batch, new LogSignatureTransform(channels, depth, basis).Length, 1));
        float[] cotangents = RandomPaths.ToFloat(RandomPaths.Uniform(2, batch, new SignatureLayout(channels, depth).Length, 1));
        (float[] one, float[] ofOne) = Way(1);
        foreach (int threads in new[] { 2, 5 })
        {
            (float[] several, float[] ofSeveral) = Way(threads);
            Assert.Equal(one, several);
            Assert.Equal(ofOne, ofSeveral);
        }

        (float[] Signatures, float[] Gradients) Way(int threads)
        {
            LogSignatureTransform transform = new(channels, depth, basis);
            float[] signatures = new float[cotangents.Length], gradients = new float[logarithms.Length];
            transform.ToSignatures<float>(logarithms, batch, signatures, threads);
            transform.ToSignaturesBackward<float>(logarithms, batch, cotangents, gradients, threads);
            return (signatures, gradients);
        }
    }

    [Fact]
    public void No_window_and_no_path_have_no_gradient()
    {
        SignatureTransform signature = new(2, 2);
        double[] gradients = [1, 2, 3, 4];
        signature.WindowsBackward<double>(new double[4], 1, 2, [], [], gradients);
        Assert.Equal(new double[4], gradients);
        signature.WindowsBackward<double>([], 0, 2, [new PathWindow(0, 2)], [], []);
        LogSignatureTransform logarithm = new(2, 2, LogSignatureBasis.Words);
        gradients[0] = 1;
        logarithm.WindowsBackward<double>(new double[4], 1, 2, [], [], gradients);
        Assert.Equal(new double[4], gradients);
        logarithm.Windows<double>([], 0, 2, [new PathWindow(0, 2)], []);
    }

    [Fact]
    public void Windows_that_are_none_and_gradients_over_what_is_read_are_refused()
    {
        SignatureTransform signature = new(2, 2);
        LogSignatureTransform logarithm = new(2, 2, LogSignatureBasis.Expanded);
        double[] path = new double[6];
        PathWindow[] outside = [new(0, 4)], whole = [new(0, 3)];
        Assert.StartsWith("WindowsBackward: window 0 is 0…4;", Refusal(() => signature.WindowsBackward<double>(path, 1, 3, outside, new double[6], new double[6])), StringComparison.Ordinal);
        Assert.StartsWith("Windows: window 0 is 0…4;", Refusal(() => logarithm.Windows<double>(path, 1, 3, outside, new double[6])), StringComparison.Ordinal);
        Assert.StartsWith("Windows: the result must be [1, 6], 6 numbers, but holds 5;", Refusal(() => logarithm.Windows<double>(path, 1, 3, whole, new double[5])), StringComparison.Ordinal);
        Assert.StartsWith("Windows: the result overlaps the paths", Refusal(() => logarithm.Windows<double>(path, 1, 3, whole, path)), StringComparison.Ordinal);
        Assert.StartsWith("WindowsBackward: cotangents must be [1, 6], 6 numbers, but holds 5;", Refusal(() => signature.WindowsBackward<double>(path, 1, 3, whole, new double[5], new double[6])), StringComparison.Ordinal);
        Assert.StartsWith("WindowsBackward: the gradients overlap the paths", Refusal(() => signature.WindowsBackward<double>(path, 1, 3, whole, new double[6], path)), StringComparison.Ordinal);
        Assert.StartsWith("WindowsBackward: the gradients overlap the cotangents", Refusal(() => logarithm.WindowsBackward<double>(new double[6], 1, 3, whole, path, path)), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => logarithm.Windows<double>(path, 1, 3, null!, path));
        PathWindow[] many = [.. Enumerable.Repeat(new PathWindow(0, 1), 7000)];
        Assert.StartsWith("LogSignatureTransform.Windows: the signatures of 7000 windows are 2446668000 numbers, more than an array holds;",
            Assert.Throws<SettingException>(() => new LogSignatureTransform(4, 9, LogSignatureBasis.Expanded).Windows<float>(new float[4], 1, 1, many, [])).Message, StringComparison.Ordinal);

        static string Refusal(Action call) => Assert.Throws<ArgumentException>(call).Message;
    }

    /// <summary>Windows side by side, growing ones, the same one twice, one of a single point, and some in no order.</summary>
    private static PathWindow[] Mixed(int points, int seed)
    {
        int size = 1 + seed % points, step = 1 + seed % 3;
        return [.. PathWindow.Sliding(points, size, step), .. PathWindow.Expanding(points, size, step), new(0, points), new(0, points), new(points - 1, points), new(0, size)];
    }
}
