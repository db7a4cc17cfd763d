using System.Runtime.Intrinsics;
using ImageSig.Imaging.Decoders;

namespace ImageSig.Tests.Imaging;

/// <summary>Vector operations that have an instruction of their own on each processor: the slow form, for others, gives the same.</summary>
public class VectorFormTests
{
    private readonly Random random = new(1);

    [Fact]
    public void Narrowing_to_bytes_takes_the_nearest_value_that_fits()
    {
        for (int round = 0; round < 1000; round++)
        {
            short[] wide = Shorts(16, round % 2 == 0 ? 400 : short.MaxValue);
            Vector128<short> lower = Vector128.Create(wide), upper = Vector128.Create(wide, 8);
            Vector128<byte> unsigned = Vector128.Create([.. wide.Select(value => (byte)Math.Clamp(value, byte.MinValue, byte.MaxValue))]);
            Assert.Equal(unsigned, Saturation.NarrowUnsigned(lower, upper));
            Assert.Equal(unsigned, Saturation.NarrowUnsignedByClamping(lower, upper));
        }
    }

    [Fact]
    public void Sums_of_products_are_exact()
    {
        for (int round = 0; round < 1000; round++)
        {
            short[] x = Shorts(8, short.MaxValue), y = Shorts(8, short.MaxValue), factors = Shorts(2, short.MaxValue);
            int[] expected = [.. x.Select((value, i) => value * factors[0] + y[i] * factors[1])];
            Vector128<short> xs = Vector128.Create(x), ys = Vector128.Create(y);
            (Vector128<int>, Vector128<int>) both = (Vector128.Create(expected), Vector128.Create(expected, 4));
            Assert.Equal(both, ShortProducts.Sum(xs, factors[0], ys, factors[1]));
            Assert.Equal(both, ShortProducts.SumByWidening(xs, Vector128.Create(factors[0]), ys, Vector128.Create(factors[1])));
        }
    }

    [Fact]
    public void Doubled_high_halves_of_products_are_rounded_down()
    {
        for (int round = 0; round < 1000; round++)
        {
            short[] x = Shorts(8, 1 << 14);
            short factor = Shorts(1, short.MaxValue)[0];
            Vector128<short> expected = Vector128.Create([.. x.Select(value => (short)(2 * value * factor >> 16))]);
            Assert.Equal(expected, ShortProducts.DoubledHigh(Vector128.Create(x), factor));
            Assert.Equal(expected, ShortProducts.DoubledHighByWidening(Vector128.Create(x), Vector128.Create(factor)));
        }
    }

    [Fact]
    public void Interleaving_takes_turns()
    {
        Vector128<short> a = Vector128.Create(Shorts(8, short.MaxValue)), b = Vector128.Create(Shorts(8, short.MaxValue));
        Vector128<short> low = Vector128.Create(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]);
        Vector128<short> high = Vector128.Create(a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7]);
        Assert.Equal((low, high), (Transposition.ZipLow(a, b), Transposition.ZipHigh(a, b)));
        Assert.Equal((low, high), (Transposition.ZipLowByLanes(a, b), Transposition.ZipHighByLanes(a, b)));
    }

    private short[] Shorts(int count, int max) => [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(-max, max))];
}
