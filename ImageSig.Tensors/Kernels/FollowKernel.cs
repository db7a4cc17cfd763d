using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Tensors.Kernels;

/// <summary>Running averages.</summary>
internal static unsafe class FollowKernel
{
    /// <summary><c>average ← average + rate · (value − average)</c>, element by element.</summary>
    public static void Follow(Span<float> average, ReadOnlySpan<float> values, float rate)
    {
        fixed (float* a = average, v = values)
        {
            int i = 0;
            if (Lanes.Use512)
                i = From<Lanes512<float>, Vector512<float>>(i, average.Length, a, v, rate);
            if (Lanes.Use256)
                i = From<Lanes256<float>, Vector256<float>>(i, average.Length, a, v, rate);
            i = From<Lanes128<float>, Vector128<float>>(i, average.Length, a, v, rate);
            for (; i < average.Length; i++)
                a[i] = Lanes.MultiplyAdd(rate, v[i] - a[i], a[i]);
        }
    }

    [MethodImpl(Hot.Loop)]
    private static int From<TLanes, TVector>(int i, int length, float* average, float* values, float rate)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        TVector share = TLanes.Broadcast(rate);
        for (; i + TLanes.Width <= length; i += TLanes.Width)
        {
            TVector old = TLanes.Load(average + i);
            TLanes.Store(TLanes.MultiplyAdd(share, TLanes.Subtract(TLanes.Load(values + i), old), old), average + i);
        }
        return i;
    }
}
