using ImageSig.Tensors;

namespace ImageSig.Tests.Tensors;

public class BoundsTests
{
    [Fact]
    public void Bounds_hold_what_they_say()
    {
        AssertBounds("a whole number from 1 to 1000000", Bounds.Whole(1, 1_000_000), inside: [1, 2, 1e6], outside: [0, 1.5, 1e6 + 1]);
        AssertBounds("a whole number of 1 or more", Bounds.Whole(1), inside: [1, int.MaxValue], outside: [0, int.MaxValue + 1.0]);
        AssertBounds("a number from 0 to 10", Bounds.Number(0, 10), inside: [0, 1e-50, 10], outside: [-1e-50, 10.001]);
        AssertBounds("a number from 0 to below 1", Bounds.Share, inside: [0, 0.999], outside: [1, -0.1]);
        AssertBounds("a number above 0 and up to 10", Bounds.Number(0, 10) with { ExcludesMin = true }, inside: [1e-50, 10], outside: [0, 11]);
        AssertBounds("0 or a number from 0.000001 to 1000000", Bounds.Number(1e-6, 1e6) with { AllowsZero = true }, inside: [0, 1e-6, 1e6], outside: [1e-7, -1, 2e6]);
    }

    [Fact]
    public void What_is_out_of_bounds_is_refused_with_the_value_and_the_bounds()
    {
        Bounds.Share.Check("The share", 0.5f);
        Assert.Equal("The share is 1.5; it must be a number from 0 to below 1.", Assert.Throws<SettingException>(() => Bounds.Share.Check("The share", 1.5f)).Message);
        Assert.Equal(
            $"The limit is {long.MaxValue}; it must be a whole number from 0 to 1000000000000.",
            Assert.Throws<SettingException>(() => Bounds.Whole(0, 1_000_000_000_000).Check("The limit", long.MaxValue)).Message);
    }

    private static void AssertBounds(string words, Bounds bounds, double[] inside, double[] outside)
    {
        Assert.Equal(words, bounds.ToString());
        Assert.All(inside, value => Assert.True(bounds.Contains(value)));
        Assert.All([.. outside, double.NaN, double.PositiveInfinity, double.NegativeInfinity], value => Assert.False(bounds.Contains(value)));
    }
}
