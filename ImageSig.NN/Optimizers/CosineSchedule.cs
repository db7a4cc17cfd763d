using ImageSig.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Rises in a straight line over the warm-up, then falls to zero along half a cosine.</summary>
/// <param name="WarmUp">Share of all steps for the rise, in [0, 1).</param>
public sealed record CosineSchedule(float WarmUp = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(SchedulePoint point)
    {
        double warm = WarmUp * (double)point.Steps;
        if (point.Done < warm)
            return (point.Done + 1) / (Math.Floor(warm) + 1);
        double progress = (point.Done - warm) / Math.Max(1, point.Steps - warm);
        return 0.5 * (1 + ScalarMath.CosPi(Math.Min(1, progress)));
    }

    internal override void Validate()
    {
        if (!(WarmUp >= 0 && WarmUp < 1))
            throw new SettingException($"Cosine schedule: the warm-up is {WarmUp} of all steps; it must be at least 0 and below 1.");
    }
}
