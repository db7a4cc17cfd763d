using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Tensors.Kernels;

/// <summary>The backward pass of an activation that was fused into the layer before it.</summary>
internal static unsafe class ActivationKernel
{
    /// <summary>Sets to zero where the forward result was not positive: <c>gradient ← output > 0 ? gradient : 0</c>.</summary>
    public static void ReluBackward(ReadOnlySpan<float> output, Span<float> gradient)
    {
        fixed (float* y = output, d = gradient)
        {
            int i = 0;
            if (Lanes.Use512)
                i = ReluBackwardFrom<Lanes512<float>, Vector512<float>>(i, output.Length, y, d);
            if (Lanes.Use256)
                i = ReluBackwardFrom<Lanes256<float>, Vector256<float>>(i, output.Length, y, d);
            i = ReluBackwardFrom<Lanes128<float>, Vector128<float>>(i, output.Length, y, d);
            for (; i < output.Length; i++)
                d[i] = y[i] > 0 ? d[i] : 0;
        }
    }

    [MethodImpl(Hot.Loop)]
    private static int ReluBackwardFrom<TLanes, TVector>(int i, int length, float* y, float* d)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        TVector zero = TLanes.Broadcast(0);
        for (; i + TLanes.Width <= length; i += TLanes.Width)
            TLanes.Store(TLanes.And(TLanes.Load(d + i), TLanes.GreaterThan(TLanes.Load(y + i), zero)), d + i);
        return i;
    }
}
