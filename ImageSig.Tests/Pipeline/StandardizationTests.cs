namespace ImageSig.Tests.Pipeline;

public class StandardizationTests
{
    private const int Count = 150, Streams = 3, Features = 5;

    [Fact]
    public void Features_get_mean_zero_and_variance_one_and_constants_stay()
    {
        float[][] samples = Samples();
        Standardization standardization = Measure(samples, threads: 2);
        foreach (float[] sample in samples)
            standardization.Apply(sample);
        for (int feature = 0; feature < Features; feature++)
        {
            double[] column = [.. samples.SelectMany(sample => Enumerable.Range(0, Streams).Select(s => (double)sample[(s * Features) + feature]))];
            double mean = column.Average(), variance = column.Average(x => (x - mean) * (x - mean));
            Assert.Equal(0, mean, 1e-5);
            Assert.Equal(feature == 2 ? 0 : 1, variance, 1e-5);
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        Standardization one = Measure(Samples(), threads: 1), three = Measure(Samples(), threads: 3);
        Assert.Equal(one.Mean, three.Mean);
        Assert.Equal(one.Scale, three.Scale);
    }

    private static Standardization Measure(float[][] samples, int threads) =>
        Standardization.Measure(samples.Length, Streams, Features, (index, sample) => samples[index].CopyTo(sample), threads, default);

    private static float[][] Samples()
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, Count).Select(_ => Enumerable.Range(0, Streams * Features)
            .Select(i => i % Features == 2 ? 7f : (float)(random.NextDouble() * Math.Pow(10, i % Features - 3)) + (i % Features)).ToArray())];
    }
}
