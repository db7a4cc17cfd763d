using System.Numerics.Tensors;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Brings every feature to mean 0 and variance 1: <c>y = (x − mean) · scale</c>, one pair per feature, shared by all streams.</summary>
/// <param name="Mean">[F].</param>
/// <param name="Scale">[F], one over the standard deviation; 1 where a feature never varies.</param>
internal sealed record Standardization(float[] Mean, float[] Scale)
{
    private const int Shards = 64;

    /// <summary>Measures mean and deviation over the samples, in double precision.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="streams">S.</param>
    /// <param name="features">F.</param>
    /// <param name="copyTo">Writes sample i, [S, F]; called from several threads.</param>
    /// <param name="threads">Changes the time, never the result: sums are taken over a fixed number of shards and added in order.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static Standardization Measure(int count, int streams, int features, SampleReader copyTo, int threads, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copyTo);
        (double[] Sum, double[] Squares)[] shards = new (double[], double[])[Shards];
        ParallelLoop.For(Shards, threads, shard =>
        {
            double[] sum = new double[features], squares = new double[features];
            float[] sample = new float[streams * features];
            for (int index = (int)((long)count * shard / Shards); index < (long)count * (shard + 1) / Shards; index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                copyTo(index, sample);
                for (int i = 0; i < sample.Length; i++)
                {
                    int feature = i % features;
                    sum[feature] += sample[i];
                    squares[feature] += (double)sample[i] * sample[i];
                }
            }
            shards[shard] = (sum, squares);
        }, cancellationToken);

        double n = Math.Max(1.0, (double)count * streams);
        float[] mean = new float[features], scale = new float[features];
        for (int feature = 0; feature < features; feature++)
        {
            double average = shards.Sum(shard => shard.Sum[feature]) / n;
            double variance = (shards.Sum(shard => shard.Squares[feature]) / n) - (average * average);
            mean[feature] = (float)average;
            scale[feature] = variance > 1e-12 * average * average && variance > 1e-30 ? (float)(1 / Math.Sqrt(variance)) : 1;
        }
        return new Standardization(mean, scale);
    }

    /// <summary>Standardizes a sample in place.</summary>
    /// <param name="sample">[S, F].</param>
    public void Apply(Span<float> sample)
    {
        for (int start = 0; start < sample.Length; start += Mean.Length)
        {
            Span<float> stream = sample.Slice(start, Mean.Length);
            TensorPrimitives.Subtract(stream, Mean, stream);
            TensorPrimitives.Multiply(stream, Scale, stream);
        }
    }
}

/// <summary>Writes the features of sample <paramref name="index"/>, [S, F].</summary>
internal delegate void SampleReader(int index, Span<float> sample);
