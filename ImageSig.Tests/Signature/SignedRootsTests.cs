using System.Numerics;
using System.Runtime.Intrinsics;
using ImageSig.Signature;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Signature;

public class SignedRootsTests
{
    /// <summary>One channel: level k is one number, so a row holds every degree once.</summary>
    private static readonly SignatureLayout Degrees = new(1, 12);

    [Theory]
    [InlineData(0.01)]
    [InlineData(1e-6)]
    [InlineData(1)]
    public void A_number_of_level_k_becomes_its_signed_kth_root(double epsilon)
    {
        SignedRoots roots = SignedRoots.OfSignatures(Degrees, epsilon);
        for (double size = 1e-12; size < 1e12; size *= 7)
            foreach (double x in (double[])[size, -size])
            {
                double[] row = [.. Enumerable.Repeat(x, 12)];
                roots.Forward<double>(row);
                for (int degree = 1; degree <= 12; degree++)
                {
                    double expected = degree == 1 ? x : Math.Sign(x) * (Math.Pow(size + epsilon, 1.0 / degree) - Math.Pow(epsilon, 1.0 / degree));
                    // The difference of two roots is as exact as the larger of them.
                    Assert.Equal(expected, row[degree - 1], 4e-15 * Math.Pow(size + epsilon, 1.0 / degree) + (degree == 1 ? 0 : 1e-16));
                }
            }
    }

    [Fact]
    public void Zero_stays_zero_with_its_sign_and_what_is_not_a_number_stays_so()
    {
        SignedRoots roots = SignedRoots.OfSignatures(Degrees);
        foreach (float x in (float[])[0, -0f, float.NaN])
        {
            float[] row = [.. Enumerable.Repeat(x, 12)];
            roots.Forward<float>(row);
            Assert.All(row, y => Assert.Equal(x, y));
            Assert.All(row, y => Assert.Equal(float.IsNegative(x), float.IsNegative(y)));
        }
    }

    [Fact]
    public void Roots_of_a_longer_path_are_longer_by_the_same_factor_in_every_level()
    {
        SignatureTransform transform = new(3, 5);
        SignedRoots roots = SignedRoots.OfSignatures(transform.Layout, SignedRoots.MinEpsilon);
        double[] path = RandomPaths.Uniform(3, 1, 20, 3), one = new double[transform.Layout.Length], other = new double[one.Length];
        transform.Forward<double>([.. path.Select(x => 1000 * x)], 1, 20, one);
        transform.Forward<double>([.. path.Select(x => 2000 * x)], 1, 20, other);
        roots.Forward<double>(one);
        roots.Forward<double>(other);
        for (int index = 0; index < one.Length; index++)
            Assert.Equal(2, other[index] / one[index], 1e-2);
    }

    [Theory]
    [InlineData(1, 12, 3)]
    [InlineData(3, 4, 5)]
    [InlineData(8, 2, 2)]
    public void Float_has_the_bits_of_the_plain_loop(int channels, int depth, int rows)
    {
        SignatureLayout layout = new(channels, depth);
        SignedRoots roots = SignedRoots.OfSignatures(layout);
        float[] values = Values(rows * layout.Length), gradients = RandomPaths.ToFloat(RandomPaths.Uniform(2, 1, 1, values.Length));
        float[] expected = [.. values], slopes = [.. gradients];
        for (int index = 0; index < values.Length; index++)
        {
            int degree = layout.WordAt(index % layout.Length).Length;
            if (degree == 1)
                continue;
            float epsilon = (float)roots.Epsilon, origin = PlainRoot(epsilon, degree);
            expected[index] = MathF.CopySign(PlainRoot(MathF.Abs(values[index]) + epsilon, degree) - origin, values[index]);
            slopes[index] = gradients[index] / (degree * PlainPower(MathF.Abs(expected[index]) + origin, degree - 1));
        }
        roots.Forward<float>(values);
        roots.Backward<float>(values, gradients);
        Assert.Equal(expected, values);
        Assert.Equal(slopes, gradients);
    }

    [Theory]
    [InlineData(1, 12, 7)]
    [InlineData(2, 6, 3)]
    [InlineData(3, 4, 5)]
    [InlineData(8, 2, 3)]
    public unsafe void Every_width_gives_the_same_bits(int channels, int depth, int rows)
    {
        SignedRoots roots = SignedRoots.OfSignatures(new SignatureLayout(channels, depth));
        float[] start = Values(rows * roots.Length), cotangents = RandomPaths.ToFloat(RandomPaths.Uniform(2, 1, 1, start.Length));
        float[] values = [.. start], gradients = [.. cotangents];
        roots.Forward<float>(values);
        roots.Backward<float>(values, gradients);
        Compare<Lanes128<float>, Vector128<float>>();
        Compare<Lanes256<float>, Vector256<float>>();
        Compare<Lanes512<float>, Vector512<float>>();

        void Compare<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, float>
            where TVector : struct
        {
            float[] other = [.. start], back = [.. cotangents];
            fixed (float* value = other, gradient = back)
            {
                roots.Forward<TLanes, TVector, float>(value, other.Length);
                roots.Backward<TLanes, TVector, float>(value, gradient, other.Length);
            }
            Assert.Equal(values, other);
            Assert.Equal(gradients, back);
        }
    }

    [Theory]
    [InlineData(1, 12)]
    [InlineData(3, 4)]
    public void The_gradient_equals_finite_differences(int channels, int depth)
    {
        const double Step = 1e-6;
        SignedRoots roots = SignedRoots.OfSignatures(new SignatureLayout(channels, depth));
        double[] x = [.. Values(roots.Length).Select(value => (double)value)], y = [.. x], gradients = [.. Enumerable.Repeat(1.0, x.Length)];
        roots.Forward<double>(y);
        roots.Backward<double>(y, gradients);
        double[] up = [.. x.Select(value => value + Step)], down = [.. x.Select(value => value - Step)];
        roots.Forward<double>(up);
        roots.Forward<double>(down);
        for (int index = 0; index < x.Length; index++)
            Assert.Equal((up[index] - down[index]) / (2 * Step), gradients[index], 1e-7 * Math.Max(1, gradients[index]));
    }

    [Fact]
    public void The_slope_at_the_origin_is_the_steepest_and_finite()
    {
        SignedRoots roots = SignedRoots.OfSignatures(Degrees);
        double[] y = new double[12], gradients = [.. Enumerable.Repeat(1.0, 12)];
        roots.Backward<double>(y, gradients);
        for (int degree = 1; degree <= 12; degree++)
            Assert.Equal(Math.Pow(roots.Epsilon, 1.0 / degree - 1) / degree, gradients[degree - 1], 1e-12 * gradients[degree - 1]);
    }

    [Fact]
    public void A_log_signature_has_as_many_numbers_of_level_k_as_there_are_Lyndon_words()
    {
        SignedRoots roots = SignedRoots.OfLogSignatures(3, 4, LogSignatureBasis.Words), expanded = SignedRoots.OfLogSignatures(3, 4, LogSignatureBasis.Expanded);
        Assert.Equal((32, 120), (roots.Length, expanded.Length));
        float[] row = [.. Enumerable.Repeat(1f, 32)];
        roots.Forward<float>(row);
        for (int index = 0; index < 32; index++)
        {
            int degree = LyndonWords.UpTo(3, 4)[index].Length;
            Assert.Equal(degree == 1 ? 1 : Math.Pow(1 + roots.Epsilon, 1.0 / degree) - Math.Pow(roots.Epsilon, 1.0 / degree), row[index], 1e-6);
        }
    }

    [Fact]
    public void Of_a_cell_the_mean_points_and_increments_stay_as_they_are()
    {
        SignatureGrid grid = new(3, 2, 4);
        SignedRoots roots = SignedRoots.OfCells(grid);
        Assert.Equal(grid.Features, roots.Length);
        float[] cell = [.. Enumerable.Repeat(0.25f, grid.Features)];
        roots.Forward<float>(cell);
        for (int index = 0; index < cell.Length; index++)
            Assert.Equal(index % 15 < 6 ? 0.25 : Math.Sqrt(0.26) - Math.Sqrt(0.01), cell[index], 1e-6);
    }

    [Fact]
    public void What_does_not_fit_is_named_with_its_numbers()
    {
        SignedRoots roots = SignedRoots.OfSignatures(new SignatureLayout(3, 2));
        Assert.Equal("SignedRoots.Forward: 13 numbers are not whole rows of 12.", Assert.Throws<ArgumentException>(() => roots.Forward<float>(new float[13])).Message);
        Assert.Equal("SignedRoots.Backward: gradients holds 12 numbers, roots 24; they have the same shape.",
            Assert.Throws<ArgumentException>(() => roots.Backward<float>(new float[24], new float[12])).Message);
        Assert.StartsWith("SignedRoots.Forward: roots are taken in float and double, not in Half;",
            Assert.Throws<NotSupportedException>(() => roots.Forward<Half>(new Half[12])).Message, StringComparison.Ordinal);
        foreach (float epsilon in (float[])[0, -1, 1.5f, float.NaN])
            Assert.StartsWith("SignedRoots: epsilon is ", Assert.Throws<ArgumentOutOfRangeException>(() => SignedRoots.OfSignatures(Degrees, epsilon)).Message, StringComparison.Ordinal);
    }

    /// <summary>Numbers of both signs over six decades, as products are.</summary>
    private static float[] Values(int count)
    {
        double[] size = RandomPaths.Uniform(3, 1, 1, count), sign = RandomPaths.Uniform(4, 1, 1, count);
        return [.. size.Zip(sign, (a, b) => (float)Math.CopySign(Math.Pow(10, 4 * a - 2), b - 0.5))];
    }

    private static T PlainRoot<T>(T x, int degree)
        where T : IBinaryFloatingPointIeee754<T>
    {
        for (; degree % 2 == 0; degree /= 2)
            x = T.Sqrt(x);
        if (degree == 1)
            return x;
        bool isFloat = typeof(T) == typeof(float);
        T y = Stretched(x, T.One / T.CreateTruncating(degree), T.CreateTruncating((isFloat ? 126.957 * (1 << 23) : 1022.957 * (1L << 52)) * (1 - 1.0 / degree)));
        T share = T.One / T.CreateTruncating(degree), ofPower = T.CreateTruncating(0.5 * (degree + 1)) * share, ofX = T.CreateTruncating(0.5 * (degree - 1)) * share;
        for (int step = 0; step < (isFloat ? 2 : 3); step++)
        {
            T power = PlainPower(y, degree);
            y = T.FusedMultiplyAdd(y * share, (x - power) / T.FusedMultiplyAdd(ofPower, power, ofX * x), y);
        }
        return y;
    }

    private static T Stretched<T>(T x, T factor, T addend)
        where T : IBinaryFloatingPointIeee754<T> => x is float number
        ? T.CreateTruncating(BitConverter.Int32BitsToSingle((int)MathF.FusedMultiplyAdd(BitConverter.SingleToInt32Bits(number), float.CreateTruncating(factor), float.CreateTruncating(addend))))
        : T.CreateTruncating(BitConverter.Int64BitsToDouble((long)Math.FusedMultiplyAdd(
            BitConverter.DoubleToInt64Bits(double.CreateTruncating(x)), double.CreateTruncating(factor), double.CreateTruncating(addend))));

    private static T PlainPower<T>(T x, int exponent)
        where T : IBinaryFloatingPointIeee754<T>
    {
        T power = x;
        for (int i = 1; i < exponent; i++)
            power *= x;
        return power;
    }
}
