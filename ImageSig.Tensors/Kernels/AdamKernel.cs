using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>The numbers of one Adam step, the same for all parameters.</summary>
/// <param name="FirstDecay">β₁.</param>
/// <param name="SecondDecay">β₂.</param>
/// <param name="FirstRest">1 − β₁, rounded once: 1 − 0.9f would be off in its sixth digit.</param>
/// <param name="SecondRest">1 − β₂.</param>
/// <param name="StepSize">Learning rate over 1 − β₁ᵗ.</param>
/// <param name="SecondScale">1 over √(1 − β₂ᵗ).</param>
/// <param name="Epsilon">ε, added to the scaled root.</param>
/// <param name="Decay">The share of each weight that goes away: learning rate · decay for AdamW, else 0.</param>
/// <param name="GradientDecay">What is added to the gradient per weight: the decay of plain Adam, else 0.</param>
internal readonly record struct AdamStep(
    float FirstDecay, float SecondDecay, float FirstRest, float SecondRest, float StepSize, float SecondScale, float Epsilon, float Decay, float GradientDecay);

/// <summary>Adam and AdamW in one pass over weights, gradients and both moments.</summary>
internal static unsafe class AdamKernel
{
    /// <summary><c>m ← β₁m + (1 − β₁)g</c>, <c>v ← β₂v + (1 − β₂)g²</c>, <c>w ← w − (decay·w + step · m / (√v · scale + ε))</c>.</summary>
    public static void Update(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> first, Span<float> second, in AdamStep step)
    {
        fixed (float* w = weights, g = gradients, m = first, v = second)
            LaneDispatch.Sweep(weights.Length, new UpdateSweep(w, g, m, v, step));
    }

    private readonly struct UpdateSweep(float* weights, float* gradients, float* first, float* second, AdamStep step) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* w = weights, g = gradients, m = first, v = second;
            TVector firstDecay = TLanes.Broadcast(step.FirstDecay);
            TVector firstRest = TLanes.Broadcast(step.FirstRest);
            TVector secondDecay = TLanes.Broadcast(step.SecondDecay);
            TVector secondRest = TLanes.Broadcast(step.SecondRest);
            TVector size = TLanes.Broadcast(step.StepSize);
            TVector scale = TLanes.Broadcast(step.SecondScale);
            TVector epsilon = TLanes.Broadcast(step.Epsilon);
            TVector decay = TLanes.Broadcast(step.Decay);
            TVector gradientDecay = TLanes.Broadcast(step.GradientDecay);
            for (int i = from; i < to; i += TLanes.Width)
            {
                TVector weight = TLanes.Load(w + i);
                TVector gradient = TLanes.MultiplyAdd(gradientDecay, weight, TLanes.Load(g + i));
                TVector mean = TLanes.MultiplyAdd(firstDecay, TLanes.Load(m + i), TLanes.Multiply(firstRest, gradient));
                TVector square = TLanes.MultiplyAdd(
                    secondDecay, TLanes.Load(v + i), TLanes.Multiply(TLanes.Multiply(secondRest, gradient), gradient));
                TLanes.Store(mean, m + i);
                TLanes.Store(square, v + i);
                TVector root = TLanes.MultiplyAdd(TLanes.SquareRoot(square), scale, epsilon);
                TVector change = TLanes.Divide(TLanes.Multiply(size, mean), root);
                TLanes.Store(TLanes.Subtract(weight, TLanes.MultiplyAdd(decay, weight, change)), w + i);
            }
        }
    }
}
