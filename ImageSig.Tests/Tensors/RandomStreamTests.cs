using ImageSig.Tensors;

namespace ImageSig.Tests.Tensors;

/// <summary>Philox 4x32-10 against its authors' published answers, and the streams drawn from it.</summary>
public sealed class RandomStreamTests
{
    // Known answers distributed by the authors of the generator (counter, key → block).
    [Fact]
    public void Blocks_match_the_published_answers()
    {
        Assert.Equal((0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u), RandomStream.Block(0, 0, 0, 0, 0));
        Assert.Equal(
            (0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu),
            RandomStream.Block(ulong.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue));
        Assert.Equal(
            (0xD16CFE09u, 0x94FDCCEBu, 0x5001E420u, 0x24126EA1u),
            RandomStream.Block(0x299F31D0A4093822, 0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344));
    }

    [Fact]
    public void Streams_of_different_keys_differ_and_of_the_same_key_agree()
    {
        static uint[] Draw(ulong seed, uint purpose, uint epoch, uint item)
        {
            RandomStream stream = new(seed, purpose, epoch, item);
            return [.. Enumerable.Range(0, 9).Select(_ => stream.NextBits())];
        }

        Assert.Equal(Draw(1, 2, 3, 4), Draw(1, 2, 3, 4));
        Assert.NotEqual(Draw(1, 2, 3, 4), Draw(2, 2, 3, 4));
        Assert.NotEqual(Draw(1, 2, 3, 4), Draw(1, 3, 3, 4));
        Assert.NotEqual(Draw(1, 2, 3, 4), Draw(1, 2, 4, 4));
        Assert.NotEqual(Draw(1, 2, 3, 4), Draw(1, 2, 3, 5));
    }

    [Fact]
    public void Floats_are_uniform_and_shuffles_are_permutations()
    {
        RandomStream stream = new(1, 2);
        float[] values = [.. Enumerable.Range(0, 20000).Select(_ => stream.NextFloat())];
        Assert.All(values, value => Assert.InRange(value, 0, 0.99999994f));
        Assert.Equal(0.5, values.Average(), 0.011);
        Assert.Equal(1 / 12.0, values.Select(value => (value - 0.5) * (value - 0.5)).Average(), 0.003);
        int[] items = [.. Enumerable.Range(0, 100)];
        stream.Shuffle(items);
        Assert.NotEqual(Enumerable.Range(0, 100), items);
        Assert.Equal(Enumerable.Range(0, 100), items.Order());
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    [InlineData(0.4f)]
    [InlineData(0.999f)]
    public void A_mask_is_zero_where_the_next_float_is_below_the_rate(float rate)
    {
        for (int length = 0; length <= 256; length++)
        {
            foreach (int drawnBefore in (int[])[0, 1, 3, 4])
            {
                RandomStream one = new(seed: 9, purpose: 2, epoch: 3, item: (uint)length);
                RandomStream all = one;
                for (int i = 0; i < drawnBefore; i++)
                    Assert.Equal(one.NextBits(), all.NextBits());
                float[] mask = new float[length];
                all.FillMask(mask, rate, kept: 2.5f);
                for (int i = 0; i < length; i++)
                    Assert.Equal(one.NextFloat() < rate ? 0 : 2.5f, mask[i]);
                Assert.Equal(one.NextBits(), all.NextBits());
            }
        }
    }
}
