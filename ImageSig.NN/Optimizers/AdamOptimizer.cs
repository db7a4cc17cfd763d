using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Adam and AdamW over a block of weights.</summary>
/// <remarks>Sources: Kingma &amp; Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1; Loshchilov &amp; Hutter,
/// "Decoupled weight decay regularization", ICLR 2019, algorithm 2. β₁ = 0.9, β₂ = 0.999, ε = 1e-8 outside the root.</remarks>
internal sealed class AdamOptimizer(int length, OptimizerKind kind, float weightDecay)
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const float Epsilon = 1e-8f;

    // βᵗ, multiplied up step by step: no power function of the platform is involved.
    private double firstPower = 1;
    private double secondPower = 1;

    /// <summary>Running mean of gradients, [length].</summary>
    public float[] First { get; } = new float[length];

    /// <summary>Running mean of squared gradients, [length].</summary>
    public float[] Second { get; } = new float[length];

    /// <summary>Steps taken so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Counts one step and gives its numbers; <see cref="Apply"/> then does it for any parts of the block.</summary>
    public AdamStep Next(double learningRate)
    {
        Steps++;
        firstPower *= FirstDecay;
        secondPower *= SecondDecay;
        return new AdamStep(
            (float)FirstDecay, (float)SecondDecay, (float)(1 - FirstDecay), (float)(1 - SecondDecay),
            StepSize: (float)(learningRate / (1 - firstPower)),
            SecondScale: (float)(1 / Math.Sqrt(1 - secondPower)),
            Epsilon,
            Decay: kind == OptimizerKind.AdamW ? (float)(learningRate * weightDecay) : 0,
            GradientDecay: kind == OptimizerKind.Adam ? weightDecay : 0);
    }

    /// <summary>Updates <paramref name="weights"/>, which begin at <paramref name="start"/> of the block.</summary>
    public void Apply(in AdamStep step, int start, Span<float> weights, ReadOnlySpan<float> gradients) => AdamKernel.Update(
        weights, gradients, First.AsSpan(start, weights.Length), Second.AsSpan(start, weights.Length), step);

    /// <summary>Continues where another optimizer stood after <paramref name="steps"/> steps.</summary>
    public void Restore(ReadOnlySpan<float> first, ReadOnlySpan<float> second, long steps)
    {
        first.CopyTo(First);
        second.CopyTo(Second);
        (Steps, firstPower, secondPower) = (steps, 1, 1);
        for (long i = 0; i < steps; i++)
        {
            firstPower *= FirstDecay;
            secondPower *= SecondDecay;
        }
    }
}
