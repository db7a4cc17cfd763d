using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Gradient descent with momentum: <c>v ← μ v + g + decay · w</c>, <c>w ← w − rate · v</c>.</summary>
/// <param name="length">Floats of the block.</param>
/// <param name="momentum">μ, in [0, 1); 0 for plain descent.</param>
/// <param name="weightDecay">What is added to the gradient per weight.</param>
/// <remarks>The learning rate stands outside the velocity, as in PyTorch: the schedule acts at once. Source: Sutskever et al., "On the
/// importance of initialization and momentum in deep learning", ICML 2013, equations 1 and 2 with the rate moved.</remarks>
public sealed class SgdOptimizer(int length, float momentum = 0.9f, float weightDecay = 0) : Optimizer(("velocity", Zeros(length)))
{
    private readonly float decay = Checked(TrainingOptions.WeightDecayBounds, "SgdOptimizer: the weight decay", weightDecay);
    private readonly float friction = Checked(TrainingOptions.MomentumBounds, "SgdOptimizer: the momentum", momentum);
    private float rate;

    private protected override void Prepare(double learningRate) => rate = (float)learningRate;

    internal override void Apply(int start, Span<float> weights, ReadOnlySpan<float> gradients) =>
        MomentumKernel.Update(weights, gradients, Memory[0].Values.AsSpan(start, weights.Length), rate, friction, decay);
}
