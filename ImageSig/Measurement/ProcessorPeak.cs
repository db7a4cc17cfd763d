using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Measurement;

/// <summary>What a core's multiply-add units can do: the yardstick of every "share of peak".</summary>
internal static unsafe class ProcessorPeak
{
    private const int Chains = 12;
    private const int Rounds = 400_000;

    /// <summary>Multiply-adds a second on one core, best of several runs, from registers alone at the width the kernels use.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    public static double MultiplyAddsPerSecond<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double best = 0;
        for (int run = 0; run < 20; run++)
        {
            long start = Stopwatch.GetTimestamp();
            int width;
            LaneDispatch.Run<PeakWork<T>, T>(new(&width));
            best = Math.Max(best, (double)Chains * Rounds * width / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }

    /// <summary>Twelve sums that do not depend on each other: at least the latency of two units of up to six cycles, and few enough
    /// for 16 registers.</summary>
    [MethodImpl(Hot.Loop)]
    private static int Run<TLanes, TVector, T>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TVector a = TLanes.Broadcast(T.CreateTruncating(0.999));
        TVector b = TLanes.Broadcast(T.CreateTruncating(1e-3));
        TVector s0 = a;
        TVector s1 = a;
        TVector s2 = a;
        TVector s3 = a;
        TVector s4 = a;
        TVector s5 = a;
        TVector s6 = a;
        TVector s7 = a;
        TVector s8 = a;
        TVector s9 = a;
        TVector s10 = a;
        TVector s11 = a;
        for (int i = 0; i < Rounds; i++)
        {
            s0 = TLanes.MultiplyAdd(s0, a, b);
            s1 = TLanes.MultiplyAdd(s1, a, b);
            s2 = TLanes.MultiplyAdd(s2, a, b);
            s3 = TLanes.MultiplyAdd(s3, a, b);
            s4 = TLanes.MultiplyAdd(s4, a, b);
            s5 = TLanes.MultiplyAdd(s5, a, b);
            s6 = TLanes.MultiplyAdd(s6, a, b);
            s7 = TLanes.MultiplyAdd(s7, a, b);
            s8 = TLanes.MultiplyAdd(s8, a, b);
            s9 = TLanes.MultiplyAdd(s9, a, b);
            s10 = TLanes.MultiplyAdd(s10, a, b);
            s11 = TLanes.MultiplyAdd(s11, a, b);
        }
        TVector sum = s0;
        sum = TLanes.Add(sum, s1);
        sum = TLanes.Add(sum, s2);
        sum = TLanes.Add(sum, s3);
        sum = TLanes.Add(sum, s4);
        sum = TLanes.Add(sum, s5);
        sum = TLanes.Add(sum, s6);
        sum = TLanes.Add(sum, s7);
        sum = TLanes.Add(sum, s8);
        sum = TLanes.Add(sum, s9);
        sum = TLanes.Add(sum, s10);
        sum = TLanes.Add(sum, s11);
        T* sink = stackalloc T[TLanes.Width];
        TLanes.Store(sum, sink);
        return sink[0] > T.Zero ? TLanes.Width : 0;
    }

    private readonly struct PeakWork<T>(int* width) : ILaneWork<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, T>
            where TVector : struct => *width = ProcessorPeak.Run<TLanes, TVector, T>();
    }
}
