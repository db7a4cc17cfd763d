using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

internal static unsafe partial class MatMulKernel
{
    /// <summary>Twelve rows by one register: 12 sums, one load of B and twelve broadcasts of A per k. For a B of a few columns, such as the first convolution's.</summary>
    [MethodImpl(Hot.Loop)]
    private static void Tile1<TLanes, TVector>(
        float** rows, LeftSteps left, float* b, nint bStep, float* origin, nint originStride, float* c, nint stride, float cap)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        float* a0 = rows[0];
        float* a1 = rows[1];
        float* a2 = rows[2];
        float* a3 = rows[3];
        float* a4 = rows[4];
        float* a5 = rows[5];
        float* a6 = rows[6];
        float* a7 = rows[7];
        float* a8 = rows[8];
        float* a9 = rows[9];
        float* a10 = rows[10];
        float* a11 = rows[11];
        TVector s0 = TLanes.Load(origin);
        TVector s1 = TLanes.Load(origin + originStride);
        TVector s2 = TLanes.Load(origin + 2 * originStride);
        TVector s3 = TLanes.Load(origin + 3 * originStride);
        TVector s4 = TLanes.Load(origin + 4 * originStride);
        TVector s5 = TLanes.Load(origin + 5 * originStride);
        TVector s6 = TLanes.Load(origin + 6 * originStride);
        TVector s7 = TLanes.Load(origin + 7 * originStride);
        TVector s8 = TLanes.Load(origin + 8 * originStride);
        TVector s9 = TLanes.Load(origin + 9 * originStride);
        TVector s10 = TLanes.Load(origin + 10 * originStride);
        TVector s11 = TLanes.Load(origin + 11 * originStride);
        nint at = 0;
        for (int group = 0; group < left.Groups; group++, at += left.Jump)
        {
            for (int k = 0; k < left.Steps; k++)
            {
                TVector right = TLanes.Load(b);
                s0 = TLanes.MultiplyAdd(TLanes.Broadcast(a0[at]), right, s0);
                s1 = TLanes.MultiplyAdd(TLanes.Broadcast(a1[at]), right, s1);
                s2 = TLanes.MultiplyAdd(TLanes.Broadcast(a2[at]), right, s2);
                s3 = TLanes.MultiplyAdd(TLanes.Broadcast(a3[at]), right, s3);
                s4 = TLanes.MultiplyAdd(TLanes.Broadcast(a4[at]), right, s4);
                s5 = TLanes.MultiplyAdd(TLanes.Broadcast(a5[at]), right, s5);
                s6 = TLanes.MultiplyAdd(TLanes.Broadcast(a6[at]), right, s6);
                s7 = TLanes.MultiplyAdd(TLanes.Broadcast(a7[at]), right, s7);
                s8 = TLanes.MultiplyAdd(TLanes.Broadcast(a8[at]), right, s8);
                s9 = TLanes.MultiplyAdd(TLanes.Broadcast(a9[at]), right, s9);
                s10 = TLanes.MultiplyAdd(TLanes.Broadcast(a10[at]), right, s10);
                s11 = TLanes.MultiplyAdd(TLanes.Broadcast(a11[at]), right, s11);
                b += bStep;
                at += left.Step;
            }
        }
        if (cap > 0)
        {
            TVector zero = TLanes.Broadcast(0);
            TVector most = TLanes.Broadcast(cap);
            s0 = TLanes.Minimum(TLanes.Maximum(s0, zero), most);
            s1 = TLanes.Minimum(TLanes.Maximum(s1, zero), most);
            s2 = TLanes.Minimum(TLanes.Maximum(s2, zero), most);
            s3 = TLanes.Minimum(TLanes.Maximum(s3, zero), most);
            s4 = TLanes.Minimum(TLanes.Maximum(s4, zero), most);
            s5 = TLanes.Minimum(TLanes.Maximum(s5, zero), most);
            s6 = TLanes.Minimum(TLanes.Maximum(s6, zero), most);
            s7 = TLanes.Minimum(TLanes.Maximum(s7, zero), most);
            s8 = TLanes.Minimum(TLanes.Maximum(s8, zero), most);
            s9 = TLanes.Minimum(TLanes.Maximum(s9, zero), most);
            s10 = TLanes.Minimum(TLanes.Maximum(s10, zero), most);
            s11 = TLanes.Minimum(TLanes.Maximum(s11, zero), most);
        }
        TLanes.Store(s0, c);
        TLanes.Store(s1, c + stride);
        TLanes.Store(s2, c + 2 * stride);
        TLanes.Store(s3, c + 3 * stride);
        TLanes.Store(s4, c + 4 * stride);
        TLanes.Store(s5, c + 5 * stride);
        TLanes.Store(s6, c + 6 * stride);
        TLanes.Store(s7, c + 7 * stride);
        TLanes.Store(s8, c + 8 * stride);
        TLanes.Store(s9, c + 9 * stride);
        TLanes.Store(s10, c + 10 * stride);
        TLanes.Store(s11, c + 11 * stride);
    }
}
