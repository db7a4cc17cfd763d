using System.Numerics.Tensors;

namespace ImageSig.Benchmarks.Plain;

/// <summary>Signatures with TensorPrimitives: every number of <see cref="PlainSignature"/> is a span over up to 64 paths, so that its loops run over whole registers.</summary>
internal sealed class SpanSignature(int channels, int depth)
{
    private const int Lanes = 64;
    private readonly int length = new PlainSignature(channels, depth).Length;

    /// <summary>The signatures [B, F] of paths [B, T, C].</summary>
    public void Forward(ReadOnlySpan<float> paths, int batch, Span<float> signatures)
    {
        int numbers = paths.Length / batch;
        for (int first = 0; first < batch; first += Lanes)
        {
            int lanes = Math.Min(Lanes, batch - first);
            Block(paths.Slice(first * numbers, lanes * numbers), lanes, signatures.Slice(first * length, lanes * length));
        }
    }

    private void Block(ReadOnlySpan<float> paths, int lanes, Span<float> signatures)
    {
        float[] points = Transposed(paths, lanes), terms = new float[length * lanes], increments = new float[channels * lanes], share = new float[lanes];
        float[] here = new float[length * lanes], next = new float[length * lanes];
        for (int point = 1; point < points.Length / (channels * lanes); point++)
        {
            TensorPrimitives.Subtract(points.AsSpan(point * channels * lanes, channels * lanes), points.AsSpan((point - 1) * channels * lanes, channels * lanes), increments);
            for (int level = depth; level >= 1; level--)
            {
                int width = 1, offset = 0;
                here.AsSpan(0, lanes).Fill(1);
                for (int below = 1; below <= level; below++)
                {
                    for (int channel = 0; channel < channels; channel++)
                    {
                        TensorPrimitives.Multiply(increments.AsSpan(channel * lanes, lanes), 1f / (level - below + 1), share);
                        for (int word = 0; word < width; word++)
                        {
                            Span<float> term = terms.AsSpan((offset + word * channels + channel) * lanes, lanes);
                            TensorPrimitives.MultiplyAdd(here.AsSpan(word * lanes, lanes), share, term, below == level ? term : next.AsSpan((word * channels + channel) * lanes, lanes));
                        }
                    }
                    width *= channels;
                    offset += width;
                    (here, next) = (next, here);
                }
            }
        }
        for (int lane = 0; lane < lanes; lane++)
            for (int term = 0; term < length; term++)
                signatures[lane * length + term] = terms[term * lanes + lane];
    }

    private static float[] Transposed(ReadOnlySpan<float> paths, int lanes)
    {
        int numbers = paths.Length / lanes;
        float[] result = new float[paths.Length];
        for (int lane = 0; lane < lanes; lane++)
            for (int number = 0; number < numbers; number++)
                result[number * lanes + lane] = paths[lane * numbers + number];
        return result;
    }
}
