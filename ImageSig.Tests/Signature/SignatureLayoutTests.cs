using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.Tests.Signature;

public class SignatureLayoutTests
{
    [Theory]
    [InlineData(3, 1, 3)]
    [InlineData(3, 2, 12)]
    [InlineData(3, 3, 39)]
    [InlineData(3, 4, 120)]
    [InlineData(3, 5, 363)]
    [InlineData(3, 6, 1092)]
    [InlineData(1, 100, 100)]
    public void Length_is_the_sum_of_the_powers_of_the_channels(int channels, int depth, int length) =>
        Assert.Equal(length, new SignatureLayout(channels, depth).Length);

    [Fact]
    public void Words_stand_by_length_then_lexicographically()
    {
        var layout = new SignatureLayout(2, 3);
        string[] words = [.. Enumerable.Range(0, layout.Length).Select(index => string.Concat(layout.WordAt(index)))];
        Assert.Equal(["0", "1", "00", "01", "10", "11", "000", "001", "010", "011", "100", "101", "110", "111"], words);
    }

    [Fact]
    public void IndexOf_is_the_inverse_of_WordAt()
    {
        var layout = new SignatureLayout(5, 4);
        for (int index = 0; index < layout.Length; index++)
            Assert.Equal(index, layout.IndexOf(layout.WordAt(index)));
    }

    [Fact]
    public void Sizes_that_overflow_say_what_to_do()
    {
        var error = Assert.Throws<SettingException>(() => new SignatureLayout(100, 6));
        Assert.StartsWith("SignatureLayout: 100 channels to depth 6 need more than 2147483591 features; lower the depth or select fewer channels.", error.Message, StringComparison.Ordinal);
        Assert.Throws<SettingException>(() => new SignatureLayout(2, int.MaxValue));
        Assert.Throws<SettingException>(() => new SignatureLayout(int.MaxValue, 2));
    }

    [Fact]
    public void Impossible_channels_depths_and_words_are_named()
    {
        Assert.StartsWith("SignatureLayout: channels is 0;", Assert.Throws<ArgumentOutOfRangeException>(() => new SignatureLayout(0, 2)).Message, StringComparison.Ordinal);
        Assert.StartsWith("SignatureLayout: depth is -1;", Assert.Throws<ArgumentOutOfRangeException>(() => new SignatureLayout(2, -1)).Message, StringComparison.Ordinal);
        var layout = new SignatureLayout(2, 3);
        Assert.StartsWith("SignatureLayout.IndexOf: letter 2 is no channel;", Assert.Throws<ArgumentException>(() => layout.IndexOf(0, 2)).Message, StringComparison.Ordinal);
        Assert.StartsWith("SignatureLayout.IndexOf: the word has 4 letters;", Assert.Throws<ArgumentException>(() => layout.IndexOf(0, 1, 0, 1)).Message, StringComparison.Ordinal);
        Assert.StartsWith("SignatureLayout.IndexOf: the word has 0 letters;", Assert.Throws<ArgumentException>(() => layout.IndexOf()).Message, StringComparison.Ordinal);
    }
}
