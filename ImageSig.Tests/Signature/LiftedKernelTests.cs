using System.Runtime.Intrinsics;
using FsCheck.Xunit;
using ImageSig.Signature;
using ImageSig.Tensors.Kernels;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Signature;

/// <summary>The signature kernel of paths that are lifted by a Gaussian.</summary>
[Properties(Arbitrary = [typeof(PathShape)], MaxTest = 40)]
public class LiftedKernelTests
{
    [Property]
    public bool The_kernel_is_that_of_the_whole_grid(PathShape shape)
    {
        double bandwidth = 0.2 + shape.Seed % 10 / 5.0;
        int order = shape.Seed % 3;
        double[] left = shape.Path(), right = RandomPaths.Uniform(shape.Seed + 1, 1, shape.Points + 2, shape.Channels);
        double expected = WholeGrid(left, right, shape.Channels, order, bandwidth), found = new PathKernel(shape.Channels, order, bandwidth).Evaluate<double>(left, right);
        return Math.Abs(expected - found) <= 1e-10 * (1 + Math.Abs(expected));
    }

    [Property]
    public bool A_wide_Gaussian_is_the_inner_product_of_steps(PathShape shape)
    {
        // 1 − κ is |x − y|² / (2σ²) and a rest of the fourth order.
        const double Bandwidth = 1e3;
        double[] left = [.. shape.Path().Select(value => value * 0.5)], right = [.. shape.Path(1).Select(value => value * 0.5)];
        double linear = new PathKernel(shape.Channels, 1).Evaluate<double>([.. left.Select(value => value / Bandwidth)], [.. right.Select(value => value / Bandwidth)]);
        return Math.Abs(linear - new PathKernel(shape.Channels, 1, Bandwidth).Evaluate<double>(left, right)) < 1e-11;
    }

    [Property]
    public bool A_path_that_waits_has_the_kernel_of_one_that_does_not(PathShape shape)
    {
        double[] left = shape.Path(), right = shape.Path(1);
        PathKernel kernel = new(shape.Channels, 0, 0.7);
        double expected = kernel.Evaluate<double>(left, right);
        return Math.Abs(expected - kernel.Evaluate<double>([.. left, .. left[^shape.Channels..]], right)) <= 1e-12 * (1 + Math.Abs(expected));
    }

    [Property]
    public bool Gradients_equal_finite_differences(PathShape shape)
    {
        const double Step = 1e-5;
        PathKernel kernel = new(shape.Channels, shape.Seed % 3, 0.5 + shape.Seed % 4 * 0.3);
        double[] left = shape.Path(), right = shape.Path(1), leftMove = shape.Path(2), rightMove = shape.Path(3), ofLeft = new double[left.Length], ofRight = new double[right.Length];
        double value = kernel.Backward<double>(left, right, ofLeft, ofRight);
        double expected = (Moved(Step) - Moved(-Step)) / (2 * Step), found = leftMove.Zip(ofLeft, (a, b) => a * b).Sum() + rightMove.Zip(ofRight, (a, b) => a * b).Sum();
        return value == Moved(0) && Math.Abs(expected - found) < 1e-7 * (1 + ofLeft.Sum(Math.Abs) + ofRight.Sum(Math.Abs));

        double Moved(double step) => kernel.Evaluate<double>([.. left.Zip(leftMove, (point, move) => point + step * move)], [.. right.Zip(rightMove, (point, move) => point + step * move)]);
    }

    [Property]
    public bool In_float32_the_gradient_is_that_of_double_rounded(PathShape shape)
    {
        PathKernel kernel = new(shape.Channels, shape.Seed % 2, 0.6);
        float[] left = RandomPaths.ToFloat(shape.Path()), right = RandomPaths.ToFloat(shape.Path(1)), ofLeft = new float[left.Length], ofRight = new float[right.Length];
        double[] exactLeft = new double[left.Length], exactRight = new double[right.Length];
        double exact = kernel.Backward<double>([.. left.Select(value => (double)value)], [.. right.Select(value => (double)value)], exactLeft, exactRight);
        return kernel.Backward<float>(left, right, ofLeft, ofRight) == (float)exact && ofLeft.SequenceEqual(RandomPaths.ToFloat(exactLeft)) && ofRight.SequenceEqual(RandomPaths.ToFloat(exactRight));
    }

    [Fact]
    public void The_gradient_of_a_matrix_is_that_of_its_pairs()
    {
        double[] left = RandomPaths.Uniform(1, 3, 6, 2), right = RandomPaths.Uniform(2, 4, 5, 2), cotangents = RandomPaths.Uniform(3, 1, 3, 4);
        double[] ofLeft = new double[left.Length], ofRight = new double[right.Length], expectedLeft = new double[left.Length], expectedRight = new double[right.Length], x = new double[12], y = new double[10];
        PathKernel kernel = new(2, 1, 0.8);
        for (int pair = 0; pair < 12; pair++)
        {
            int row = pair / 4 * 12, column = pair % 4 * 10;
            kernel.Backward<double>(left.AsSpan(row, 12), right.AsSpan(column, 10), x, y);
            for (int index = 0; index < 12; index++)
                expectedLeft[row + index] += cotangents[pair] * x[index];
            for (int index = 0; index < 10; index++)
                expectedRight[column + index] += cotangents[pair] * y[index];
        }
        foreach (int threads in new[] { 1, 3 })
        {
            kernel.GramBackward<double>(left, right, 3, 4, cotangents, ofLeft, ofRight, threads);
            Assert.Equal(expectedLeft, ofLeft);
            Assert.Equal(expectedRight, ofRight);
        }
    }

    [Fact]
    public void Points_far_apart_have_nothing_in_common_and_NaN_stays_in_its_pairs()
    {
        PathKernel kernel = new(1, 0, 1);
        Assert.Equal(1, kernel.Evaluate<double>([0, 1, 2], [1e200, -1e200, 1e9]));
        double[] gram = new double[4];
        kernel.Gram<double>([0, 1, double.NaN, 2], [0, 1, 2, 3], 2, 2, gram);
        Assert.Equal([false, false, true, true], gram.Select(double.IsNaN));
        kernel.Gram<double>([0, 1, 1, 2], [0, 1, 2, 3], 2, 2, gram);
        Assert.Equal(0, Cost.UsualBytes(() => kernel.Gram<double>([0, 1, 1, 2], [0, 1, 2, 3], 2, 2, gram)));
    }

    [Fact]
    public void A_point_at_infinity_has_no_gradient_and_leaves_the_others_theirs()
    {
        const double Step = 1e-5;
        PathKernel kernel = new(1, 0, 1);
        double[] left = [0, double.PositiveInfinity, 1], right = [0, 1, 2], ofLeft = new double[3], ofRight = new double[3];
        Assert.Equal(WholeGrid(left, right, 1, 0, 1), kernel.Backward<double>(left, right, ofLeft, ofRight), 1e-12);
        Assert.Equal((kernel.Evaluate<double>([Step, left[1], 1], right) - kernel.Evaluate<double>([-Step, left[1], 1], right)) / (2 * Step), ofLeft[0], 1e-8);
        Assert.Equal((kernel.Evaluate<double>(left, [0, 1 + Step, 2]) - kernel.Evaluate<double>(left, [0, 1 - Step, 2])) / (2 * Step), ofRight[1], 1e-8);
        Assert.Equal(0, ofLeft[1]);
    }

    [Fact]
    public void Points_further_apart_than_the_exponential_reaches_have_no_gradient()
    {
        double[] ofLeft = new double[3], ofRight = new double[3];
        new PathKernel(1, 0, 1).Backward<double>([0, 1e308, 1], [0, -1e308, 2], ofLeft, ofRight);
        Assert.Equal((0, 0), (ofLeft[1], ofRight[1]));
        Assert.All([.. ofLeft, .. ofRight], value => Assert.InRange(value, -10, 10));
        new PathKernel(1, 0, 1e-100).Backward<double>([0, 1e155, 1], [0.5, 2, 3], ofLeft, ofRight);
        Assert.All([.. ofLeft, .. ofRight], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Beyond_the_range_the_kernel_is_infinite_and_has_no_gradient()
    {
        // Points that have nothing in common; the kernel grows about 1.6-fold with each.
        PathKernel kernel = new(1, 0, 1);
        double[] some = [.. Enumerable.Range(0, 250).Select(point => point * 10.0)], many = [.. Enumerable.Range(0, 2000).Select(point => point * 10.0)];
        float[] single = RandomPaths.ToFloat(some);
        Assert.InRange(Math.Log10(kernel.Evaluate<double>(some, some)), 50, 51);
        Assert.Equal(float.PositiveInfinity, kernel.Evaluate<float>(single, single));
        Assert.Equal(double.PositiveInfinity, kernel.Evaluate<double>(many, many));
        Assert.Contains("widen the bandwidth", Assert.Throws<OverflowException>(() => kernel.Backward<float>(single, single, new float[250], new float[250])).Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => kernel.Backward<double>(many, many, new double[2000], new double[2000]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Widths_that_are_none_are_refused(double bandwidth) =>
        Assert.StartsWith($"PathKernel: the bandwidth is {bandwidth}; it must be 1e-100…1e100, or null for paths as they are.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new PathKernel(2, 0, bandwidth)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_exponential_of_every_width_is_the_mathematical_one()
    {
        for (double x = -708; x <= 709; x += 0.0937)
        {
            double found = LaneMath.ExpOfDouble<Lanes128<double>, Vector128<double>>(Vector128.Create(x))[1], expected = Math.Exp(x);
            Assert.InRange(Math.Abs(found - expected), 0, 1e-15 * expected);
            Assert.Equal(found, LaneMath.ExpOfDouble<Lanes256<double>, Vector256<double>>(Vector256.Create(x))[3]);
            Assert.Equal(found, LaneMath.ExpOfDouble<Lanes512<double>, Vector512<double>>(Vector512.Create(x))[5]);
        }
        Assert.Equal(1, LaneMath.ExpOfDouble<Lanes128<double>, Vector128<double>>(Vector128.Create(-0.0))[0]);
        Assert.InRange(LaneMath.ExpOfDouble<Lanes128<double>, Vector128<double>>(Vector128.Create(double.NegativeInfinity))[0], 0, 1e-307);
        Assert.True(double.IsNaN(LaneMath.ExpOfDouble<Lanes128<double>, Vector128<double>>(Vector128.Create(double.NaN))[0]));
    }

    /// <summary>The scheme over the whole fine grid, with second differences of κ.</summary>
    private static double WholeGrid(double[] left, double[] right, int channels, int order, double bandwidth)
    {
        return GoursatScheme.Kernel(left.Length / channels - 1, right.Length / channels - 1, order, (x, y) => Kappa(x + 1, y + 1) - Kappa(x, y + 1) - Kappa(x + 1, y) + Kappa(x, y));

        double Kappa(int x, int y) => Math.Exp(-Enumerable.Range(0, channels).Sum(channel => Math.Pow(left[x * channels + channel] - right[y * channels + channel], 2)) / (2 * bandwidth * bandwidth));
    }
}
