using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>Falls when the loss no longer does: the validation loss, or without validation that of training.</summary>
/// <param name="Patience">Epochs without a better loss that are let pass before a fall, at least 0.</param>
/// <param name="Fall">What the rate is multiplied with at each fall, in (0, 1].</param>
/// <param name="Min">The factor stays at or above this.</param>
/// <remarks>A loss is better if it is below the best so far by more than one part in 10,000, as in PyTorch's ReduceLROnPlateau.</remarks>
public sealed record PlateauSchedule(int Patience = 5, float Fall = 0.1f, float Min = 0) : LearningRateSchedule
{
    private const double Threshold = 1e-4;

    /// <inheritdoc/>
    public override double Factor(SchedulePoint point)
    {
        double factor = 1;
        double best = double.PositiveInfinity;
        int waited = 0;
        foreach (EpochRecord epoch in point.History)
        {
            double loss = epoch.ValidationLoss ?? epoch.TrainLoss;
            if (loss < best * (1 - Threshold))
                (best, waited) = (loss, 0);
            else
                waited++;
            if (waited <= Patience)
                continue;
            factor = Math.Max(factor * Fall, Min);
            waited = 0;
        }
        return factor;
    }

    internal override void Check()
    {
        if (Patience < 0)
            throw new SettingException($"Plateau schedule: the patience is {Patience} epochs; it must be at least 0.");
        if (!(Fall > 0 && Fall <= 1))
            throw new SettingException($"Plateau schedule: the fall is to {Fall} of the rate; it must be above 0 and at most 1.");
        if (!(Min >= 0 && Min <= 1))
            throw new SettingException($"Plateau schedule: the least factor is {Min}; it must be 0 to 1.");
    }
}
