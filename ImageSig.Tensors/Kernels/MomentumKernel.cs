using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>Gradient descent with momentum in one pass over weights, gradients and velocity.</summary>
internal static unsafe class MomentumKernel
{
    /// <summary><c>v ← momentum · v + (g + decay · w)</c>, <c>w ← w − rate · v</c>.</summary>
    public static void Update(
        Span<float> weights, ReadOnlySpan<float> gradients, Span<float> velocity, float rate, float momentum, float decay)
    {
        fixed (float* w = weights, g = gradients, v = velocity)
            LaneDispatch.Sweep(weights.Length, new UpdateSweep(w, g, v, rate, momentum, decay));
    }

    private readonly struct UpdateSweep(float* weights, float* gradients, float* velocity, float rate, float momentum, float decay) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* w = weights, g = gradients, v = velocity;
            TVector backward = TLanes.Broadcast(-rate);
            TVector kept = TLanes.Broadcast(momentum);
            TVector decaying = TLanes.Broadcast(decay);
            for (int i = from; i < to; i += TLanes.Width)
            {
                TVector weight = TLanes.Load(w + i);
                TVector gradient = TLanes.MultiplyAdd(decaying, weight, TLanes.Load(g + i));
                TVector speed = TLanes.MultiplyAdd(kept, TLanes.Load(v + i), gradient);
                TLanes.Store(speed, v + i);
                TLanes.Store(TLanes.MultiplyAdd(backward, speed, weight), w + i);
            }
        }
    }
}
