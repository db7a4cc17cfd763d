using ImageSig.Imaging.Decoders;

namespace ImageSig.Imaging.Encoders;

/// <summary>Writes the blocks of one component: transformed, quantized, coded.</summary>
internal sealed class JpegBlockWriter(JpegBitWriter writer, byte[] factors, JpegCodes dc, JpegCodes ac)
{
    private readonly int[] block = new int[64];
    private int predictor;

    /// <summary>Writes the block whose top left sample stands at (<paramref name="left"/>, <paramref name="top"/>).</summary>
    public void Write(byte[] plane, int stride, int left, int top)
    {
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
                block[8 * y + x] = plane[(top + y) * stride + left + x] - 128;
        ForwardDct.Block(block);
        int mean = Quantized(0);
        dc.Write(writer, 0, mean - predictor);
        predictor = mean;
        int run = 0;
        for (int k = 1; k < 64; k++)
        {
            int value = Quantized(JpegZigZag.Order[k]);
            if (value == 0)
            {
                run++;
                continue;
            }
            for (; run > 15; run -= 16)
                ac.WriteSymbol(writer, 0xF0);
            ac.Write(writer, run, value);
            run = 0;
        }
        if (run > 0)
            ac.WriteSymbol(writer, 0);
    }

    /// <summary>The coefficient, which carries a factor of 8, divided by its step; halves away from zero.</summary>
    private int Quantized(int index)
    {
        int step = 8 * factors[index];
        int value = block[index];
        return value < 0 ? -((-value + step / 2) / step) : (value + step / 2) / step;
    }
}
