using System.Numerics;
using System.Runtime.Intrinsics;
using ImageSig.Signature;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Signature;

/// <summary>The lane kernels against their slow twin, the plain algebra: bit for bit, at every vector width.</summary>
public class SignatureLanesTests
{
    public static TheoryData<int, int, int> Shapes { get; } = MakeShapes();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Lanes_of_every_width_give_the_twins_bits(int channels, int depth, int length)
    {
        Compare(channels, depth, length, RandomPaths.Uniform(channels + depth, 19, length, channels));
        Compare(channels, depth, length, RandomPaths.ToFloat(RandomPaths.Uniform(channels + depth, 35, length, channels)));
    }

    [Fact]
    public void Every_length_gives_the_twins_bits()
    {
        for (int length = 1; length <= 256; length++)
            Compare(3, 3, length, RandomPaths.ToFloat(RandomPaths.Uniform(length, 17, length, 3)));
    }

    [Fact]
    public void A_NaN_stays_in_its_own_path()
    {
        const int Length = 20;
        var transform = new SignatureTransform(3, 4);
        int features = transform.Layout.Length;
        double[] paths = RandomPaths.Uniform(1, 32, Length, 3), clean = new double[32 * features], spoilt = new double[32 * features];
        transform.Forward<double>(paths, 32, Length, clean);
        paths[5 * Length * 3 + 17] = double.NaN;
        transform.Forward<double>(paths, 32, Length, spoilt);
        for (int path = 0; path < 32; path++)
            if (path == 5)
                Assert.Contains(double.NaN, spoilt[(path * features)..((path + 1) * features)]);
            else
                Assert.Equal(clean[(path * features)..((path + 1) * features)], spoilt[(path * features)..((path + 1) * features)]);
    }

    [Theory]
    [InlineData(1, 3, 4)]
    [InlineData(40, 3, 4)]
    [InlineData(3, 5, 5)]
    [InlineData(17, 12, 2)]
    public void A_last_point_that_is_repeated_changes_no_bit(int batch, int channels, int depth)
    {
        float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(1, batch, 20, channels));
        float[] padded = [.. Enumerable.Range(0, batch * 33 * channels).Select(index => paths[(index / (33 * channels) * 20 + Math.Min(index / channels % 33, 19)) * channels + index % channels])];
        SignatureTransform signature = new(channels, depth);
        LogSignatureTransform logarithm = new(channels, depth, LogSignatureBasis.Words);
        float[] expected = new float[batch * signature.Layout.Length], actual = new float[expected.Length], expectedLog = new float[batch * logarithm.Length], actualLog = new float[expectedLog.Length];
        signature.Forward<float>(paths, batch, 20, expected);
        signature.Forward<float>(padded, batch, 33, actual);
        Assert.Equal(expected, actual);
        logarithm.Forward<float>(paths, batch, 20, expectedLog);
        logarithm.Forward<float>(padded, batch, 33, actualLog);
        Assert.Equal(expectedLog, actualLog);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        foreach ((int batch, int channels, int depth) in new[] { (70, 3, 4), (3, 5, 5), (1, 4, 6) })
        {
            var transform = new SignatureTransform(channels, depth);
            float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(batch, batch, 50, channels));
            var one = new float[batch * transform.Layout.Length];
            transform.Forward<float>(paths, batch, 50, default, one);
            foreach (int threads in new[] { 2, 3, 8 })
            {
                var several = new float[one.Length];
                transform.Forward<float>(paths, batch, 50, default, several, threads);
                Assert.Equal(one, several);
            }
        }
    }

    private static unsafe void Compare<T>(int channels, int depth, int length, T[] paths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layout = new SignatureLayout(channels, depth);
        int batch = paths.Length / (length * channels);
        T[] expected = new T[batch * layout.Length], actual = new T[batch * layout.Length];
        T[] points = paths[..(batch * channels)], initial = new T[expected.Length];
        fixed (T* path = paths, point = points, start = initial, wanted = expected, found = actual)
            foreach (int setting in Enumerable.Range(0, 3))
            {
                ForwardRequest<T> request = new()
                {
                    Layout = layout,
                    Paths = path,
                    Batch = batch,
                    Length = length,
                    ZeroPoint = setting == 1,
                    Points = setting == 2 ? point : null,
                    Initial = setting == 2 ? start : null,
                    Result = wanted,
                };
                ScalarSignature.Forward(request);
                request.Result = found;
                Same(() => new SignatureDispatch<ForwardRequest<T>, T>(request, 1).Run<Lanes128<T>, Vector128<T>>());
                Same(() => new SignatureDispatch<ForwardRequest<T>, T>(request, 1).Run<Lanes256<T>, Vector256<T>>());
                Same(() => new SignatureDispatch<ForwardRequest<T>, T>(request, 1).Run<Lanes512<T>, Vector512<T>>());
                expected.CopyTo(initial, 0);
            }

        void Same(Action run)
        {
            Array.Fill(actual, T.NaN);
            run();
            Assert.Equal(expected, actual);
        }
    }

    private static TheoryData<int, int, int> MakeShapes()
    {
        TheoryData<int, int, int> shapes = [];
        foreach ((int channels, int depth) in new[]
        {
            (1, 1), (1, 2), (1, 7), (2, 1), (2, 2), (2, 3), (2, 5), (2, 9), (3, 1), (3, 2), (3, 3), (3, 4), (3, 5), (3, 6), (4, 2), (4, 3),
            (4, 5), (5, 2), (5, 4), (6, 3), (7, 3), (8, 2), (8, 4), (9, 3), (13, 2), (16, 3), (17, 2), (33, 2), (40, 1),
        })
            foreach (int length in new[] { 1, 2, 3, 41 })
                shapes.Add(channels, depth, length);
        shapes.Add(3, 4, 700);
        shapes.Add(4, 4, 300);
        return shapes;
    }
}
