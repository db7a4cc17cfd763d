using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Keeps the length of a gradient within a limit and its direction as it is.</summary>
/// <remarks>Source: Pascanu, Mikolov &amp; Bengio, "On the difficulty of training recurrent neural networks", ICML 2013, algorithm 1.</remarks>
internal static class GradientClipping
{
    /// <summary>Floats whose squares are added in single precision; their sums are added in double, in order.</summary>
    private const int Piece = 1024;

    /// <summary><c>g ← g · max / |g|</c> where <c>|g| = √(Σ g²)</c> is above <paramref name="max"/>; returns |g| as it was.</summary>
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
                sum += ReduceKernel.Dot(g + start, g + start, Math.Min(Piece, gradient.Length - start));
        return Math.Sqrt(sum);
    }
}
