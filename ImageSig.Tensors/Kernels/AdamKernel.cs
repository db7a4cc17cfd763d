using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        {
            int i = 0;
            if (Lanes.Use512)
                i = From<Lanes512<float>, Vector512<float>>(i, weights.Length, w, g, m, v, step);
            if (Lanes.Use256)
                i = From<Lanes256<float>, Vector256<float>>(i, weights.Length, w, g, m, v, step);
            i = From<Lanes128<float>, Vector128<float>>(i, weights.Length, w, g, m, v, step);
            for (; i < weights.Length; i++)
            {
                float gradient = Lanes.MultiplyAdd(step.GradientDecay, w[i], g[i]);
                m[i] = Lanes.MultiplyAdd(step.FirstDecay, m[i], step.FirstRest * gradient);
                v[i] = Lanes.MultiplyAdd(step.SecondDecay, v[i], step.SecondRest * gradient * gradient);
                float root = Lanes.MultiplyAdd(MathF.Sqrt(v[i]), step.SecondScale, step.Epsilon);
                w[i] -= Lanes.MultiplyAdd(step.Decay, w[i], step.StepSize * m[i] / root);
            }
        }
    }

    [MethodImpl(Hot.Loop)]
    private static int From<TLanes, TVector>(int i, int length, float* w, float* g, float* m, float* v, in AdamStep step)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        TVector firstDecay = TLanes.Broadcast(step.FirstDecay);
        TVector firstRest = TLanes.Broadcast(step.FirstRest);
        TVector secondDecay = TLanes.Broadcast(step.SecondDecay);
        TVector secondRest = TLanes.Broadcast(step.SecondRest);
        TVector size = TLanes.Broadcast(step.StepSize);
        TVector scale = TLanes.Broadcast(step.SecondScale);
        TVector epsilon = TLanes.Broadcast(step.Epsilon);
        TVector decay = TLanes.Broadcast(step.Decay);
        TVector gradientDecay = TLanes.Broadcast(step.GradientDecay);
        for (; i + TLanes.Width <= length; i += TLanes.Width)
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
        return i;
    }
}
