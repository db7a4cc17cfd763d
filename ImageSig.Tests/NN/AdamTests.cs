using ImageSig.NN;

namespace ImageSig.Tests.NN;

/// <summary>The optimizers against their published update rules, written out in double.</summary>
public sealed class AdamTests
{
    [Theory]
    [InlineData(OptimizerKind.Adam, 0f)]
    [InlineData(OptimizerKind.Adam, 0.1f)]
    [InlineData(OptimizerKind.AdamW, 0.1f)]
    public void A_hundred_steps_follow_the_published_rule(OptimizerKind kind, float decay)
    {
        const int length = 77;
        const double rate = 0.01;
        float[] weights = Tensors.Numbers.Uniform(length, 1);
        double[] expected = [.. weights.Select(weight => (double)weight)];
        double[] first = new double[length];
        double[] second = new double[length];
        AdamOptimizer optimizer = new(length, kind, decay);
        for (int step = 1; step <= 100; step++)
        {
            float[] gradients = Tensors.Numbers.Uniform(length, (uint)(100 + step));
            for (int i = 0; i < length; i++)
            {
                double gradient = gradients[i];
                if (kind == OptimizerKind.Adam)
                    gradient += decay * expected[i];
                else
                    expected[i] -= rate * decay * expected[i];
                first[i] = 0.9 * first[i] + 0.1 * gradient;
                second[i] = 0.999 * second[i] + 0.001 * gradient * gradient;
                double mean = first[i] / (1 - Math.Pow(0.9, step));
                double square = second[i] / (1 - Math.Pow(0.999, step));
                expected[i] -= rate * mean / (Math.Sqrt(square) + 1e-8);
            }
            optimizer.Apply(optimizer.Next(rate), 0, weights, gradients);
        }
        for (int i = 0; i < length; i++)
            Assert.Equal(expected[i], weights[i], 1e-6);
    }

    [Fact]
    public void Any_split_of_the_weights_gives_the_same_bits()
    {
        const int length = 256;
        float[] whole = Tensors.Numbers.Uniform(length, 1);
        float[] parts = [.. whole];
        float[] gradients = Tensors.Numbers.Uniform(length, 2);
        AdamOptimizer one = new(length, OptimizerKind.AdamW, 0.01f);
        AdamOptimizer other = new(length, OptimizerKind.AdamW, 0.01f);
        one.Apply(one.Next(0.001), 0, whole, gradients);
        var step = other.Next(0.001);
        for (int start = 0, size = 1; start < length; start += size, size++)
        {
            int count = Math.Min(size, length - start);
            other.Apply(step, start, parts.AsSpan(start, count), gradients.AsSpan(start, count));
        }
        Assert.Equal(whole, parts);
    }

    [Fact]
    public void A_cosine_schedule_rises_in_a_line_and_falls_to_zero()
    {
        CosineSchedule schedule = new(WarmUp: 0.1f);
        for (int done = 0; done < 10; done++)
            Assert.Equal((done + 1) / 11.0, schedule.Factor(done, 100), 1e-12);
        for (int done = 11; done <= 100; done++)
            Assert.Equal(0.5 * (1 + Math.Cos(Math.PI * (done - 10.000000149) / 89.999999851)), schedule.Factor(done, 100), 1e-9);
        Assert.Equal(1, new CosineSchedule().Factor(0, 100), 1e-12);
        Assert.Equal(1, new ConstantSchedule().Factor(99, 100));
    }
}
