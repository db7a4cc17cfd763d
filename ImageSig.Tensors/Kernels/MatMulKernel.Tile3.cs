using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

internal static unsafe partial class MatMulKernel
{
    /// <summary>Eight rows by 3 registers: 24 sums, 3 loads of B and eight broadcasts of A per k.</summary>
    [MethodImpl(Hot.Loop)]
    private static void Tile3<TLanes, TVector>(
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
        float* a6 = rows[6];
        float* a7 = rows[7];
        TVector s00 = TLanes.Load(origin);
        TVector s01 = TLanes.Load(origin + width);
        TVector s02 = TLanes.Load(origin + 2 * width);
        origin += originStride;
        TVector s10 = TLanes.Load(origin);
        TVector s11 = TLanes.Load(origin + width);
        TVector s12 = TLanes.Load(origin + 2 * width);
        origin += originStride;
        TVector s20 = TLanes.Load(origin);
        TVector s21 = TLanes.Load(origin + width);
        TVector s22 = TLanes.Load(origin + 2 * width);
        origin += originStride;
        TVector s30 = TLanes.Load(origin);
        TVector s31 = TLanes.Load(origin + width);
        TVector s32 = TLanes.Load(origin + 2 * width);
        origin += originStride;
        TVector s40 = TLanes.Load(origin);
        TVector s41 = TLanes.Load(origin + width);
        TVector s42 = TLanes.Load(origin + 2 * width);
        origin += originStride;
        TVector s50 = TLanes.Load(origin);
        TVector s51 = TLanes.Load(origin + width);
        TVector s52 = TLanes.Load(origin + 2 * width);
        origin += originStride;
        TVector s60 = TLanes.Load(origin);
        TVector s61 = TLanes.Load(origin + width);
        TVector s62 = TLanes.Load(origin + 2 * width);
        origin += originStride;
        TVector s70 = TLanes.Load(origin);
        TVector s71 = TLanes.Load(origin + width);
        TVector s72 = TLanes.Load(origin + 2 * width);
        nint at = 0;
        for (int group = 0; group < left.Groups; group++, at += left.Jump)
        {
            for (int k = 0; k < left.Steps; k++)
            {
                TVector b0 = TLanes.Load(b);
                TVector b1 = TLanes.Load(b + width);
                TVector b2 = TLanes.Load(b + 2 * width);
                TVector x0 = TLanes.Broadcast(a0[at]);
                s00 = TLanes.MultiplyAdd(x0, b0, s00);
                s01 = TLanes.MultiplyAdd(x0, b1, s01);
                s02 = TLanes.MultiplyAdd(x0, b2, s02);
                TVector x1 = TLanes.Broadcast(a1[at]);
                s10 = TLanes.MultiplyAdd(x1, b0, s10);
                s11 = TLanes.MultiplyAdd(x1, b1, s11);
                s12 = TLanes.MultiplyAdd(x1, b2, s12);
                TVector x2 = TLanes.Broadcast(a2[at]);
                s20 = TLanes.MultiplyAdd(x2, b0, s20);
                s21 = TLanes.MultiplyAdd(x2, b1, s21);
                s22 = TLanes.MultiplyAdd(x2, b2, s22);
                TVector x3 = TLanes.Broadcast(a3[at]);
                s30 = TLanes.MultiplyAdd(x3, b0, s30);
                s31 = TLanes.MultiplyAdd(x3, b1, s31);
                s32 = TLanes.MultiplyAdd(x3, b2, s32);
                TVector x4 = TLanes.Broadcast(a4[at]);
                s40 = TLanes.MultiplyAdd(x4, b0, s40);
                s41 = TLanes.MultiplyAdd(x4, b1, s41);
                s42 = TLanes.MultiplyAdd(x4, b2, s42);
                TVector x5 = TLanes.Broadcast(a5[at]);
                s50 = TLanes.MultiplyAdd(x5, b0, s50);
                s51 = TLanes.MultiplyAdd(x5, b1, s51);
                s52 = TLanes.MultiplyAdd(x5, b2, s52);
                TVector x6 = TLanes.Broadcast(a6[at]);
                s60 = TLanes.MultiplyAdd(x6, b0, s60);
                s61 = TLanes.MultiplyAdd(x6, b1, s61);
                s62 = TLanes.MultiplyAdd(x6, b2, s62);
                TVector x7 = TLanes.Broadcast(a7[at]);
                s70 = TLanes.MultiplyAdd(x7, b0, s70);
                s71 = TLanes.MultiplyAdd(x7, b1, s71);
                s72 = TLanes.MultiplyAdd(x7, b2, s72);
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
            s02 = TLanes.Minimum(TLanes.Maximum(s02, zero), most);
            s10 = TLanes.Minimum(TLanes.Maximum(s10, zero), most);
            s11 = TLanes.Minimum(TLanes.Maximum(s11, zero), most);
            s12 = TLanes.Minimum(TLanes.Maximum(s12, zero), most);
            s20 = TLanes.Minimum(TLanes.Maximum(s20, zero), most);
            s21 = TLanes.Minimum(TLanes.Maximum(s21, zero), most);
            s22 = TLanes.Minimum(TLanes.Maximum(s22, zero), most);
            s30 = TLanes.Minimum(TLanes.Maximum(s30, zero), most);
            s31 = TLanes.Minimum(TLanes.Maximum(s31, zero), most);
            s32 = TLanes.Minimum(TLanes.Maximum(s32, zero), most);
            s40 = TLanes.Minimum(TLanes.Maximum(s40, zero), most);
            s41 = TLanes.Minimum(TLanes.Maximum(s41, zero), most);
            s42 = TLanes.Minimum(TLanes.Maximum(s42, zero), most);
            s50 = TLanes.Minimum(TLanes.Maximum(s50, zero), most);
            s51 = TLanes.Minimum(TLanes.Maximum(s51, zero), most);
            s52 = TLanes.Minimum(TLanes.Maximum(s52, zero), most);
            s60 = TLanes.Minimum(TLanes.Maximum(s60, zero), most);
            s61 = TLanes.Minimum(TLanes.Maximum(s61, zero), most);
            s62 = TLanes.Minimum(TLanes.Maximum(s62, zero), most);
            s70 = TLanes.Minimum(TLanes.Maximum(s70, zero), most);
            s71 = TLanes.Minimum(TLanes.Maximum(s71, zero), most);
            s72 = TLanes.Minimum(TLanes.Maximum(s72, zero), most);
        }
        TLanes.Store(s00, c);
        TLanes.Store(s01, c + width);
        TLanes.Store(s02, c + 2 * width);
        c += stride;
        TLanes.Store(s10, c);
        TLanes.Store(s11, c + width);
        TLanes.Store(s12, c + 2 * width);
        c += stride;
        TLanes.Store(s20, c);
        TLanes.Store(s21, c + width);
        TLanes.Store(s22, c + 2 * width);
        c += stride;
        TLanes.Store(s30, c);
        TLanes.Store(s31, c + width);
        TLanes.Store(s32, c + 2 * width);
        c += stride;
        TLanes.Store(s40, c);
        TLanes.Store(s41, c + width);
        TLanes.Store(s42, c + 2 * width);
        c += stride;
        TLanes.Store(s50, c);
        TLanes.Store(s51, c + width);
        TLanes.Store(s52, c + 2 * width);
        c += stride;
        TLanes.Store(s60, c);
        TLanes.Store(s61, c + width);
        TLanes.Store(s62, c + 2 * width);
        c += stride;
        TLanes.Store(s70, c);
        TLanes.Store(s71, c + width);
        TLanes.Store(s72, c + 2 * width);
    }
}
