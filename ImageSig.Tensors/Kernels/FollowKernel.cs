using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>Running averages.</summary>
internal static unsafe class FollowKernel
{
    /// <summary><c>average ← average + rate · (value − average)</c>, element by element.</summary>
    public static void Follow(Span<float> average, ReadOnlySpan<float> values, float rate)
    {
        fixed (float* a = average, v = values)
            LaneDispatch.Sweep(average.Length, new FollowSweep(a, v, rate));
    }

    private readonly struct FollowSweep(float* average, float* values, float rate) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* a = average, v = values;
            TVector share = TLanes.Broadcast(rate);
            for (int i = from; i < to; i += TLanes.Width)
            {
                TVector old = TLanes.Load(a + i);
                TLanes.Store(TLanes.MultiplyAdd(share, TLanes.Subtract(TLanes.Load(v + i), old), old), a + i);
            }
        }
    }
}
