using System.Globalization;
using System.Numerics;
using ImageSig.Signature;

namespace ImageSig.SelfTest;

/// <summary>Signatures of drawn paths: held to Chen's identity, to the way back from the logarithm, and gradients to finite differences.</summary>
internal static class SignatureSelfTest
{
    private const int Batch = 19, Length = 24, Channels = 3, Depth = 4;

    /// <summary>In float and double: a path's signature is the product of those of its two halves.</summary>
    public static SelfTestPart Signatures()
    {
        Digest digest = new();
        double error = Math.Max(Split<float>(ref digest) / 1e-4, Split<double>(ref digest) / 1e-12);
        return Part("signatures", "Chen's identity", error, digest);
    }

    /// <summary>From the logarithm in Lyndon words back to the signature.</summary>
    public static SelfTestPart LogSignatures()
    {
        SignatureTransform transform = new(Channels, Depth);
        LogSignatureTransform logarithm = new(Channels, Depth, LogSignatureBasis.Words);
        float[] paths = SelfTests.Draw<float>(Batch * Length * Channels, purpose: 1);
        float[] signatures = new float[Batch * transform.Layout.Length], back = new float[signatures.Length], logs = new float[Batch * logarithm.Length];
        transform.Forward<float>(paths, Batch, Length, signatures);
        logarithm.Forward<float>(paths, Batch, Length, logs);
        logarithm.ToSignatures<float>(logs, Batch, back);
        Digest digest = new();
        digest.Add<float>(logs);
        return Part("log-signatures", "back to signatures", Difference<float>(signatures, back) / 1e-3, digest);
    }

    /// <summary>The gradient of a weighted sum of terms, in double, beside central differences along random directions.</summary>
    public static SelfTestPart Gradients()
    {
        const double Step = 1e-5;
        SignatureTransform transform = new(Channels, Depth);
        double[] path = SelfTests.Draw<double>(Length * Channels, purpose: 2), weights = SelfTests.Draw<double>(transform.Layout.Length, purpose: 3);
        double[] direction = SelfTests.Draw<double>(path.Length, purpose: 4), gradient = new double[path.Length];
        transform.Backward<double>(path, 1, Length, weights, gradient);
        double expected = (Sum(Step) - Sum(-Step)) / (2 * Step);
        double actual = Dot(gradient, direction);

        float[] paths = SelfTests.Draw<float>(Batch * Length * Channels, purpose: 1), gradients = new float[paths.Length];
        transform.Backward<float>(paths, Batch, Length, SelfTests.Draw<float>(Batch * transform.Layout.Length, purpose: 5), gradients);
        Digest digest = new();
        digest.Add<double>(gradient);
        digest.Add<float>(gradients);
        return Part("gradients", "finite differences", Math.Abs(expected - actual) / Math.Max(1, Math.Abs(expected)) / 1e-6, digest);

        double Sum(double step)
        {
            double[] moved = [.. path.Zip(direction, (value, along) => value + (step * along))], signature = new double[weights.Length];
            transform.Forward<double>(moved, 1, Length, signature);
            return Dot(signature, weights);
        }
    }

    private static double Split<T>(ref Digest digest)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Half = Length / 2;
        SignatureTransform transform = new(Channels, Depth);
        T[] paths = SelfTests.Draw<T>(Batch * Length * Channels, purpose: 1);
        int terms = transform.Layout.Length;
        T[] whole = new T[Batch * terms], first = new T[whole.Length], second = new T[whole.Length], product = new T[whole.Length];
        transform.Forward<T>(paths, Batch, Length, whole);
        for (int i = 0; i < Batch; i++)
        {
            ReadOnlySpan<T> path = paths.AsSpan(i * Length * Channels, Length * Channels);
            // The two halves share a point.
            transform.Forward<T>(path[..((Half + 1) * Channels)], 1, Half + 1, first.AsSpan(i * terms, terms));
            transform.Forward<T>(path[(Half * Channels)..], 1, Length - Half, second.AsSpan(i * terms, terms));
        }
        transform.Combine<T>(first, second, Batch, product);
        digest.Add<T>(whole);
        digest.Add<T>(product);
        return Difference<T>(whole, product);
    }

    /// <summary>The largest difference, relative to the larger of 1 and the number.</summary>
    private static double Difference<T>(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double largest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double number = double.CreateTruncating(expected[i]);
            double difference = Math.Abs(number - double.CreateTruncating(actual[i])) / Math.Max(1, Math.Abs(number));
            largest = double.IsNaN(difference) ? double.PositiveInfinity : Math.Max(largest, difference);
        }
        return largest;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }

    /// <param name="name">What was tried.</param>
    /// <param name="law">What it was held to.</param>
    /// <param name="error">The error as a multiple of what rounding may cause.</param>
    /// <param name="digest">The bits.</param>
    private static SelfTestPart Part(string name, string law, double error, Digest digest) => error <= 1
        ? new(name, law, true, digest.Value)
        : new(name, string.Create(CultureInfo.InvariantCulture, $"{law}: an error {error:G3} times that of rounding"), false, digest.Value);
}
