using ImageSig.Signature;
using ImageSig.Tests.Support;
using static ImageSig.Tests.Signature.HardPathTests;

namespace ImageSig.Tests.Signature;

/// <summary>float32 on the golden paths, within the bounds that docs/signatures.md derives.</summary>
public class SinglePrecisionTests
{
    [SharedFact("golden")]
    public void Signatures_stay_within_the_stated_bound()
    {
        foreach ((GoldenCase golden, float[] path) in Paths())
        {
            var transform = new SignatureTransform(golden.Channels, golden.Depth);
            double[] exact = RandomPaths.Signature(ToDouble(path), golden.Channels, golden.Depth), majorant = RandomPaths.Signature(Monotone(path, golden.Channels), golden.Channels, golden.Depth);
            float[] single = new float[exact.Length];
            transform.Forward<float>(path, 1, golden.Length, single);
            for (int index = 0; index < exact.Length; index++)
                AssertWithin(golden, exact[index], single[index], Gamma(golden.Length + 4 * transform.Layout.WordAt(index).Length) * majorant[index]);
        }
    }

    [SharedFact("golden")]
    public void Log_signatures_stay_within_the_stated_bound_in_every_basis()
    {
        foreach ((GoldenCase golden, float[] path) in Paths())
            foreach (LogSignatureBasis basis in Enum.GetValues<LogSignatureBasis>())
            {
                var transform = new LogSignatureTransform(golden.Channels, golden.Depth, basis);
                double[] exact = LogSignatureTests.LogSignature(ToDouble(path), golden.Channels, golden.Depth, basis), majorant = LogMajorant(path, transform);
                float[] single = new float[exact.Length];
                transform.Forward<float>(path, 1, golden.Length, single);
                for (int index = 0; index < exact.Length; index++)
                {
                    int more = basis == LogSignatureBasis.Brackets ? index : 0;
                    AssertWithin(golden, exact[index], single[index], Gamma(transform.WordAt(index).Length * (golden.Length + 8) + more) * majorant[index]);
                }
            }
    }

    [SharedFact("golden")]
    public void Gradients_stay_within_the_stated_bound()
    {
        foreach ((GoldenCase golden, float[] path) in Paths())
        {
            int channels = golden.Channels, steps = golden.Length - 1;
            var transform = new SignatureTransform(channels, golden.Depth);
            float[] cotangents = RandomPaths.ToFloat(golden["sig_cot"][..transform.Layout.Length]), single = new float[path.Length];
            double[] exact = new double[path.Length];
            transform.Backward<double>(ToDouble(path), 1, golden.Length, ToDouble(cotangents), exact);
            transform.Backward<float>(path, 1, golden.Length, cotangents, single);

            // There, back and there again in absolute steps: the third part's gradients are the majorant.
            double[] mono = Monotone(path, channels), journey = new double[(3 * steps + 1) * channels], gradients = new double[journey.Length];
            for (int step = 1; step <= 3 * steps; step++)
            {
                int of = step <= steps ? step : step <= 2 * steps ? 2 * steps - step + 1 : step - 2 * steps;
                for (int channel = 0; channel < channels; channel++)
                    journey[step * channels + channel] = journey[(step - 1) * channels + channel] + mono[of * channels + channel] - mono[(of - 1) * channels + channel];
            }
            transform.Backward<double>(journey, 1, 3 * steps + 1, [.. cotangents.Select(value => Math.Abs((double)value))], gradients);
            double gamma = Gamma(3 * golden.Length + 8 * golden.Depth + transform.Layout.Length);
            for (int channel = 0; channel < channels; channel++)
            {
                // A point's gradient is the difference of two steps'; a step's is the sum of those of the points after it.
                double later = 0;
                for (int point = steps; point >= 0; point--)
                {
                    double step = later + gradients[(2 * steps + point) * channels + channel];
                    double own = point == 0 ? 0 : step;
                    AssertWithin(golden, exact[point * channels + channel], single[point * channels + channel], gamma * (own + later));
                    later = step;
                }
            }
        }
    }

    /// <summary>The logarithm's series with every sign positive, of the monotone path; for brackets, through the triangular system with every sign positive.</summary>
    private static double[] LogMajorant(float[] path, LogSignatureTransform transform)
    {
        SignatureLayout layout = transform.Layout;
        double[] negated = [.. RandomPaths.Signature(Monotone(path, layout.Channels), layout.Channels, layout.Depth).Select(value => -value)], series = new double[negated.Length];
        TensorAlgebra.Log<double>(layout, negated, series);
        double[] majorant = [.. Enumerable.Range(0, transform.Length).Select(index => -series[layout.IndexOf(transform.WordAt(index))])];
        if (transform.Basis == LogSignatureBasis.Brackets)
        {
            (int Column, int Coefficient)[][] rows = new LyndonBasis(layout).Rows;
            for (int index = 0; index < rows.Length; index++)
                majorant[index] += rows[index].Sum(term => Math.Abs(term.Coefficient) * majorant[term.Column]);
        }
        return majorant;
    }

    /// <summary>The first path of every case, rounded to float32.</summary>
    private static IEnumerable<(GoldenCase Golden, float[] Path)> Paths()
    {
        foreach (GoldenCase golden in GoldenArrays.With("sig_cot"))
            yield return (golden, RandomPaths.ToFloat(golden["path"][..(golden.Length * golden.Channels)]));
    }

    private static void AssertWithin(GoldenCase golden, double exact, float actual, double bound) =>
        Assert.True(Math.Abs(actual - exact) <= bound, $"{golden}: {actual:R} is not within {bound:R} of {exact:R}");
}
