using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>Learning-rate schedules against their formulas.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void Cosine_falls_to_zero()
    {
        for (int done = 0; done <= 100; done++)
            Assert.Equal(0.5 * (1 + Math.Cos(Math.PI * done / 100)), new CosineSchedule().Factor(new(done, 100, [])), 1e-9);
        Assert.Equal(1, new CosineSchedule().Factor(new(0, 100, [])), 1e-12);
        Assert.Equal(1, new ConstantSchedule().Factor(new(99, 100, [])));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.1f)]
    [InlineData(0.25f)]
    [InlineData(0.995f)]
    public void Warm_up_rises_in_a_line_and_hands_over_to_the_schedule(float share)
    {
        const int steps = 70;
        double warm = (double)share * steps;
        foreach (LearningRateSchedule schedule in (LearningRateSchedule[])[new ConstantSchedule(), new CosineSchedule()])
            for (int done = 0; done < steps; done++)
            {
                double expected = done < warm ? (done + 1) / (Math.Floor(warm) + 1)
                    : schedule is ConstantSchedule ? 1
                    : 0.5 * (1 + Math.Cos(Math.PI * (done - warm) / Math.Max(1, steps - warm)));
                TrainingOptions options = new() { Epochs = 1, BatchSize = 1, WarmUp = share, Schedule = schedule };
                Assert.Equal(expected, options.RateFactor(new(done, steps, [])), 1e-9);
            }
    }

    [Fact]
    public void Step_falls_after_every_so_many_epochs()
    {
        StepSchedule schedule = new(Epochs: 3, Fall: 0.5f);
        double[] factors = [.. Enumerable.Range(0, 8).Select(done => schedule.Factor(new(0, 0, Losses(new double[done]))))];
        Assert.Equal([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25], factors);
    }

    [Fact]
    public void Steps_of_no_epochs_are_refused_where_the_factor_is_asked_for() => Assert.Equal(
        "Step schedule: 0 epochs between two falls; at least 1 is needed.",
        Assert.Throws<SettingException>(() => new StepSchedule(Epochs: 0).Factor(new(0, 0, []))).Message);

    [Fact]
    public void Plateau_falls_when_the_loss_has_not_fallen_for_longer_than_its_patience()
    {
        PlateauSchedule schedule = new(Patience: 1, Fall: 0.5f, Min: 0.2f);
        // Better, better, worse, not better by one part in 10,000 (a fall), worse, worse (a fall), better, worse, worse (no lower than the least).
        double[] losses = [2, 1, 1.5, 0.99995, 1.2, 1.2, 0.5, 0.6, 0.6];
        double[] factors = [.. Enumerable.Range(0, losses.Length + 1).Select(done => schedule.Factor(new(0, 0, Losses(losses[..done]))))];
        Assert.Equal([1, 1, 1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.2], factors.Select(factor => Math.Round(factor, 6)));
    }

    [Fact]
    public void Settings_out_of_range_are_named()
    {
        AssertRefused("Step schedule: 0 epochs between two falls; at least 1 is needed.", new StepSchedule(0));
        AssertRefused("Step schedule: the fall is to 0 of the rate; it must be above 0 and at most 1.", new StepSchedule(1, 0));
        AssertRefused("Plateau schedule: the patience is -1 epochs; it must be at least 0.", new PlateauSchedule(-1));
        AssertRefused("Plateau schedule: the fall is to 2 of the rate; it must be above 0 and at most 1.", new PlateauSchedule(1, 2));
        AssertRefused("Plateau schedule: the least factor is 2; it must be 0 to 1.", new PlateauSchedule(1, 0.5f, 2));

        static void AssertRefused(string message, LearningRateSchedule schedule) =>
            Assert.Equal(message, Assert.Throws<SettingException>(schedule.Check).Message);
    }

    private static EpochRecord[] Losses(double[] losses) => [.. losses.Select((loss, i) => new EpochRecord(i + 1, 9, loss, null, null, 0))];
}
