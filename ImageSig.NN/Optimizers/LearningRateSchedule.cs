using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>How far a training is, for its learning rate.</summary>
/// <param name="Done">Optimizer steps done behind the warm-up, which need not be a whole number of steps.</param>
/// <param name="Steps">All optimizer steps behind the warm-up.</param>
/// <param name="History">One record of each epoch that is done.</param>
public readonly record struct SchedulePoint(double Done, double Steps, IReadOnlyList<EpochRecord> History);

/// <summary>A factor of the learning rate that depends on how far training is: plain data. It is a function of the point alone, so that a
/// resumed training goes on as if nothing had happened.</summary>
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>The factor of the next step, 0 to 1.</summary>
    public abstract double Factor(SchedulePoint point);

    /// <summary>Checks the settings.</summary>
    /// <exception cref="SettingException">One is out of range.</exception>
    internal virtual void Check()
    {
    }
}
