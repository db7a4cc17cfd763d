using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Keeps the length of a gradient within a limit and its direction as it is.</summary>
/// <remarks>Source: Pascanu, Mikolov &amp; Bengio, "On the difficulty of training recurrent neural networks", ICML 2013, algorithm 1.</remarks>
internal static class GradientClipping
{
    /// <summary>Floats whose squares are added in single precision; their sums are added in double, in order.</summary>
    private const int Piece = 1024;

    /// <summary><c>g ← g · max / |g|</c> where <c>|g| = √(Σ g²)</c> is above <paramref name="max"/>; returns |g| as it was. An infinite slope becomes NaN, since it has no direction, and NaN leaves all as it is.</summary>
    public static double Clip(Span<float> gradient, float max)
    {
        double norm = Norm(gradient);
        if (norm > max)
        {
            float factor = (float)(max / norm);
            foreach (ref float slope in gradient)
                slope *= factor;
        }
        return norm;
    }

    /// <summary>√(Σ g²), the same bits for any thread count and register width.</summary>
    public static unsafe double Norm(ReadOnlySpan<float> gradient)
    {
        double sum = 0;
        fixed (float* g = gradient)
            for (int start = 0; start < gradient.Length; start += Piece)
            {
                int length = Math.Min(Piece, gradient.Length - start);
                float squares = ReduceKernel.Dot(g + start, g + start, length);
                sum += float.IsFinite(squares) ? squares : Squares(gradient.Slice(start, length));
            }
        return Math.Sqrt(sum);
    }

    /// <summary>Σ g² where a float cannot hold it: of slopes above 1e19.</summary>
    private static double Squares(ReadOnlySpan<float> piece)
    {
        double sum = 0;
        foreach (float slope in piece)
            sum += (double)slope * slope;
        return sum;
    }
}
