namespace ImageSig.NN;

/// <summary>Always 1.</summary>
public sealed record ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(SchedulePoint point) => 1;
}
