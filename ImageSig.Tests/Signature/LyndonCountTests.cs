using ImageSig.Signature;

namespace ImageSig.Tests.Signature;

public class LyndonCountTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 8)]
    [InlineData(3, 6)]
    [InlineData(5, 4)]
    public void The_count_is_that_of_the_list(int channels, int depth) =>
        Assert.Equal(LyndonWords.UpTo(channels, depth).Count, LyndonWords.CountUpTo(channels, depth));

    [Fact]
    public void Three_letters_have_the_known_counts() =>
        Assert.Equal([3, 6, 14, 32, 80, 196], Enumerable.Range(1, 6).Select(depth => LyndonWords.CountUpTo(3, depth)));
}
