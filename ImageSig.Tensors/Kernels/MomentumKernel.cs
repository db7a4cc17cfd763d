using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Tensors.Kernels;

/// <summary>Gradient descent with momentum in one pass over weights, gradients and velocity.</summary>
internal static unsafe class MomentumKernel
{
    /// <summary><c>v ← momentum · v + (g + decay · w)</c>, <c>w ← w − rate · v</c>.</summary>
    public static void Update(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> velocity, float rate, float momentum, float decay)
    {
        fixed (float* w = weights, g = gradients, v = velocity)
        {
            int i = 0;
            if (Lanes.Use512)
                i = From<Lanes512<float>, Vector512<float>>(i, weights.Length, w, g, v, rate, momentum, decay);
            if (Lanes.Use256)
                i = From<Lanes256<float>, Vector256<float>>(i, weights.Length, w, g, v, rate, momentum, decay);
            i = From<Lanes128<float>, Vector128<float>>(i, weights.Length, w, g, v, rate, momentum, decay);
            for (; i < weights.Length; i++)
            {
                v[i] = Lanes.MultiplyAdd(momentum, v[i], Lanes.MultiplyAdd(decay, w[i], g[i]));
                w[i] = Lanes.MultiplyAdd(-rate, v[i], w[i]);
            }
        }
    }

    [MethodImpl(Hot.Loop)]
    private static int From<TLanes, TVector>(int i, int length, float* w, float* g, float* v, float rate, float momentum, float decay)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        TVector backward = TLanes.Broadcast(-rate);
        TVector kept = TLanes.Broadcast(momentum);
        TVector decaying = TLanes.Broadcast(decay);
        for (; i + TLanes.Width <= length; i += TLanes.Width)
        {
            TVector weight = TLanes.Load(w + i);
            TVector gradient = TLanes.MultiplyAdd(decaying, weight, TLanes.Load(g + i));
            TVector speed = TLanes.MultiplyAdd(kept, TLanes.Load(v + i), gradient);
            TLanes.Store(speed, v + i);
            TLanes.Store(TLanes.MultiplyAdd(backward, speed, weight), w + i);
        }
        return i;
    }
}
