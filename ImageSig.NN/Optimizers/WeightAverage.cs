using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>The exponential moving average of a block of weights: steadier than the last step's.</summary>
/// <remarks>Source: Polyak &amp; Juditsky, "Acceleration of stochastic approximation by averaging", 1992; the rising decay of the first
/// steps is that of TensorFlow's ExponentialMovingAverage.</remarks>
internal sealed class WeightAverage(ReadOnlySpan<float> weights, float decay)
{
    /// <summary>Under this name it is kept in a checkpoint.</summary>
    public const string Name = "average";

    /// <summary>[length of the block].</summary>
    public float[] Values { get; } = weights.ToArray();

    /// <summary>Takes in the weights from <paramref name="start"/> on, after step number <paramref name="step"/>, from 1.</summary>
    public void Follow(int start, ReadOnlySpan<float> weights, long step)
    {
        double kept = Math.Min(decay, (1.0 + step) / (10.0 + step));
        FollowKernel.Follow(Values.AsSpan(start, weights.Length), weights, (float)(1 - kept));
    }

    /// <summary>Exchanges the average with <paramref name="weights"/>.</summary>
    public void Swap(Span<float> weights)
    {
        for (int i = 0; i < Values.Length; i++)
            (Values[i], weights[i]) = (weights[i], Values[i]);
    }
}
