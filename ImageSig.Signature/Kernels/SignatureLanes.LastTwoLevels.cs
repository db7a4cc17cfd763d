using System.Runtime.CompilerServices;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>The last two levels below a node with 3 channels: 3 + 9 coefficients stay in registers over the block of time.</summary>
    /// <param name="series">[Steps, 2, lane], Horner's values at the node.</param>
    /// <param name="stride">Numbers from one step of it to the next.</param>
    /// <param name="increments">[Steps, 3, lane].</param>
    /// <param name="steps">Steps.</param>
    /// <param name="lower">[3, lane], the node's children.</param>
    /// <param name="top">[3, 3, lane], their children.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LastTwoLevels3(T* series, int stride, T* increments, int steps, T* lower, T* top)
    {
        int lane = TLanes.Width;
        TVector b0 = TLanes.Load(lower + 0 * lane), b1 = TLanes.Load(lower + 1 * lane), b2 = TLanes.Load(lower + 2 * lane);
        TVector a00 = TLanes.Load(top + 0 * lane), a01 = TLanes.Load(top + 1 * lane), a02 = TLanes.Load(top + 2 * lane);
        TVector a10 = TLanes.Load(top + 3 * lane), a11 = TLanes.Load(top + 4 * lane), a12 = TLanes.Load(top + 5 * lane);
        TVector a20 = TLanes.Load(top + 6 * lane), a21 = TLanes.Load(top + 7 * lane), a22 = TLanes.Load(top + 8 * lane);
        for (int step = 0; step < steps; step++, series += stride, increments += 3 * lane)
        {
            TVector lowerSeries = TLanes.Load(series), topSeries = TLanes.Load(series + lane);
            TVector z0 = TLanes.Load(increments + 0 * lane), z1 = TLanes.Load(increments + 1 * lane), z2 = TLanes.Load(increments + 2 * lane);
            TVector u = TLanes.MultiplyAdd(topSeries, z0, b0);
            b0 = TLanes.MultiplyAdd(lowerSeries, z0, b0);
            a00 = TLanes.MultiplyAdd(u, z0, a00);
            a01 = TLanes.MultiplyAdd(u, z1, a01);
            a02 = TLanes.MultiplyAdd(u, z2, a02);
            u = TLanes.MultiplyAdd(topSeries, z1, b1);
            b1 = TLanes.MultiplyAdd(lowerSeries, z1, b1);
            a10 = TLanes.MultiplyAdd(u, z0, a10);
            a11 = TLanes.MultiplyAdd(u, z1, a11);
            a12 = TLanes.MultiplyAdd(u, z2, a12);
            u = TLanes.MultiplyAdd(topSeries, z2, b2);
            b2 = TLanes.MultiplyAdd(lowerSeries, z2, b2);
            a20 = TLanes.MultiplyAdd(u, z0, a20);
            a21 = TLanes.MultiplyAdd(u, z1, a21);
            a22 = TLanes.MultiplyAdd(u, z2, a22);
        }
        TLanes.Store(b0, lower + 0 * lane);
        TLanes.Store(b1, lower + 1 * lane);
        TLanes.Store(b2, lower + 2 * lane);
        TLanes.Store(a00, top + 0 * lane);
        TLanes.Store(a01, top + 1 * lane);
        TLanes.Store(a02, top + 2 * lane);
        TLanes.Store(a10, top + 3 * lane);
        TLanes.Store(a11, top + 4 * lane);
        TLanes.Store(a12, top + 5 * lane);
        TLanes.Store(a20, top + 6 * lane);
        TLanes.Store(a21, top + 7 * lane);
        TLanes.Store(a22, top + 8 * lane);
    }

    /// <summary>The last two levels below a node with 4 channels: 4 + 16 coefficients stay in registers over the block of time.</summary>
    /// <param name="series">[Steps, 2, lane], Horner's values at the node.</param>
    /// <param name="stride">Numbers from one step of it to the next.</param>
    /// <param name="increments">[Steps, 4, lane].</param>
    /// <param name="steps">Steps.</param>
    /// <param name="lower">[4, lane], the node's children.</param>
    /// <param name="top">[4, 4, lane], their children.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LastTwoLevels4(T* series, int stride, T* increments, int steps, T* lower, T* top)
    {
        int lane = TLanes.Width;
        TVector b0 = TLanes.Load(lower + 0 * lane), b1 = TLanes.Load(lower + 1 * lane), b2 = TLanes.Load(lower + 2 * lane), b3 = TLanes.Load(lower + 3 * lane);
        TVector a00 = TLanes.Load(top + 0 * lane), a01 = TLanes.Load(top + 1 * lane), a02 = TLanes.Load(top + 2 * lane), a03 = TLanes.Load(top + 3 * lane);
        TVector a10 = TLanes.Load(top + 4 * lane), a11 = TLanes.Load(top + 5 * lane), a12 = TLanes.Load(top + 6 * lane), a13 = TLanes.Load(top + 7 * lane);
        TVector a20 = TLanes.Load(top + 8 * lane), a21 = TLanes.Load(top + 9 * lane), a22 = TLanes.Load(top + 10 * lane), a23 = TLanes.Load(top + 11 * lane);
        TVector a30 = TLanes.Load(top + 12 * lane), a31 = TLanes.Load(top + 13 * lane), a32 = TLanes.Load(top + 14 * lane), a33 = TLanes.Load(top + 15 * lane);
        for (int step = 0; step < steps; step++, series += stride, increments += 4 * lane)
        {
            TVector lowerSeries = TLanes.Load(series), topSeries = TLanes.Load(series + lane);
            TVector z0 = TLanes.Load(increments + 0 * lane), z1 = TLanes.Load(increments + 1 * lane), z2 = TLanes.Load(increments + 2 * lane), z3 = TLanes.Load(increments + 3 * lane);
            TVector u = TLanes.MultiplyAdd(topSeries, z0, b0);
            b0 = TLanes.MultiplyAdd(lowerSeries, z0, b0);
            a00 = TLanes.MultiplyAdd(u, z0, a00);
            a01 = TLanes.MultiplyAdd(u, z1, a01);
            a02 = TLanes.MultiplyAdd(u, z2, a02);
            a03 = TLanes.MultiplyAdd(u, z3, a03);
            u = TLanes.MultiplyAdd(topSeries, z1, b1);
            b1 = TLanes.MultiplyAdd(lowerSeries, z1, b1);
            a10 = TLanes.MultiplyAdd(u, z0, a10);
            a11 = TLanes.MultiplyAdd(u, z1, a11);
            a12 = TLanes.MultiplyAdd(u, z2, a12);
            a13 = TLanes.MultiplyAdd(u, z3, a13);
            u = TLanes.MultiplyAdd(topSeries, z2, b2);
            b2 = TLanes.MultiplyAdd(lowerSeries, z2, b2);
            a20 = TLanes.MultiplyAdd(u, z0, a20);
            a21 = TLanes.MultiplyAdd(u, z1, a21);
            a22 = TLanes.MultiplyAdd(u, z2, a22);
            a23 = TLanes.MultiplyAdd(u, z3, a23);
            u = TLanes.MultiplyAdd(topSeries, z3, b3);
            b3 = TLanes.MultiplyAdd(lowerSeries, z3, b3);
            a30 = TLanes.MultiplyAdd(u, z0, a30);
            a31 = TLanes.MultiplyAdd(u, z1, a31);
            a32 = TLanes.MultiplyAdd(u, z2, a32);
            a33 = TLanes.MultiplyAdd(u, z3, a33);
        }
        TLanes.Store(b0, lower + 0 * lane);
        TLanes.Store(b1, lower + 1 * lane);
        TLanes.Store(b2, lower + 2 * lane);
        TLanes.Store(b3, lower + 3 * lane);
        TLanes.Store(a00, top + 0 * lane);
        TLanes.Store(a01, top + 1 * lane);
        TLanes.Store(a02, top + 2 * lane);
        TLanes.Store(a03, top + 3 * lane);
        TLanes.Store(a10, top + 4 * lane);
        TLanes.Store(a11, top + 5 * lane);
        TLanes.Store(a12, top + 6 * lane);
        TLanes.Store(a13, top + 7 * lane);
        TLanes.Store(a20, top + 8 * lane);
        TLanes.Store(a21, top + 9 * lane);
        TLanes.Store(a22, top + 10 * lane);
        TLanes.Store(a23, top + 11 * lane);
        TLanes.Store(a30, top + 12 * lane);
        TLanes.Store(a31, top + 13 * lane);
        TLanes.Store(a32, top + 14 * lane);
        TLanes.Store(a33, top + 15 * lane);
    }
}
