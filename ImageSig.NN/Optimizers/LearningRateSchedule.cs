using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>A factor of the learning rate that depends on the step: plain data.</summary>
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>The factor at the step after <paramref name="done"/> of <paramref name="steps"/>, 0 to 1.</summary>
    public abstract double Factor(long done, long steps);
}

/// <summary>Always 1.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long done, long steps) => 1;
}

/// <summary>Rises in a straight line over the warm-up, then falls to zero along half a cosine.</summary>
/// <param name="WarmUp">Share of all steps for the rise, in [0, 1).</param>
public sealed record CosineSchedule(float WarmUp = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long done, long steps)
    {
        double warm = WarmUp * (double)steps;
        if (done < warm)
            return (done + 1) / (Math.Floor(warm) + 1);
        double progress = (done - warm) / Math.Max(1, steps - warm);
        return 0.5 * (1 + ScalarMath.CosPi(Math.Min(1, progress)));
    }
}
