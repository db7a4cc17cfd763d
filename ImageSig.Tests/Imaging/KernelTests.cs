using ImageSig.Imaging;
using ImageSig.Imaging.Decoders;
using ImageSig.Imaging.Encoders;

namespace ImageSig.Tests.Imaging;

/// <summary>The inner loops against their definitions, at every length.</summary>
public unsafe class KernelTests
{
    [Fact]
    public void The_inverse_transform_is_that_of_whole_numbers_to_the_last_bit_and_near_the_cosine_sum()
    {
        Random random = new(1);
        short[] factors = new short[64];
        Array.Fill(factors, (short)3);
        double squares = 0;
        for (int round = 0; round < 300; round++)
        {
            short[] block = RandomBlock(random, round);
            byte[] samples = new byte[64];
            fixed (short* coefficients = block, factor = factors)
            fixed (byte* target = samples)
                InverseDct.Block(coefficients, factor, target, 8);
            Assert.Equal(WholeNumbers(block, factors), samples);
            double[] exact = CosineSum(block, factors);
            for (int i = 0; i < 64; i++)
            {
                Assert.Equal(Math.Clamp(exact[i], 0, 255), samples[i], 1.0);
                squares += Math.Pow(Math.Clamp(Math.Round(exact[i]), 0, 255) - samples[i], 2);
            }
        }
        // IEEE 1180 asks for a mean square error of at most 0.02.
        Assert.True(squares / (300 * 64) < 0.02, $"mean square error {squares / (300 * 64)}");
    }

    [Fact]
    public void Scaled_transforms_are_the_means_of_the_whole_one()
    {
        Random random = new(2);
        short[] factors = new short[64];
        Array.Fill(factors, (short)3);
        for (int round = 0; round < 300; round++)
        {
            short[] block = RandomBlock(random, round);
            byte[] four = new byte[16], two = new byte[4];
            fixed (short* coefficients = block, factor = factors)
            fixed (byte* quarter = four, half = two)
            {
                ScaledInverseDct.Block4(coefficients, factor, quarter, 4);
                ScaledInverseDct.Block2(coefficients, factor, half, 2);
            }
            double[] exact = CosineSum(block, factors);
            for (int i = 0; i < 16; i++)
                Assert.Equal(Math.Clamp(Mean(exact, i / 4, i % 4, 2), 0, 255), four[i], 1.01);
            for (int i = 0; i < 4; i++)
                Assert.Equal(Math.Clamp(Mean(exact, i / 2, i % 2, 4), 0, 255), two[i], 1.01);
        }

        static double Mean(double[] samples, int row, int column, int side)
        {
            double sum = 0;
            for (int y = 0; y < side; y++)
                for (int x = 0; x < side; x++)
                    sum += samples[8 * (row * side + y) + column * side + x];
            return sum / (side * side);
        }
    }

    [Fact]
    public void The_forward_transform_is_near_the_cosine_sum()
    {
        Random random = new(3);
        for (int round = 0; round < 100; round++)
        {
            int[] samples = [.. Enumerable.Range(0, 64).Select(_ => random.Next(-128, 128))];
            int[] block = [.. samples];
            ForwardDct.Block(block);
            for (int v = 0; v < 8; v++)
            {
                for (int u = 0; u < 8; u++)
                {
                    double sum = 0;
                    for (int i = 0; i < 64; i++)
                        sum += samples[i] * Cosine(i / 8, v) * Cosine(i % 8, u);
                    Assert.Equal(8 * sum, block[8 * v + u], 4.0);
                }
            }
        }
    }

    [Fact]
    public void Color_conversion_is_the_rounded_formula_at_every_length()
    {
        Random random = new(4);
        for (int length = 0; length <= 100; length++)
        {
            byte[] y = Bytes(random, length), cb = Bytes(random, length), cr = Bytes(random, length);
            byte[] rgb = new byte[3 * length];
            JpegColor.FromYcc(y, cb, cr, rgb);
            for (int x = 0; x < length; x++)
            {
                Assert.Equal(Math.Clamp(y[x] + 1.402 * (cr[x] - 128), 0, 255), rgb[3 * x], 0.51);
                Assert.Equal(Math.Clamp(y[x] - 0.344136 * (cb[x] - 128) - 0.714136 * (cr[x] - 128), 0, 255), rgb[3 * x + 1], 0.51);
                Assert.Equal(Math.Clamp(y[x] + 1.772 * (cb[x] - 128), 0, 255), rgb[3 * x + 2], 0.51);
            }
        }
    }

    [Fact]
    public void Color_conversion_is_that_of_whole_numbers_to_the_last_bit()
    {
        // Every pair of color levels, with a luma that changes from pixel to pixel; rows of a length that no register divides.
        byte[] y = new byte[257], cb = new byte[257], cr = new byte[257], rgb = new byte[3 * 257];
        for (int blue = 0; blue < 256; blue++)
        {
            for (int x = 0; x < y.Length; x++)
                (y[x], cb[x], cr[x]) = ((byte)(x * 89 + blue * 53), (byte)blue, (byte)x);
            JpegColor.FromYcc(y, cb, cr, rgb);
            for (int x = 0; x < y.Length; x++)
            {
                (int b, int r) = (cb[x] - 128, cr[x] - 128);
                (byte, byte, byte) expected = (Clamp(y[x] + ((91881 * r + 32768) >> 16)), Clamp(y[x] + ((-22554 * b - 46802 * r + 32768) >> 16)), Clamp(y[x] + ((116130 * b + 32768) >> 16)));
                Assert.Equal(expected, (rgb[3 * x], rgb[3 * x + 1], rgb[3 * x + 2]));
            }
        }

        static byte Clamp(int value) => (byte)Math.Clamp(value, 0, 255);
    }

    [Fact]
    public void Sums_of_rows_are_exact_at_every_length()
    {
        Random random = new(5);
        for (int length = 0; length <= 256; length++)
        {
            byte[] row = Bytes(random, length);
            uint[] sums = new uint[length], expected = new uint[length];
            ushort[] whole = new ushort[length];
            for (int i = 0; i < length; i++)
            {
                sums[i] = expected[i] = (uint)random.Next(1 << 20);
                expected[i] += 60_000u * row[i] + 77u * (uint)(AreaKernel.MaxWhole * row[i]);
            }
            AreaKernel.AddRow(row, 60_000, sums);
            for (int i = 0; i < AreaKernel.MaxWhole; i++)
                AreaKernel.AddWhole(row, whole);
            AreaKernel.AddSums(whole, 77, sums);
            Assert.Equal(expected, sums);
        }
    }

    [Fact]
    public void Smooth_upsampling_is_the_triangle_filter_at_every_length()
    {
        Random random = new(6);
        for (int length = 1; length <= 100; length++)
        {
            byte[] near = Bytes(random, length), far = Bytes(random, length);
            foreach (int width in new[] { 2 * length, 2 * length - 1 })
            {
                byte[] both = new byte[width], across = new byte[width];
                ChromaUpsampling.SmoothBoth(near, far, both, new ushort[length + 16]);
                ChromaUpsampling.SmoothAcross(near, across, new ushort[length + 16]);
                for (int x = 0; x < width; x++)
                {
                    int here = x / 2, next = Math.Clamp(x % 2 == 0 ? here - 1 : here + 1, 0, length - 1);
                    int sum = 3 * (3 * near[here] + far[here]) + 3 * near[next] + far[next];
                    Assert.Equal((sum + (x % 2 == 0 ? 8 : 7)) / 16, both[x]);
                    Assert.Equal((3 * near[here] + near[next] + 1 + x % 2) / 4, across[x]);
                }
            }
        }
    }

    private static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>From nearly empty to full blocks, of the size that pictures have.</summary>
    private static short[] RandomBlock(Random random, int round)
    {
        short[] block = new short[64];
        block[0] = (short)random.Next(-300, 300);
        for (int count = round % 64; count > 0; count--)
            block[random.Next(64)] = (short)random.Next(-40, 40);
        return block;
    }

    /// <summary>The transform in plain whole numbers, one line at a time: 13 fractional bits in the constants, 2 between the passes.</summary>
    private static byte[] WholeNumbers(short[] block, short[] factors)
    {
        int[] work = [.. block.Select((value, i) => value * factors[i])];
        for (int column = 0; column < 8; column++)
            Line(work, column, 8, shift: 11);
        for (int row = 0; row < 8; row++)
            Line(work, 8 * row, 1, shift: 18);
        return [.. work.Select(value => (byte)Math.Clamp(value + 128, 0, 255))];

        static void Line(int[] work, int first, int step, int shift)
        {
            int[] from = [.. Enumerable.Range(0, 8).Select(i => work[first + i * step])];
            int common = (from[2] + from[6]) * 4433;
            (int inner, int outer) = (common - from[6] * 15137, common + from[2] * 6270);
            (int sum, int difference) = ((from[0] + from[4]) << 13, (from[0] - from[4]) << 13);
            int all = (from[1] + from[3] + from[5] + from[7]) * 9633;
            (int sum17, int sum35) = ((from[1] + from[7]) * -7373, (from[3] + from[5]) * -20995);
            (int sum37, int sum15) = ((from[3] + from[7]) * -16069 + all, (from[1] + from[5]) * -3196 + all);
            int[] even = [sum + outer, difference + inner, difference - inner, sum - outer];
            int[] odd = [from[1] * 12299 + sum17 + sum15, from[3] * 25172 + sum35 + sum37, from[5] * 16819 + sum35 + sum15, from[7] * 2446 + sum17 + sum37];
            for (int i = 0; i < 4; i++)
            {
                work[first + i * step] = (even[i] + odd[i] + (1 << (shift - 1))) >> shift;
                work[first + (7 - i) * step] = (even[i] - odd[i] + (1 << (shift - 1))) >> shift;
            }
        }
    }

    private static double[] CosineSum(short[] block, short[] factors)
    {
        double[] samples = new double[64];
        for (int i = 0; i < 64; i++)
        {
            samples[i] = 128;
            for (int k = 0; k < 64; k++)
                samples[i] += block[k] * factors[k] * Cosine(i / 8, k / 8) * Cosine(i % 8, k % 8);
        }
        return samples;
    }

    private static double Cosine(int place, int frequency) =>
        (frequency == 0 ? Math.Sqrt(0.125) : 0.5) * Math.Cos((2 * place + 1) * frequency * Math.PI / 16);
}
