using System.Numerics;
using System.Runtime.Intrinsics;
using ImageSig.Signature;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Signature;

/// <summary>The signature kernel's gradients in lanes, beside their slow twin.</summary>
public class KernelGradientTests
{
    [Theory]
    [MemberData(nameof(PathKernelTests.Shapes), MemberType = typeof(PathKernelTests))]
    public void Pairs_in_the_lanes_of_every_width_have_the_bits_of_the_plain_loops(int channels, int order, int points, double? bandwidth)
    {
        for (int count = 1; count <= 8; count++)
        {
            double[] left = RandomPaths.Uniform(count, 1, points + 3, channels), right = RandomPaths.Uniform(count + 1, count, points, channels);
            CompareWidths<double>(left, right, count, channels, order, bandwidth);
            CompareWidths<float>(left, right, count, channels, order, bandwidth);
        }
    }

    [Fact]
    public void Lanes_of_points_that_are_nowhere_have_the_bits_of_the_plain_loops_and_leave_the_others_theirs()
    {
        double[] left = RandomPaths.Uniform(1, 1, 5, 2), right = RandomPaths.Uniform(2, 8, 6, 2);
        (right[4], right[27], right[50]) = (double.PositiveInfinity, 1e200, double.NaN);
        CompareWidths<double>(left, right, 8, 2, 1, 0.5);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, null)]
    [InlineData(0, 0.9)]
    public void A_matrix_of_any_size_in_any_number_of_threads_has_the_bits_of_the_plain_loops(int order, double? bandwidth)
    {
        const int Lefts = 2, Channels = 2, LeftLength = 5 * Channels, RightLength = 7 * Channels;
        PathKernel kernel = new(Channels, order, bandwidth);
        for (int rights = 1; rights <= 19; rights++)
        {
            float[] left = RandomPaths.ToFloat(RandomPaths.Uniform(rights, Lefts, 5, Channels)), right = RandomPaths.ToFloat(RandomPaths.Uniform(rights + 1, rights, 7, Channels));
            float[] cotangents = RandomPaths.ToFloat(RandomPaths.Uniform(rights + 2, 1, Lefts, rights)), expectedLeft = new float[left.Length], expectedRight = new float[right.Length];
            for (int pair = 0; pair < cotangents.Length; pair++)
            {
                int row = pair / rights * LeftLength, column = pair % rights * RightLength;
                PlainKernelGradient plain = Plain(left[row..(row + LeftLength)], right[column..(column + RightLength)], Channels, order, bandwidth);
                Add(plain.Left, cotangents[pair], expectedLeft.AsSpan(row, LeftLength));
                Add(plain.Right, cotangents[pair], expectedRight.AsSpan(column, RightLength));
            }
            foreach (int threads in new[] { 1, 2, 5 })
            {
                float[] ofLeft = new float[left.Length], ofRight = new float[right.Length];
                kernel.GramBackward<float>(left, right, Lefts, rights, cotangents, ofLeft, ofRight, threads);
                Assert.Equal(expectedLeft, ofLeft);
                Assert.Equal(expectedRight, ofRight);
            }
        }

        static void Add(double[] share, float factor, Span<float> sum)
        {
            for (int index = 0; index < share.Length; index++)
                sum[index] += factor * (float)share[index];
        }
    }

    [Theory]
    [InlineData(64, 0, 100, 8)]
    [InlineData(64, 0, 4, 4)]
    [InlineData(64, 0, 3, 4)]
    [InlineData(64, 0, 2, 2)]
    [InlineData(64, 0, 1, 2)]
    [InlineData(1500, 0, 100, 2)]
    [InlineData(1500, 0, 1, 2)]
    [InlineData(1200, 0, 100, 4)]
    [InlineData(100_000, 3, 100, 2)]
    public void Few_pairs_and_large_ones_take_narrow_registers(int points, int order, int count, int width) =>
        Assert.Equal(width, new PathPairs<float> { LeftPoints = points, RightPoints = points, Channels = 3, Order = order }.GradientWidth(count, widest: 8));

    private static void CompareWidths<T>(double[] left, double[] right, int count, int channels, int order, double? bandwidth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] x = [.. left.Select(T.CreateTruncating)], y = [.. right.Select(T.CreateTruncating)];
        if (count <= 2)
            Compare<Lanes128<double>, Vector128<double>, T>(x, y, count, channels, order, bandwidth);
        if (count <= 4)
            Compare<Lanes256<double>, Vector256<double>, T>(x, y, count, channels, order, bandwidth);
        Compare<Lanes512<double>, Vector512<double>, T>(x, y, count, channels, order, bandwidth);
    }

    private static unsafe void Compare<TLanes, TVector, T>(T[] left, T[] right, int count, int channels, int order, double? bandwidth)
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = right.Length / count;
        fixed (T* x = left, y = right)
        {
            PathPairs<T> pairs = new()
            {
                Left = x, Right = y, LeftPoints = left.Length / channels, RightPoints = length / channels, RightBatch = count, Channels = channels, Order = order, Decay = Decay(bandwidth),
            };
            // What memory held before is nothing to the gradients.
            double[] room = new double[(int)pairs.GradientNumbers(TLanes.Width)];
            Array.Fill(room, double.NaN);
            fixed (double* memory = room)
            {
                KernelGradient<TLanes, TVector, T> gradient = new(pairs, memory);
                gradient.Compute(0, 0, count);
                for (int lane = 0; lane < count; lane++)
                {
                    PlainKernelGradient plain = Plain(left, right[(lane * length)..((lane + 1) * length)], channels, order, bandwidth);
                    T[] ofLeft = new T[left.Length], ofRight = new T[length];
                    fixed (T* toLeft = ofLeft, toRight = ofRight)
                    {
                        gradient.CopyLeft(lane, toLeft);
                        gradient.AddRight(lane, toRight, T.One);
                    }
                    Assert.Equal(T.CreateTruncating(plain.Value), gradient.Value(lane));
                    Assert.Equal(plain.Left.Select(T.CreateTruncating), ofLeft);
                    Assert.Equal(plain.Right.Select(T.CreateTruncating), ofRight);
                }
            }
        }
    }

    private static PlainKernelGradient Plain<T>(T[] left, T[] right, int channels, int order, double? bandwidth)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new([.. left.Select(value => double.CreateTruncating(value))], [.. right.Select(value => double.CreateTruncating(value))], channels, order, Decay(bandwidth));

    private static double Decay(double? bandwidth) => bandwidth is double width ? 0.5 / (width * width) : 0;
}
