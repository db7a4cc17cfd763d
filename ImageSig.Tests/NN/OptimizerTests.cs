using ImageSig.NN;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.NN;

/// <summary>The optimizers against their published update rules, written out in double.</summary>
public sealed class OptimizerTests
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
            optimizer.Begin(rate);
            optimizer.Apply(0, weights, gradients);
        }
        for (int i = 0; i < length; i++)
            Assert.Equal(expected[i], weights[i], 1e-6);
    }

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(0.9f, 0f)]
    [InlineData(0.9f, 0.1f)]
    public void A_hundred_steps_of_descent_with_momentum_follow_the_published_rule(float momentum, float decay)
    {
        const int length = 77;
        const double rate = 0.01;
        float[] weights = Tensors.Numbers.Uniform(length, 1);
        double[] expected = [.. weights.Select(weight => (double)weight)];
        double[] velocity = new double[length];
        SgdOptimizer optimizer = new(length, momentum, decay);
        for (int step = 1; step <= 100; step++)
        {
            float[] gradients = Tensors.Numbers.Uniform(length, (uint)(100 + step), scale: 0.2f);
            for (int i = 0; i < length; i++)
            {
                velocity[i] = momentum * velocity[i] + gradients[i] + decay * expected[i];
                expected[i] -= rate * velocity[i];
            }
            optimizer.Begin(rate);
            optimizer.Apply(0, weights, gradients);
        }
        for (int i = 0; i < length; i++)
            Assert.Equal(expected[i], weights[i], 1e-6);
    }

    [Fact]
    public void Descent_and_running_averages_have_the_bits_of_the_plain_loop_at_every_length()
    {
        for (int length = 0; length <= 256; length++)
        {
            float[] w = Tensors.Numbers.Uniform(length, 1);
            float[] g = Tensors.Numbers.Uniform(length, 2);
            float[] v = Tensors.Numbers.Uniform(length, 3);
            float[] average = [.. w];
            float[] speeds = new float[length];
            float[] expected = new float[length];
            float[] followed = new float[length];
            for (int i = 0; i < length; i++)
            {
                speeds[i] = MathF.FusedMultiplyAdd(0.9f, v[i], MathF.FusedMultiplyAdd(0.02f, w[i], g[i]));
                expected[i] = MathF.FusedMultiplyAdd(-0.01f, speeds[i], w[i]);
                followed[i] = MathF.FusedMultiplyAdd(0.3f, g[i] - w[i], w[i]);
            }
            MomentumKernel.Update(w, g, v, 0.01f, 0.9f, 0.02f);
            FollowKernel.Follow(average, g, 0.3f);
            Assert.Equal(expected, w);
            Assert.Equal(speeds, v);
            Assert.Equal(followed, average);
        }
    }

    [Fact]
    public void Clipping_shortens_a_long_gradient_to_the_limit_and_leaves_a_short_one()
    {
        float[] gradient = Tensors.Numbers.Uniform(5000, 1);
        float[] before = [.. gradient];
        double norm = Math.Sqrt(before.Sum(slope => (double)slope * slope));
        Assert.Equal(norm, GradientClipping.Clip(gradient, 1.5f), 1e-4);
        for (int i = 0; i < gradient.Length; i++)
            Assert.Equal(before[i] * 1.5 / norm, gradient[i], 1e-6);
        float[] shortened = [.. gradient];
        GradientClipping.Clip(gradient, 2f);
        Assert.Equal(shortened, gradient);
        Assert.Equal(0, GradientClipping.Clip([], 1));
    }

    [Theory]
    [InlineData(1e18f)]
    [InlineData(2e19f)]
    [InlineData(3e38f)]
    public void Clipping_keeps_the_direction_of_a_gradient_whose_squares_are_beyond_float(float slope)
    {
        float[] gradient = [.. Enumerable.Repeat(slope, 1600)];
        Assert.Equal(1, GradientClipping.Clip(gradient, 2) / (40.0 * slope), 1e-6);
        Assert.All(gradient, value => Assert.Equal(0.05, value, 1e-6));
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
        one.Begin(0.001);
        one.Apply(0, whole, gradients);
        other.Begin(0.001);
        for (int start = 0, size = 1; start < length; start += size, size++)
        {
            int count = Math.Min(size, length - start);
            other.Apply(start, parts.AsSpan(start, count), gradients.AsSpan(start, count));
        }
        Assert.Equal(whole, parts);
    }
}
