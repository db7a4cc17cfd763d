using System.Numerics;
using System.Runtime.Intrinsics;
using ImageSig.Signature;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors.Kernels;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Signature;

/// <summary>The signature kernel over long and large paths, many pairs and many threads.</summary>
public class PathKernelTests
{
    /// <summary>Channels, dyadic order, points, bandwidth.</summary>
    public static TheoryData<int, int, int, double?> Shapes => new()
    {
        { 3, 0, 12, null }, { 1, 2, 5, null }, { 5, 1, 1, null }, { 2, 0, 2, null }, { 3, 0, 12, 0.9 }, { 1, 2, 5, 0.9 }, { 5, 1, 1, 0.9 }, { 2, 0, 2, 0.9 },
    };

    [Theory]
    [InlineData(1, 0, 1, 1)]
    [InlineData(2, 0, 5, 7)]
    [InlineData(3, 2, 6, 4)]
    [InlineData(2, 3, 1, 4)]
    [InlineData(5, 1, 17, 30)]
    public void The_kernel_has_the_bits_of_the_whole_grid(int channels, int order, int leftPoints, int rightPoints)
    {
        double[] left = RandomPaths.Uniform(1, 1, leftPoints, channels), right = RandomPaths.Uniform(2, 1, rightPoints, channels);
        Assert.Equal(WholeGrid(left, right, channels, order), new PathKernel(channels, order).Evaluate<double>(left, right));
    }

    [Fact]
    public void In_float32_a_long_path_has_the_kernel_of_double()
    {
        float[] left = RandomPaths.ToFloat(RandomPaths.Uniform(1, 1, 2000, 3, 0.5)), right = RandomPaths.ToFloat(RandomPaths.Uniform(2, 1, 2000, 3, 0.5));
        double exact = new PathKernel(3, 0).Evaluate<double>([.. left.Select(value => (double)value)], [.. right.Select(value => (double)value)]);
        Assert.Equal((float)exact, new PathKernel(3, 0).Evaluate<float>(left, right));
    }

    [Fact]
    public void Beyond_the_range_the_kernel_is_infinite_and_never_NaN()
    {
        // Lengths of 100 and 500.
        float[] line = [.. Enumerable.Range(0, 201).Select(point => point / 2f)];
        PathKernel kernel = new(1, 0);
        Assert.Equal(float.PositiveInfinity, kernel.Evaluate<float>(line, line));
        Assert.InRange(Math.Log(kernel.Evaluate<double>([.. line.Select(value => (double)value)], [.. line.Select(value => (double)value)])), 190, 200);
        double[] longer = [.. Enumerable.Range(0, 1001).Select(point => point / 2.0)];
        Assert.Equal(double.PositiveInfinity, kernel.Evaluate<double>(longer, longer));
        OverflowException refused = Assert.Throws<OverflowException>(() => kernel.Backward<double>(longer, longer, new double[longer.Length], new double[longer.Length]));
        Assert.Contains("scale the paths down", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_beyond_float_has_a_gradient_in_double_alone()
    {
        // A length of 60.
        double[] line = [.. Enumerable.Range(0, 121).Select(point => point / 2.0)], gradient = new double[121];
        float[] single = RandomPaths.ToFloat(line);
        PathKernel kernel = new(1, 0);
        kernel.Backward<double>(line, line, gradient, new double[121]);
        Assert.All(gradient, value => Assert.True(double.IsFinite(value)));
        Assert.Throws<OverflowException>(() => kernel.Backward<float>(single, single, new float[121], new float[121]));
        Assert.Throws<OverflowException>(() => kernel.GramBackward<float>(single, single, 1, 1, new float[1], new float[121], new float[121]));
    }

    [Fact]
    public void A_kernel_within_the_range_whose_gradient_is_beyond_it_has_none()
    {
        PathKernel kernel = new(1, 0);
        float[] large = [0, 3e38f], small = [0, 1 / 3e38f];
        Assert.Equal(2.25f, kernel.Evaluate<float>(large, small), 1e-5f);
        Assert.Throws<OverflowException>(() => kernel.Backward<float>(large, small, new float[2], new float[2]));
        Assert.Throws<OverflowException>(() => kernel.Backward<float>(small, large, new float[2], new float[2]));
        // Infinity times this cotangent would be NaN.
        Assert.Throws<OverflowException>(() => kernel.GramBackward<float>(large, small, 1, 1, [0], new float[2], new float[2]));
        double[] slope = new double[2];
        kernel.Backward<double>([0, 3e38], [0, 1 / 3e38], new double[2], slope);
        Assert.Equal(1, slope[1] / 4.5e38, 1e-9);
    }

    [Fact]
    public void A_NaN_of_a_path_stays_in_its_pairs()
    {
        double[] left = RandomPaths.Uniform(1, 3, 6, 2), right = RandomPaths.Uniform(2, 2, 5, 2), gram = new double[6];
        left[13] = double.NaN;
        new PathKernel(2, 1).Gram<double>(left, right, 3, 2, gram);
        Assert.Equal([false, false, true, true, false, false], gram.Select(double.IsNaN));
    }

    [Fact]
    public void A_Gram_matrix_has_the_same_bits_with_any_number_of_threads()
    {
        float[] left = RandomPaths.ToFloat(RandomPaths.Uniform(1, 9, 20, 3)), right = RandomPaths.ToFloat(RandomPaths.Uniform(2, 7, 15, 3));
        float[] one = new float[63], several = new float[63];
        PathKernel kernel = new(3, 1);
        kernel.Gram<float>(left, right, 9, 7, one);
        for (int pair = 0; pair < 63; pair++)
            Assert.Equal(kernel.Evaluate<float>(left.AsSpan(pair / 7 * 60, 60), right.AsSpan(pair % 7 * 45, 45)), one[pair]);
        foreach (int threads in new[] { 2, 3, 16 })
        {
            kernel.Gram<float>(left, right, 9, 7, several, threads);
            Assert.Equal(one, several);
        }
    }

    [Fact]
    public void A_Gram_matrixs_gradient_has_the_same_bits_with_any_number_of_threads()
    {
        // More than two threads take turns at before their shares are added.
        const int Rights = 75;
        float[] left = RandomPaths.ToFloat(RandomPaths.Uniform(1, 4, 20, 3)), right = RandomPaths.ToFloat(RandomPaths.Uniform(2, Rights, 15, 3)), cotangents = RandomPaths.ToFloat(RandomPaths.Uniform(3, 1, 4, Rights));
        float[] leftOne = new float[left.Length], rightOne = new float[right.Length], leftSeveral = new float[left.Length], rightSeveral = new float[right.Length];
        PathKernel kernel = new(3, 2);
        kernel.GramBackward<float>(left, right, 4, Rights, cotangents, leftOne, rightOne);
        foreach (int threads in new[] { 2, 3, 16 })
        {
            kernel.GramBackward<float>(left, right, 4, Rights, cotangents, leftSeveral, rightSeveral, threads);
            Assert.Equal(leftOne, leftSeveral);
            Assert.Equal(rightOne, rightSeveral);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_kernel_beyond_the_range_has_no_gradient_in_threads_either(int threads)
    {
        double[] paths = RandomPaths.Uniform(1, 3, 50, 2, 100);
        Assert.StartsWith("PathKernel: the kernel of these paths, or its gradient, is beyond the range of their type", Assert.Throws<OverflowException>(() =>
            new PathKernel(2, 0).GramBackward<double>(paths, paths, 3, 3, new double[9], new double[300], new double[300], threads)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Pairs_in_the_lanes_of_every_width_have_the_bits_of_one_pair(int channels, int order, int points, double? bandwidth)
    {
        for (int batch = 1; batch <= 18; batch++)
        {
            double[] left = RandomPaths.Uniform(batch, 2, points + 3, channels), right = RandomPaths.Uniform(batch + 1, batch, points, channels);
            Compare(left, right, batch, channels, order, bandwidth);
            Compare(RandomPaths.ToFloat(left), RandomPaths.ToFloat(right), batch, channels, order, bandwidth);
        }
    }

    [Theory]
    [InlineData(0.001, null)]
    [InlineData(0.01, 0.9)]
    public void Paths_too_long_for_lanes_have_the_bits_of_one_pair(double scale, double? bandwidth)
    {
        double[] left = RandomPaths.Uniform(1, 2, 3, 1), right = RandomPaths.Uniform(2, 3, 140_000, 1, scale);
        Compare(left, right, 3, 1, order: 0, bandwidth);
    }

    private static unsafe void Compare<T>(T[] left, T[] right, int rightBatch, int channels, int order, double? bandwidth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int LeftBatch = 2;
        T[] one = new T[LeftBatch * rightBatch], narrow = new T[one.Length], middle = new T[one.Length], wide = new T[one.Length];
        PathKernel kernel = new(channels, order, bandwidth);
        int leftLength = left.Length / LeftBatch, rightLength = right.Length / rightBatch;
        for (int pair = 0; pair < one.Length; pair++)
            one[pair] = kernel.Evaluate<T>(left.AsSpan(pair / rightBatch * leftLength, leftLength), right.AsSpan(pair % rightBatch * rightLength, rightLength));
        fixed (T* x = left, y = right, to128 = narrow, to256 = middle, to512 = wide)
        {
            PathPairs<T> pairs = new()
            {
                Left = x, Right = y, LeftPoints = leftLength / channels, RightPoints = rightLength / channels, RightBatch = rightBatch, Channels = channels, Order = order,
                Decay = bandwidth is double width ? 0.5 / (width * width) : 0,
            };
            (pairs with { Result = to128 }).EvaluateAll<Lanes128<double>, Vector128<double>>(LeftBatch, threads: 1);
            (pairs with { Result = to256 }).EvaluateAll<Lanes256<double>, Vector256<double>>(LeftBatch, threads: 3);
            (pairs with { Result = to512 }).EvaluateAll<Lanes512<double>, Vector512<double>>(LeftBatch, threads: 2);
        }
        Assert.Equal(one, narrow);
        Assert.Equal(one, middle);
        Assert.Equal(one, wide);
    }

    [Theory]
    [InlineData(3, 0, 12, 1, null)]
    [InlineData(1, 2, 5, 1, null)]
    [InlineData(2, 1, 1, 1, null)]
    [InlineData(2, 0, 9, 100, null)]
    [InlineData(3, 0, 12, 1, 0.6)]
    [InlineData(1, 2, 5, 1, 0.6)]
    [InlineData(2, 1, 1, 1, 0.6)]
    public void Paths_with_themselves_have_the_bits_of_paths_with_their_copies(int channels, int order, int points, double scale, double? bandwidth)
    {
        PathKernel kernel = new(channels, order, bandwidth);
        for (int batch = 1; batch <= 19; batch++)
        {
            float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(batch, batch, points, channels, scale)), copies = [.. paths];
            float[] expected = new float[batch * batch], one = new float[expected.Length], several = new float[expected.Length];
            kernel.Gram<float>(paths, copies, batch, batch, expected);
            kernel.Gram<float>(paths, paths, batch, batch, one);
            kernel.Gram<float>(paths, paths, batch, batch, several, threads: 3);
            Assert.Equal(expected, one);
            Assert.Equal(expected, several);
        }
    }

    [Theory]
    [InlineData(3, 0, 12, 1, null)]
    [InlineData(1, 2, 5, 2, null)]
    [InlineData(2, 1, 1, 17, null)]
    [InlineData(2, 0, 9, 70, null)]
    [InlineData(3, 0, 12, 1, 0.7)]
    [InlineData(1, 2, 5, 2, 0.7)]
    [InlineData(2, 1, 1, 17, 0.7)]
    [InlineData(2, 0, 9, 70, 0.7)]
    public void Gradients_of_paths_with_themselves_are_those_of_paths_with_their_copies(int channels, int order, int points, int batch, double? bandwidth)
    {
        // 70 are more than one thread takes turns at before their shares are added.
        PathKernel kernel = new(channels, order, bandwidth);
        double[] paths = RandomPaths.Uniform(batch, batch, points, channels), copies = [.. paths], cotangents = RandomPaths.Uniform(batch + 1, batch, batch, 1);
        double[] expectedLeft = new double[paths.Length], expectedRight = new double[paths.Length], left = new double[paths.Length], right = new double[paths.Length];
        kernel.GramBackward<double>(paths, copies, batch, batch, cotangents, expectedLeft, expectedRight);
        kernel.GramBackward<double>(paths, paths, batch, batch, cotangents, left, right);
        double size = 1 + expectedLeft.Sum(Math.Abs) / batch;
        for (int index = 0; index < paths.Length; index++)
        {
            Assert.Equal(expectedLeft[index], left[index], 1e-13 * size);
            Assert.Equal(expectedRight[index], right[index], 1e-13 * size);
        }
        foreach (int threads in new[] { 2, 3, 16 })
        {
            double[] leftSeveral = new double[paths.Length], rightSeveral = new double[paths.Length];
            kernel.GramBackward<double>(paths, paths, batch, batch, cotangents, leftSeveral, rightSeveral, threads);
            Assert.Equal(left, leftSeveral);
            Assert.Equal(right, rightSeveral);
        }
    }

    [Fact]
    public void The_same_memory_in_other_paths_is_no_batch_with_itself()
    {
        double[] paths = RandomPaths.Uniform(3, 6, 2, 1), copies = [.. paths], cotangents = RandomPaths.Uniform(4, 1, 6, 1);
        double[] expectedLeft = new double[12], expectedRight = new double[12], left = new double[12], right = new double[12];
        PathKernel kernel = new(1, 0);
        kernel.GramBackward<double>(paths, copies, 2, 3, cotangents, expectedLeft, expectedRight);
        kernel.GramBackward<double>(paths, paths, 2, 3, cotangents, left, right);
        Assert.Equal(expectedLeft, left);
        Assert.Equal(expectedRight, right);
    }

    [Fact]
    public void Paths_too_large_for_lanes_with_themselves_have_the_bits_of_paths_with_their_copies()
    {
        const int Channels = 600_000;
        double[] paths = RandomPaths.Uniform(2, 3, 2, Channels, 0.001), copies = [.. paths], expected = new double[9], found = new double[9];
        PathKernel kernel = new(Channels, 0);
        kernel.Gram<double>(paths, copies, 3, 3, expected, threads: 2);
        kernel.Gram<double>(paths, paths, 3, 3, found, threads: 2);
        Assert.Equal(expected, found);
        // The same memory in other paths: one matrix of pairs as any other.
        double[] one = new double[3], other = new double[3];
        kernel.Gram<double>(paths, paths, 1, 3, one);
        kernel.Gram<double>(paths, copies, 1, 3, other);
        Assert.Equal(other, one);
    }

    [Fact]
    public void A_Gram_matrix_allocates_nothing_for_a_pair()
    {
        double[] paths = RandomPaths.Uniform(1, 10, 100, 3), gram = new double[100];
        PathKernel kernel = new(3, 1);
        kernel.Gram<double>(paths, paths, 10, 10, gram);
        Assert.Equal(0, Cost.UsualBytes(() => kernel.Gram<double>(paths, paths, 10, 10, gram)));
    }

    [Fact]
    public void A_gradient_whose_grid_no_array_holds_is_refused()
    {
        var path = new double[1000];
        ArgumentException refused = Assert.Throws<ArgumentException>(() => new PathKernel(1, 12).Backward<double>(path, path, new double[1000], new double[1000]));
        Assert.Contains("lower the dyadic order", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>The scheme over the whole fine grid, with inner products of steps.</summary>
    private static double WholeGrid(double[] left, double[] right, int channels, int order)
    {
        return GoursatScheme.Kernel(left.Length / channels - 1, right.Length / channels - 1, order, Product);

        double Product(int row, int column)
        {
            double product = 0;
            for (int channel = 0; channel < channels; channel++)
            {
                int x = row * channels + channel, y = column * channels + channel;
                product += (left[x + channels] - left[x]) * (right[y + channels] - right[y]);
            }
            return product;
        }
    }
}
