namespace ImageSig.Benchmarks.Plain;

/// <summary>A grid of expected signatures, window by window: the path of each line of a window, joined to the next window by its last point.</summary>
internal sealed class PlainGrid(int channels, int depth, int window)
{
    private readonly PlainSignature signature = new(channels, depth);
    private readonly float[] path = new float[(window + 1) * channels];

    /// <summary>[B, H/L, W/L, 2 (C + F)] of images [B, H, W, C].</summary>
    public void Forward(ReadOnlySpan<float> images, int batch, int height, int width, Span<float> cells)
    {
        float[] one = new float[signature.Length];
        cells.Clear();
        int next = 0;
        for (int image = 0; image < batch; image++)
            for (int row = 0; row < height; row += window)
                for (int column = 0; column < width; column += window)
                    for (int direction = 0; direction < 2; direction++)
                    {
                        Span<float> mean = cells.Slice(next, channels), signatures = cells.Slice(next + channels, one.Length);
                        next += channels + one.Length;
                        for (int line = 0; line < window; line++)
                        {
                            for (int point = 0; point <= window; point++)
                            {
                                (int y, int x) = direction == 0 ? (row + line, Math.Min(column + point, width - 1)) : (Math.Min(row + point, height - 1), column + line);
                                images.Slice(((image * height + y) * width + x) * channels, channels).CopyTo(path.AsSpan(point * channels));
                            }
                            signature.Forward(path, one);
                            for (int number = 0; number < path.Length; number++)
                                mean[number % channels] += path[number] / (window * (window + 1));
                            for (int term = 0; term < one.Length; term++)
                                signatures[term] += one[term] / window;
                        }
                    }
    }
}
