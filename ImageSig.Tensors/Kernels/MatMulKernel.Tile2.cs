using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

internal static unsafe partial class MatMulKernel
{
    /// <summary>Six rows by 2 registers: 12 sums, 2 loads of B and six broadcasts of A per k.</summary>
    [MethodImpl(Hot.Loop)]
    private static void Tile2<TLanes, TVector>(
        float** rows, LeftSteps left, float* b, nint bStep, float* origin, nint originStride, float* c, nint stride, float cap)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int width = TLanes.Width;
        float* a0 = rows[0];
        float* a1 = rows[1];
        float* a2 = rows[2];
        float* a3 = rows[3];
        float* a4 = rows[4];
        float* a5 = rows[5];
        TVector s00 = TLanes.Load(origin);
        TVector s01 = TLanes.Load(origin + width);
        origin += originStride;
        TVector s10 = TLanes.Load(origin);
        TVector s11 = TLanes.Load(origin + width);
        origin += originStride;
        TVector s20 = TLanes.Load(origin);
        TVector s21 = TLanes.Load(origin + width);
        origin += originStride;
        TVector s30 = TLanes.Load(origin);
        TVector s31 = TLanes.Load(origin + width);
        origin += originStride;
        TVector s40 = TLanes.Load(origin);
        TVector s41 = TLanes.Load(origin + width);
        origin += originStride;
        TVector s50 = TLanes.Load(origin);
        TVector s51 = TLanes.Load(origin + width);
        nint at = 0;
        for (int group = 0; group < left.Groups; group++, at += left.Jump)
        {
            for (int k = 0; k < left.Steps; k++)
            {
                TVector b0 = TLanes.Load(b);
                TVector b1 = TLanes.Load(b + width);
                TVector x0 = TLanes.Broadcast(a0[at]);
                s00 = TLanes.MultiplyAdd(x0, b0, s00);
                s01 = TLanes.MultiplyAdd(x0, b1, s01);
                TVector x1 = TLanes.Broadcast(a1[at]);
                s10 = TLanes.MultiplyAdd(x1, b0, s10);
                s11 = TLanes.MultiplyAdd(x1, b1, s11);
                TVector x2 = TLanes.Broadcast(a2[at]);
                s20 = TLanes.MultiplyAdd(x2, b0, s20);
                s21 = TLanes.MultiplyAdd(x2, b1, s21);
                TVector x3 = TLanes.Broadcast(a3[at]);
                s30 = TLanes.MultiplyAdd(x3, b0, s30);
                s31 = TLanes.MultiplyAdd(x3, b1, s31);
                TVector x4 = TLanes.Broadcast(a4[at]);
                s40 = TLanes.MultiplyAdd(x4, b0, s40);
                s41 = TLanes.MultiplyAdd(x4, b1, s41);
                TVector x5 = TLanes.Broadcast(a5[at]);
                s50 = TLanes.MultiplyAdd(x5, b0, s50);
                s51 = TLanes.MultiplyAdd(x5, b1, s51);
                b += bStep;
                at += left.Step;
            }
        }
        if (cap > 0)
        {
            TVector zero = TLanes.Broadcast(0);
            TVector most = TLanes.Broadcast(cap);
            s00 = TLanes.Minimum(TLanes.Maximum(s00, zero), most);
            s01 = TLanes.Minimum(TLanes.Maximum(s01, zero), most);
            s10 = TLanes.Minimum(TLanes.Maximum(s10, zero), most);
            s11 = TLanes.Minimum(TLanes.Maximum(s11, zero), most);
            s20 = TLanes.Minimum(TLanes.Maximum(s20, zero), most);
            s21 = TLanes.Minimum(TLanes.Maximum(s21, zero), most);
            s30 = TLanes.Minimum(TLanes.Maximum(s30, zero), most);
            s31 = TLanes.Minimum(TLanes.Maximum(s31, zero), most);
            s40 = TLanes.Minimum(TLanes.Maximum(s40, zero), most);
            s41 = TLanes.Minimum(TLanes.Maximum(s41, zero), most);
            s50 = TLanes.Minimum(TLanes.Maximum(s50, zero), most);
            s51 = TLanes.Minimum(TLanes.Maximum(s51, zero), most);
        }
        TLanes.Store(s00, c);
        TLanes.Store(s01, c + width);
        c += stride;
        TLanes.Store(s10, c);
        TLanes.Store(s11, c + width);
        c += stride;
        TLanes.Store(s20, c);
        TLanes.Store(s21, c + width);
        c += stride;
        TLanes.Store(s30, c);
        TLanes.Store(s31, c + width);
        c += stride;
        TLanes.Store(s40, c);
        TLanes.Store(s41, c + width);
        c += stride;
        TLanes.Store(s50, c);
        TLanes.Store(s51, c + width);
    }
}
