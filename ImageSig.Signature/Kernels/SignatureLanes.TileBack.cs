using System.Runtime.CompilerServices;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>A tile of <see cref="ProductBack"/>: the cotangents of TRows x TColumns words stay in registers over the block of time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TileBack<TRows, TColumns>(T* values, T* gradients, int stride, T* increments, T* incrementGradients, int wide, int steps, T* cotangent)
        where TRows : struct, IExtent
        where TColumns : struct, IExtent
    {
        int lane = TLanes.Width;
        TVector zero = default;
        TVector d00 = TLanes.Load(cotangent + 0 * wide + 0 * lane);
        TVector d01 = TColumns.Value > 1 ? TLanes.Load(cotangent + 0 * wide + 1 * lane) : zero;
        TVector d02 = TColumns.Value > 2 ? TLanes.Load(cotangent + 0 * wide + 2 * lane) : zero;
        TVector d03 = TColumns.Value > 3 ? TLanes.Load(cotangent + 0 * wide + 3 * lane) : zero;
        TVector d10 = TRows.Value > 1 ? TLanes.Load(cotangent + 1 * wide + 0 * lane) : zero;
        TVector d11 = TRows.Value > 1 && TColumns.Value > 1 ? TLanes.Load(cotangent + 1 * wide + 1 * lane) : zero;
        TVector d12 = TRows.Value > 1 && TColumns.Value > 2 ? TLanes.Load(cotangent + 1 * wide + 2 * lane) : zero;
        TVector d13 = TRows.Value > 1 && TColumns.Value > 3 ? TLanes.Load(cotangent + 1 * wide + 3 * lane) : zero;
        TVector d20 = TRows.Value > 2 ? TLanes.Load(cotangent + 2 * wide + 0 * lane) : zero;
        TVector d21 = TRows.Value > 2 && TColumns.Value > 1 ? TLanes.Load(cotangent + 2 * wide + 1 * lane) : zero;
        TVector d22 = TRows.Value > 2 && TColumns.Value > 2 ? TLanes.Load(cotangent + 2 * wide + 2 * lane) : zero;
        TVector d23 = TRows.Value > 2 && TColumns.Value > 3 ? TLanes.Load(cotangent + 2 * wide + 3 * lane) : zero;
        TVector d30 = TRows.Value > 3 ? TLanes.Load(cotangent + 3 * wide + 0 * lane) : zero;
        TVector d31 = TRows.Value > 3 && TColumns.Value > 1 ? TLanes.Load(cotangent + 3 * wide + 1 * lane) : zero;
        TVector d32 = TRows.Value > 3 && TColumns.Value > 2 ? TLanes.Load(cotangent + 3 * wide + 2 * lane) : zero;
        TVector d33 = TRows.Value > 3 && TColumns.Value > 3 ? TLanes.Load(cotangent + 3 * wide + 3 * lane) : zero;
        for (int step = 0; step < steps; step++, values += stride, gradients += stride, increments += wide, incrementGradients += wide)
        {
            TVector z0 = TLanes.Load(increments), dz0 = TLanes.Load(incrementGradients);
            TVector z1 = TColumns.Value > 1 ? TLanes.Load(increments + 1 * lane) : zero, dz1 = TColumns.Value > 1 ? TLanes.Load(incrementGradients + 1 * lane) : zero;
            TVector z2 = TColumns.Value > 2 ? TLanes.Load(increments + 2 * lane) : zero, dz2 = TColumns.Value > 2 ? TLanes.Load(incrementGradients + 2 * lane) : zero;
            TVector z3 = TColumns.Value > 3 ? TLanes.Load(increments + 3 * lane) : zero, dz3 = TColumns.Value > 3 ? TLanes.Load(incrementGradients + 3 * lane) : zero;
            TVector u = TLanes.Load(values + 0 * lane), g = TLanes.Load(gradients);
            g = TLanes.MultiplyAdd(d00, z0, g);
            dz0 = TLanes.MultiplyAdd(d00, u, dz0);
            if (TColumns.Value > 1)
            {
                g = TLanes.MultiplyAdd(d01, z1, g);
                dz1 = TLanes.MultiplyAdd(d01, u, dz1);
            }
            if (TColumns.Value > 2)
            {
                g = TLanes.MultiplyAdd(d02, z2, g);
                dz2 = TLanes.MultiplyAdd(d02, u, dz2);
            }
            if (TColumns.Value > 3)
            {
                g = TLanes.MultiplyAdd(d03, z3, g);
                dz3 = TLanes.MultiplyAdd(d03, u, dz3);
            }
            TLanes.Store(g, gradients + 0 * lane);
            if (TRows.Value > 1)
            {
                u = TLanes.Load(values + 1 * lane);
                g = TLanes.Load(gradients + 1 * lane);
                g = TLanes.MultiplyAdd(d10, z0, g);
                dz0 = TLanes.MultiplyAdd(d10, u, dz0);
                if (TColumns.Value > 1)
                {
                    g = TLanes.MultiplyAdd(d11, z1, g);
                    dz1 = TLanes.MultiplyAdd(d11, u, dz1);
                }
                if (TColumns.Value > 2)
                {
                    g = TLanes.MultiplyAdd(d12, z2, g);
                    dz2 = TLanes.MultiplyAdd(d12, u, dz2);
                }
                if (TColumns.Value > 3)
                {
                    g = TLanes.MultiplyAdd(d13, z3, g);
                    dz3 = TLanes.MultiplyAdd(d13, u, dz3);
                }
                TLanes.Store(g, gradients + 1 * lane);
            }
            if (TRows.Value > 2)
            {
                u = TLanes.Load(values + 2 * lane);
                g = TLanes.Load(gradients + 2 * lane);
                g = TLanes.MultiplyAdd(d20, z0, g);
                dz0 = TLanes.MultiplyAdd(d20, u, dz0);
                if (TColumns.Value > 1)
                {
                    g = TLanes.MultiplyAdd(d21, z1, g);
                    dz1 = TLanes.MultiplyAdd(d21, u, dz1);
                }
                if (TColumns.Value > 2)
                {
                    g = TLanes.MultiplyAdd(d22, z2, g);
                    dz2 = TLanes.MultiplyAdd(d22, u, dz2);
                }
                if (TColumns.Value > 3)
                {
                    g = TLanes.MultiplyAdd(d23, z3, g);
                    dz3 = TLanes.MultiplyAdd(d23, u, dz3);
                }
                TLanes.Store(g, gradients + 2 * lane);
            }
            if (TRows.Value > 3)
            {
                u = TLanes.Load(values + 3 * lane);
                g = TLanes.Load(gradients + 3 * lane);
                g = TLanes.MultiplyAdd(d30, z0, g);
                dz0 = TLanes.MultiplyAdd(d30, u, dz0);
                if (TColumns.Value > 1)
                {
                    g = TLanes.MultiplyAdd(d31, z1, g);
                    dz1 = TLanes.MultiplyAdd(d31, u, dz1);
                }
                if (TColumns.Value > 2)
                {
                    g = TLanes.MultiplyAdd(d32, z2, g);
                    dz2 = TLanes.MultiplyAdd(d32, u, dz2);
                }
                if (TColumns.Value > 3)
                {
                    g = TLanes.MultiplyAdd(d33, z3, g);
                    dz3 = TLanes.MultiplyAdd(d33, u, dz3);
                }
                TLanes.Store(g, gradients + 3 * lane);
            }
            TLanes.Store(dz0, incrementGradients);
            if (TColumns.Value > 1) TLanes.Store(dz1, incrementGradients + 1 * lane);
            if (TColumns.Value > 2) TLanes.Store(dz2, incrementGradients + 2 * lane);
            if (TColumns.Value > 3) TLanes.Store(dz3, incrementGradients + 3 * lane);
        }
    }
}
