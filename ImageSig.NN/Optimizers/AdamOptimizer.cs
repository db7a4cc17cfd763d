using ImageSig.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Adam and AdamW over a block of weights.</summary>
/// <param name="length">Floats of the block.</param>
/// <param name="kind">Adam: decay is added to the gradient. AdamW: weights decay by themselves.</param>
/// <param name="weightDecay">0 for none.</param>
/// <remarks>Sources: Kingma &amp; Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1; Loshchilov &amp; Hutter,
/// "Decoupled weight decay regularization", ICLR 2019, algorithm 2. β₁ = 0.9, β₂ = 0.999, ε = 1e-8 outside the root.
/// A slope above some 5e20 makes the second moment of its weight infinite, which then no longer moves.</remarks>
public sealed class AdamOptimizer(int length, OptimizerKind kind = OptimizerKind.Adam, float weightDecay = 0)
    : Optimizer(("first", Zeros(length)), ("second", Zeros(length)))
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const float Epsilon = 1e-8f;

    private readonly bool isDecoupled = kind switch
    {
        OptimizerKind.Adam => false,
        OptimizerKind.AdamW => true,
        _ => throw new SettingException($"AdamOptimizer: {kind} is neither Adam nor AdamW; for Sgd there is SgdOptimizer."),
    };

    private readonly float decay = Checked(TrainingOptions.WeightDecayBounds, "AdamOptimizer: the weight decay", weightDecay);

    // βᵗ, multiplied up step by step: no power function of the platform is involved.
    private double firstPower = 1;
    private double secondPower = 1;
    private AdamStep step;

    private protected override void Prepare(double learningRate)
    {
        firstPower *= FirstDecay;
        secondPower *= SecondDecay;
        step = new AdamStep(
            (float)FirstDecay, (float)SecondDecay, (float)(1 - FirstDecay), (float)(1 - SecondDecay),
            StepSize: (float)(learningRate / (1 - firstPower)),
            SecondScale: (float)(1 / Math.Sqrt(1 - secondPower)),
            Epsilon,
            Decay: isDecoupled ? (float)(learningRate * decay) : 0,
            GradientDecay: isDecoupled ? 0 : decay);
    }

    internal override void Apply(int start, Span<float> weights, ReadOnlySpan<float> gradients) => AdamKernel.Update(
        weights, gradients, Memory[0].Values.AsSpan(start, weights.Length), Memory[1].Values.AsSpan(start, weights.Length), step);

    internal override void Restore(long steps)
    {
        base.Restore(steps);
        (firstPower, secondPower) = (1, 1);
        for (long i = 0; i < steps; i++)
        {
            firstPower *= FirstDecay;
            secondPower *= SecondDecay;
        }
    }
}
