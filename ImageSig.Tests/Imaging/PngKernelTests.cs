using ImageSig.Imaging;
using ImageSig.Imaging.Decoders;

namespace ImageSig.Tests.Imaging;

/// <summary>The inner loops of PNG against their definitions, at every length.</summary>
public class PngKernelTests
{
    [Fact]
    public void Each_filter_restores_what_the_specification_says()
    {
        Random random = new(1);
        foreach (int step in new[] { 1, 2, 3, 4, 6, 8 })
        {
            for (int length = 0; length <= 70; length++)
            {
                for (int filter = 0; filter <= 4; filter++)
                {
                    byte[] row = Bytes(random, step + length), above = Bytes(random, step + length + random.Next(3));
                    byte[] expected = [.. row];
                    for (int i = step; i < row.Length; i++)
                        expected[i] = (byte)(row[i] + Predict(filter, expected[i - step], above[i], above[i - step]));
                    PngFilter.Restore(filter, row, above, step);
                    Assert.Equal(expected, row);
                }
            }
        }
    }

    [Fact]
    public void Of_equal_distances_Paeth_takes_left_then_above_whatever_the_levels()
    {
        // Pixels of three bytes, each with another triple of levels near one another or at the ends.
        byte[] levels = [0, 1, 2, 127, 128, 129, 254, 255];
        foreach (byte left in levels)
            foreach (byte above in levels)
                foreach (byte corner in levels)
                {
                    byte[] row = [left, left, left, 1, 200, 77, 5, 6, 7, 8, 9, 10], over = [corner, corner, corner, above, above, above, corner, left, above, above, corner, left];
                    byte[] expected = [.. row];
                    for (int i = 3; i < row.Length; i++)
                        expected[i] = (byte)(row[i] + Predict(4, expected[i - 3], over[i], over[i - 3]));
                    PngFilter.Restore(4, row, over, 3);
                    Assert.Equal(expected, row);
                }
    }

    [Fact]
    public void A_checksum_is_that_of_its_bits_at_every_length()
    {
        Random random = new(2);
        Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));
        for (int length = 0; length <= 400; length++)
        {
            byte[] bytes = Bytes(random, length);
            int split = random.Next(length + 1);
            uint expected = ByBits(bytes);
            Assert.Equal(expected, Crc32.Append(0, bytes));
            Assert.Equal(expected, Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, split)), bytes.AsSpan(split)));
            Assert.Equal(expected, ~Crc32.AppendByTable(~0u, bytes));
        }
    }

    private static int Predict(int filter, int left, int above, int corner)
    {
        int estimate = left + above - corner;
        (int a, int b, int c) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return filter switch
        {
            0 => 0,
            1 => left,
            2 => above,
            3 => (left + above) / 2,
            _ => a <= b && a <= c ? left : b <= c ? above : corner,
        };
    }

    private static uint ByBits(byte[] bytes)
    {
        uint state = ~0u;
        foreach (byte value in bytes)
        {
            state ^= value;
            for (int bit = 0; bit < 8; bit++)
                state = (state & 1) != 0 ? (state >> 1) ^ 0xEDB88320u : state >> 1;
        }
        return ~state;
    }

    private static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
