using ImageSig.Signature;

namespace ImageSig.Tests.Signature;

public class SelectedWordsTests
{
    [Fact]
    public void Selected_words_have_the_bits_of_the_whole_signature()
    {
        var layout = new SignatureLayout(3, 6);
        var random = new Random(1);
        int[] wanted = [.. Enumerable.Range(0, 25).Select(_ => random.Next(layout.Length)).Distinct()];
        var words = WordSet.Of(3, wanted.Select(layout.WordAt));
        float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(1, 37, 70, 3));
        foreach (bool basepoint in new[] { false, true })
        {
            float[] whole = new float[37 * layout.Length], some = new float[37 * wanted.Length];
            new SignatureTransform(3, 6, new SignatureOptions { Basepoint = basepoint }).Forward<float>(paths, 37, 70, whole);
            new SelectedSignatureTransform(words, basepoint).Forward<float>(paths, 37, 70, some, threads: 2);
            for (int path = 0; path < 37; path++)
                for (int index = 0; index < wanted.Length; index++)
                    Assert.Equal(whole[path * layout.Length + wanted[index]], some[path * wanted.Length + index]);
        }
    }

    [Fact]
    public void Equal_weights_give_the_whole_signature_in_its_order()
    {
        var layout = new SignatureLayout(2, 4);
        var words = WordSet.UpToWeight([1, 1], 4);
        Assert.Equal(Enumerable.Range(0, layout.Length).Select(layout.WordAt), words.Words);
        Assert.Equal(layout.Length, words.PrefixCount);
    }

    [Fact]
    public void A_heavy_channel_appears_less_often()
    {
        // Weight 2 for the second channel, 3 in all: words of at most three firsts, or one second and one first.
        var words = WordSet.UpToWeight([1, 2], 3);
        Assert.Equal(["0", "1", "00", "01", "10", "000"], words.Words.Select(word => string.Concat(word)));
    }

    [Fact]
    public void Only_prefixes_are_computed() =>
        Assert.Equal(5, WordSet.Of(3, [0, 1, 2], [0, 1, 0, 2]).PrefixCount);

    [Fact]
    public void Impossible_words_are_named()
    {
        Assert.StartsWith("WordSet: letter 3 is no channel;", Assert.Throws<ArgumentException>(() => WordSet.Of(3, [0, 3])).Message, StringComparison.Ordinal);
        Assert.StartsWith("WordSet: there is no word in it;", Assert.Throws<ArgumentException>(() => WordSet.Of(3)).Message, StringComparison.Ordinal);
        Assert.StartsWith("WordSet.UpToWeight: a weight is 0;", Assert.Throws<ArgumentException>(() => WordSet.UpToWeight([1, 0], 3)).Message, StringComparison.Ordinal);
    }
}
