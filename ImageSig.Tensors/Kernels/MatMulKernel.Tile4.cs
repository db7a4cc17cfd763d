using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

internal static unsafe partial class MatMulKernel
{
    /// <summary>Five rows by 4 registers: 20 sums, 4 loads of B and five broadcasts of A per k.</summary>
    [MethodImpl(Hot.Loop)]
    private static void Tile4<TLanes, TVector>(
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
        TVector s00 = TLanes.Load(origin);
        TVector s01 = TLanes.Load(origin + width);
        TVector s02 = TLanes.Load(origin + 2 * width);
        TVector s03 = TLanes.Load(origin + 3 * width);
        origin += originStride;
        TVector s10 = TLanes.Load(origin);
        TVector s11 = TLanes.Load(origin + width);
        TVector s12 = TLanes.Load(origin + 2 * width);
        TVector s13 = TLanes.Load(origin + 3 * width);
        origin += originStride;
        TVector s20 = TLanes.Load(origin);
        TVector s21 = TLanes.Load(origin + width);
        TVector s22 = TLanes.Load(origin + 2 * width);
        TVector s23 = TLanes.Load(origin + 3 * width);
        origin += originStride;
        TVector s30 = TLanes.Load(origin);
        TVector s31 = TLanes.Load(origin + width);
        TVector s32 = TLanes.Load(origin + 2 * width);
        TVector s33 = TLanes.Load(origin + 3 * width);
        origin += originStride;
        TVector s40 = TLanes.Load(origin);
        TVector s41 = TLanes.Load(origin + width);
        TVector s42 = TLanes.Load(origin + 2 * width);
        TVector s43 = TLanes.Load(origin + 3 * width);
        nint at = 0;
        for (int group = 0; group < left.Groups; group++, at += left.Jump)
        {
            for (int k = 0; k < left.Steps; k++)
            {
                TVector b0 = TLanes.Load(b);
                TVector b1 = TLanes.Load(b + width);
                TVector b2 = TLanes.Load(b + 2 * width);
                TVector b3 = TLanes.Load(b + 3 * width);
                TVector x0 = TLanes.Broadcast(a0[at]);
                s00 = TLanes.MultiplyAdd(x0, b0, s00);
                s01 = TLanes.MultiplyAdd(x0, b1, s01);
                s02 = TLanes.MultiplyAdd(x0, b2, s02);
                s03 = TLanes.MultiplyAdd(x0, b3, s03);
                TVector x1 = TLanes.Broadcast(a1[at]);
                s10 = TLanes.MultiplyAdd(x1, b0, s10);
                s11 = TLanes.MultiplyAdd(x1, b1, s11);
                s12 = TLanes.MultiplyAdd(x1, b2, s12);
                s13 = TLanes.MultiplyAdd(x1, b3, s13);
                TVector x2 = TLanes.Broadcast(a2[at]);
                s20 = TLanes.MultiplyAdd(x2, b0, s20);
                s21 = TLanes.MultiplyAdd(x2, b1, s21);
                s22 = TLanes.MultiplyAdd(x2, b2, s22);
                s23 = TLanes.MultiplyAdd(x2, b3, s23);
                TVector x3 = TLanes.Broadcast(a3[at]);
                s30 = TLanes.MultiplyAdd(x3, b0, s30);
                s31 = TLanes.MultiplyAdd(x3, b1, s31);
                s32 = TLanes.MultiplyAdd(x3, b2, s32);
                s33 = TLanes.MultiplyAdd(x3, b3, s33);
                TVector x4 = TLanes.Broadcast(a4[at]);
                s40 = TLanes.MultiplyAdd(x4, b0, s40);
                s41 = TLanes.MultiplyAdd(x4, b1, s41);
                s42 = TLanes.MultiplyAdd(x4, b2, s42);
                s43 = TLanes.MultiplyAdd(x4, b3, s43);
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
            s03 = TLanes.Minimum(TLanes.Maximum(s03, zero), most);
            s10 = TLanes.Minimum(TLanes.Maximum(s10, zero), most);
            s11 = TLanes.Minimum(TLanes.Maximum(s11, zero), most);
            s12 = TLanes.Minimum(TLanes.Maximum(s12, zero), most);
            s13 = TLanes.Minimum(TLanes.Maximum(s13, zero), most);
            s20 = TLanes.Minimum(TLanes.Maximum(s20, zero), most);
            s21 = TLanes.Minimum(TLanes.Maximum(s21, zero), most);
            s22 = TLanes.Minimum(TLanes.Maximum(s22, zero), most);
            s23 = TLanes.Minimum(TLanes.Maximum(s23, zero), most);
            s30 = TLanes.Minimum(TLanes.Maximum(s30, zero), most);
            s31 = TLanes.Minimum(TLanes.Maximum(s31, zero), most);
            s32 = TLanes.Minimum(TLanes.Maximum(s32, zero), most);
            s33 = TLanes.Minimum(TLanes.Maximum(s33, zero), most);
            s40 = TLanes.Minimum(TLanes.Maximum(s40, zero), most);
            s41 = TLanes.Minimum(TLanes.Maximum(s41, zero), most);
            s42 = TLanes.Minimum(TLanes.Maximum(s42, zero), most);
            s43 = TLanes.Minimum(TLanes.Maximum(s43, zero), most);
        }
        TLanes.Store(s00, c);
        TLanes.Store(s01, c + width);
        TLanes.Store(s02, c + 2 * width);
        TLanes.Store(s03, c + 3 * width);
        c += stride;
        TLanes.Store(s10, c);
        TLanes.Store(s11, c + width);
        TLanes.Store(s12, c + 2 * width);
        TLanes.Store(s13, c + 3 * width);
        c += stride;
        TLanes.Store(s20, c);
        TLanes.Store(s21, c + width);
        TLanes.Store(s22, c + 2 * width);
        TLanes.Store(s23, c + 3 * width);
        c += stride;
        TLanes.Store(s30, c);
        TLanes.Store(s31, c + width);
        TLanes.Store(s32, c + 2 * width);
        TLanes.Store(s33, c + 3 * width);
        c += stride;
        TLanes.Store(s40, c);
        TLanes.Store(s41, c + width);
        TLanes.Store(s42, c + 2 * width);
        TLanes.Store(s43, c + 3 * width);
    }
}
