using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>Falls by a fixed factor after every so many epochs.</summary>
/// <param name="Epochs">Epochs between two falls, at least 1.</param>
/// <param name="Fall">What the rate is multiplied with at each fall, in (0, 1].</param>
public sealed record StepSchedule(int Epochs, float Fall = 0.1f) : LearningRateSchedule
{
    /// <inheritdoc/>
    /// <exception cref="SettingException">There is no epoch between two falls, or the fall is out of range.</exception>
    public override double Factor(SchedulePoint point)
    {
        Check();
        double factor = 1;
        for (int done = Epochs; done <= point.History.Count; done += Epochs)
            factor *= Fall;
        return factor;
    }

    internal override void Check()
    {
        if (Epochs < 1)
            throw new SettingException($"Step schedule: {Epochs} epochs between two falls; at least 1 is needed.");
        if (!(Fall > 0 && Fall <= 1))
            throw new SettingException($"Step schedule: the fall is to {Fall} of the rate; it must be above 0 and at most 1.");
    }
}
