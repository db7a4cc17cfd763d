using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Falls to zero along half a cosine.</summary>
public sealed record CosineSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(SchedulePoint point) => 0.5 * (1 + ScalarMath.CosPi(Math.Min(1, point.Done / Math.Max(1, point.Steps))));
}
