using System.Numerics;
using System.Runtime.Intrinsics;
using FsCheck.Xunit;
using ImageSig.Signature;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors.Kernels;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Signature;

[Properties(Arbitrary = [typeof(PathShape)])]
public class GradientTests
{
    [SharedFact("golden")]
    public void Gradients_of_signatures_equal_those_of_other_libraries()
    {
        foreach (GoldenCase golden in GoldenArrays.With("sig_grad"))
        {
            var transform = new SignatureTransform(golden.Channels, golden.Depth);
            double[] expected = golden["sig_grad"], actual = new double[expected.Length];
            transform.Backward<double>(golden["path"], golden.Batch, golden.Length, golden["sig_cot"], actual);
            GoldenArrays.AssertClose($"{golden} sig_grad", expected, actual, 1e-10, golden.Length * golden.Channels);
        }
        foreach (GoldenCase golden in GoldenArrays.With("sig_stream_grad"))
        {
            var transform = new SignatureTransform(golden.Channels, golden.Depth);
            double[] expected = golden["sig_stream_grad"], actual = new double[expected.Length];
            transform.StreamBackward(golden["path"], golden.Batch, golden.Length, default, golden["sig_stream_cot"], new PathGradients<double> { Paths = actual });
            GoldenArrays.AssertClose($"{golden} sig_stream_grad", expected, actual, 1e-10, golden.Length * golden.Channels);
        }
    }

    [SharedFact("golden")]
    public void Gradients_of_log_signatures_equal_those_of_other_libraries()
    {
        foreach ((LogSignatureBasis basis, string array) in new[]
        {
            (LogSignatureBasis.Expanded, "logsig_expand"), (LogSignatureBasis.Words, "logsig_words"), (LogSignatureBasis.Brackets, "logsig_brackets"),
        })
            foreach (GoldenCase golden in GoldenArrays.With(array + "_grad"))
            {
                var transform = new LogSignatureTransform(golden.Channels, golden.Depth, basis);
                double[] expected = golden[array + "_grad"], actual = new double[expected.Length];
                transform.Backward<double>(golden["path"], golden.Batch, golden.Length, golden[array + "_cot"], actual);
                GoldenArrays.AssertClose($"{golden} {array}_grad", expected, actual, 1e-10, golden.Length * golden.Channels);
            }
    }

    [Property]
    public bool Gradients_equal_finite_differences_in_paths_points_and_earlier_signatures(PathShape shape)
    {
        int kind = shape.Seed % 4;
        bool stream = shape.Seed % 8 > 3;
        var options = new SignatureOptions { Inverse = shape.Seed % 3 == 0, Basepoint = kind == 1 };
        var signature = new SignatureTransform(shape.Channels, shape.Depth, options);
        var logarithm = new LogSignatureTransform(shape.Channels, shape.Depth, (LogSignatureBasis)(shape.Seed % 5 % 3), options);
        bool log = shape.Seed % 5 < 3;
        double[] path = shape.Path(), point = RandomPaths.Uniform(shape.Seed + 1, 1, 1, shape.Channels);
        double[] earlier = shape.SignatureOf(RandomPaths.Uniform(shape.Seed + 2, 1, 4, shape.Channels));
        int rows = stream ? shape.Points - 1 + (kind == 0 ? 0 : 1) : 1, columns = log ? logarithm.Length : shape.Layout.Length;
        double[] cotangent = RandomPaths.Uniform(shape.Seed + 3, 1, rows, columns);

        double[] pathGradient = new double[path.Length], pointGradient = new double[point.Length], earlierGradient = new double[earlier.Length];
        var gradients = new PathGradients<double> { Paths = pathGradient, Points = kind >= 2 ? pointGradient : [], Signatures = kind == 3 ? earlierGradient : [] };
        if (log && stream)
            logarithm.StreamBackward(path, 1, shape.Points, Start(), cotangent, gradients);
        else if (log)
            logarithm.Backward(path, 1, shape.Points, Start(), cotangent, gradients);
        else if (stream)
            signature.StreamBackward(path, 1, shape.Points, Start(), cotangent, gradients);
        else
            signature.Backward(path, 1, shape.Points, Start(), cotangent, gradients);
        return Check(path, pathGradient) && (kind < 2 || Check(point, pointGradient)) && (kind < 3 || Check(earlier, earlierGradient));

        PathStart<double> Start() => kind switch
        {
            2 => PathStart.At<double>(point),
            3 => PathStart.After<double>(earlier, point),
            _ => default,
        };

        double Value()
        {
            var result = new double[rows * columns];
            if (log && stream)
                logarithm.Stream(path, 1, shape.Points, Start(), result);
            else if (log)
                logarithm.Forward(path, 1, shape.Points, Start(), result);
            else if (stream)
                signature.Stream(path, 1, shape.Points, Start(), result);
            else
                signature.Forward(path, 1, shape.Points, Start(), result);
            return result.Zip(cotangent, (value, weight) => value * weight).Sum();
        }

        // One random direction: central differences, error h² and rounding/h.
        bool Check(double[] input, double[] gradient)
        {
            const double Step = 1e-5;
            double[] direction = RandomPaths.Uniform(shape.Seed + 4, 1, 1, input.Length), saved = [.. input];
            Move(Step);
            double up = Value();
            Move(-Step);
            double down = Value();
            saved.CopyTo(input, 0);
            double expected = (up - down) / (2 * Step), actual = direction.Zip(gradient, (d, g) => d * g).Sum();
            double scale = 1 + gradient.Sum(Math.Abs);
            return Math.Abs(expected - actual) < 1e-6 * scale;

            void Move(double step)
            {
                for (int index = 0; index < input.Length; index++)
                    input[index] = saved[index] + step * direction[index];
            }
        }
    }

    [Property]
    public bool The_gradients_of_a_product_are_those_of_a_bilinear_map(PathShape shape)
    {
        const int Batch = 2;
        var transform = new SignatureTransform(shape.Channels, shape.Depth);
        int features = transform.Layout.Length;
        double[][] random = [.. Enumerable.Range(0, 5).Select(index => RandomPaths.Uniform(shape.Seed + index, Batch, 1, features))];
        double[] left = random[0], right = random[1], cotangents = random[2], leftGradients = new double[left.Length], rightGradients = new double[left.Length];
        transform.CombineBackward<double>(left, right, Batch, cotangents, leftGradients, rightGradients);
        // Moved in one factor, the product moves by exactly the gradient's share.
        return Near(Value(Sum(left, random[3]), right) - Value(left, right), Dot(leftGradients, random[3]))
            && Near(Value(left, Sum(right, random[4])) - Value(left, right), Dot(rightGradients, random[4]));

        double Value(double[] earlier, double[] later)
        {
            var product = new double[earlier.Length];
            transform.Combine<double>(earlier, later, Batch, product);
            return Dot(product, cotangents);
        }

        bool Near(double a, double b) => Math.Abs(a - b) < 1e-11 * (1 + cotangents.Length);
    }

    [Property]
    public bool The_gradient_of_the_logarithm_of_a_signature_equals_finite_differences(PathShape shape)
    {
        const int Batch = 3;
        const double Step = 1e-5;
        var options = new SignatureOptions { Inverse = shape.Seed % 2 == 0, Basepoint = shape.Seed % 3 == 0 };
        var transform = new LogSignatureTransform(shape.Channels, shape.Depth, (LogSignatureBasis)(shape.Seed % 5 % 3), options);
        double[] signatures = RandomPaths.Uniform(shape.Seed, Batch, 1, shape.Layout.Length), direction = RandomPaths.Uniform(shape.Seed + 1, Batch, 1, shape.Layout.Length);
        double[] cotangents = RandomPaths.Uniform(shape.Seed + 2, Batch, 1, transform.Length), gradients = new double[signatures.Length];
        transform.FromSignaturesBackward<double>(signatures, Batch, cotangents, gradients);
        double expected = (Value(Step) - Value(-Step)) / (2 * Step);
        return Math.Abs(expected - Dot(gradients, direction)) < 1e-6 * (1 + gradients.Sum(Math.Abs));

        double Value(double step)
        {
            var result = new double[cotangents.Length];
            transform.FromSignatures<double>(Sum(signatures, [.. direction.Select(value => step * value)]), Batch, result);
            return Dot(result, cotangents);
        }
    }

    [Property]
    public bool The_gradient_of_the_signature_of_a_log_signature_equals_finite_differences(PathShape shape)
    {
        const int Batch = 3;
        const double Step = 1e-5;
        var transform = new LogSignatureTransform(shape.Channels, shape.Depth, (LogSignatureBasis)(shape.Seed % 3));
        double[] logarithms = RandomPaths.Uniform(shape.Seed, Batch, 1, transform.Length), direction = RandomPaths.Uniform(shape.Seed + 1, Batch, 1, transform.Length);
        double[] cotangents = RandomPaths.Uniform(shape.Seed + 2, Batch, 1, shape.Layout.Length), gradients = new double[logarithms.Length];
        transform.ToSignaturesBackward<double>(logarithms, Batch, cotangents, gradients);
        double expected = (Value(Step) - Value(-Step)) / (2 * Step);
        return Math.Abs(expected - Dot(gradients, direction)) < 1e-6 * (1 + gradients.Sum(Math.Abs));

        double Value(double step)
        {
            var result = new double[cotangents.Length];
            transform.ToSignatures<double>(Sum(logarithms, [.. direction.Select(value => step * value)]), Batch, result);
            return Dot(result, cotangents);
        }
    }

    [Property]
    public bool There_and_back_the_gradient_of_a_log_signature_is_what_it_was(PathShape shape)
    {
        const int Batch = 2;
        var transform = new LogSignatureTransform(shape.Channels, shape.Depth, (LogSignatureBasis)(shape.Seed % 3));
        double[] logarithms = RandomPaths.Uniform(shape.Seed, Batch, 1, transform.Length), cotangents = RandomPaths.Uniform(shape.Seed + 1, Batch, 1, transform.Length);
        double[] signatures = new double[Batch * shape.Layout.Length], between = new double[signatures.Length], gradients = new double[cotangents.Length];
        transform.ToSignatures<double>(logarithms, Batch, signatures);
        transform.FromSignaturesBackward<double>(signatures, Batch, cotangents, between);
        transform.ToSignaturesBackward<double>(logarithms, Batch, between, gradients);
        double scale = 1 + between.Sum(Math.Abs);
        return cotangents.Zip(gradients).All(pair => Math.Abs(pair.First - pair.Second) < 1e-11 * scale);
    }

    private static double[] Sum(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];

    private static double Dot(double[] left, double[] right) => left.Zip(right, (a, b) => a * b).Sum();

    [Theory]
    [InlineData(1, 1, 5)]
    [InlineData(1, 4, 9)]
    [InlineData(2, 3, 40)]
    [InlineData(3, 1, 7)]
    [InlineData(3, 2, 64)]
    [InlineData(3, 4, 64)]
    [InlineData(4, 4, 130)]
    [InlineData(5, 3, 1)]
    [InlineData(6, 2, 300)]
    [InlineData(8, 3, 12)]
    [InlineData(13, 2, 3)]
    public void Lanes_of_every_width_give_the_same_gradient_bits(int channels, int depth, int length)
    {
        Compare(channels, depth, length, null, RandomPaths.ToFloat(RandomPaths.Uniform(depth, 19, length, channels)));
        var plan = new LogPlan(new SignatureLayout(channels, depth), new LyndonBasis(new SignatureLayout(channels, depth)), brackets: true);
        Compare(channels, depth, length, plan, RandomPaths.Uniform(depth, 9, length, channels));
    }

    [Fact]
    public void Threads_do_not_change_a_gradients_bit()
    {
        var transform = new SignatureTransform(3, 4);
        float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(1, 50, 20, 3)), cotangents = RandomPaths.ToFloat(RandomPaths.Uniform(2, 50, 1, 120));
        float[] one = new float[paths.Length], three = new float[paths.Length];
        transform.Backward(paths, 50, 20, default, cotangents, new PathGradients<float> { Paths = one });
        transform.Backward(paths, 50, 20, default, cotangents, new PathGradients<float> { Paths = three }, threads: 3);
        Assert.Equal(one, three);
    }

    private static unsafe void Compare<T>(int channels, int depth, int length, LogPlan? log, T[] paths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var layout = new SignatureLayout(channels, depth);
        int batch = paths.Length / (length * channels), columns = log?.Length ?? layout.Length;
        T[] cotangents = [.. RandomPaths.Uniform(3, batch, 1, columns).Select(T.CreateTruncating)];
        T[] first = new T[paths.Length], other = new T[paths.Length];
        fixed (T* path = paths, cotangent = cotangents, one = first, two = other)
        {
            BackwardRequest<T> request = new()
            {
                Forward = new ForwardRequest<T> { Layout = layout, Paths = path, Batch = batch, Length = length, Log = log },
                Cotangents = cotangent,
                Paths = one,
            };
            new SignatureDispatch<BackwardRequest<T>, T>(request, 1).Run<Lanes128<T>, Vector128<T>>();
            request.Paths = two;
            new SignatureDispatch<BackwardRequest<T>, T>(request, 1).Run<Lanes256<T>, Vector256<T>>();
            Assert.Equal(first, other);
            new SignatureDispatch<BackwardRequest<T>, T>(request, 1).Run<Lanes512<T>, Vector512<T>>();
            Assert.Equal(first, other);
        }
    }
}
