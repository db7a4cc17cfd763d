using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>The backward pass of an activation that was fused into the layer before it.</summary>
internal static unsafe class ActivationKernel
{
    /// <summary>Sets to zero where the forward result was not positive: <c>gradient ← output > 0 ? gradient : 0</c>.</summary>
    public static void ReluBackward(ReadOnlySpan<float> output, Span<float> gradient)
    {
        fixed (float* y = output, d = gradient)
            LaneDispatch.Sweep(output.Length, new ReluBackwardSweep(y, d));
    }

    private readonly struct ReluBackwardSweep(float* output, float* gradient) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* y = output, d = gradient;
            TVector zero = TLanes.Broadcast(0);
            for (int i = from; i < to; i += TLanes.Width)
                TLanes.Store(TLanes.And(TLanes.Load(d + i), TLanes.GreaterThan(TLanes.Load(y + i), zero)), d + i);
        }
    }
}
