namespace ImageSig.Tests.Pipeline;

public class StratifiedSplitTests
{
    private static readonly int[] Labels = [.. Enumerable.Repeat(0, 100), .. Enumerable.Repeat(1, 31), .. Enumerable.Repeat(2, 3), 3];

    [Fact]
    public void Every_class_gives_its_share_and_keeps_at_least_one()
    {
        StratifiedSplit split = StratifiedSplit.Draw(Labels, 0.1, seed: 1);
        Assert.Equal([10, 3, 1, 0], Enumerable.Range(0, 4).Select(label => split.Validation.Count(index => Labels[index] == label)));
        StratifiedSplit most = StratifiedSplit.Draw(Labels, 0.99, seed: 1);
        Assert.Equal([1, 1, 1, 1], Enumerable.Range(0, 4).Select(label => most.Training.Count(index => Labels[index] == label)));
    }

    [Fact]
    public void Each_sample_is_on_exactly_one_side_in_order()
    {
        StratifiedSplit split = StratifiedSplit.Draw(Labels, 0.3, seed: 5);
        Assert.Equal(Enumerable.Range(0, Labels.Length), split.Training.Concat(split.Validation).Order());
        Assert.Equal(split.Training.Order(), split.Training);
        Assert.Equal(split.Validation.Order(), split.Validation);
    }

    [Fact]
    public void The_seed_decides_the_split()
    {
        Assert.Equal(StratifiedSplit.Draw(Labels, 0.3, seed: 5).Validation, StratifiedSplit.Draw(Labels, 0.3, seed: 5).Validation);
        Assert.NotEqual(StratifiedSplit.Draw(Labels, 0.3, seed: 6).Validation, StratifiedSplit.Draw(Labels, 0.3, seed: 5).Validation);
    }

    [Fact]
    public void No_share_means_no_validation() => Assert.Empty(StratifiedSplit.Draw(Labels, 0, seed: 1).Validation);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_share_outside_zero_to_one_is_refused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StratifiedSplit.Draw(Labels, fraction, seed: 1));
}
