using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Tensors.Kernels;

/// <summary>Work on every row of a matrix with one number per column; lanes are columns.</summary>
internal static unsafe class ColumnKernel
{
    /// <summary><c>y[i, j] = (x[i, j] − center[j]) · scale[j] + shift[j]</c>.</summary>
    public static void Affine(
        ReadOnlySpan<float> input, ReadOnlySpan<float> center, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> output)
    {
        int columns = center.Length;
        fixed (float* x = input, c = center, a = scale, b = shift, y = output)
        {
            int j = 0;
            int rows = input.Length / columns;
            if (Lanes.Use512)
                j = Affine<Lanes512<float>, Vector512<float>>(j, rows, columns, x, c, a, b, y);
            if (Lanes.Use256)
                j = Affine<Lanes256<float>, Vector256<float>>(j, rows, columns, x, c, a, b, y);
            j = Affine<Lanes128<float>, Vector128<float>>(j, rows, columns, x, c, a, b, y);
            for (; j < columns; j++)
                for (nint at = j; at < input.Length; at += columns)
                    y[at] = Lanes.MultiplyAdd(x[at] - c[j], a[j], b[j]);
        }
    }

    /// <summary><c>sums[j] ← sums[j] + Σᵢ left[i, j] · right[i, j]</c>, i in order.</summary>
    public static void AddProducts(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sums)
    {
        int columns = sums.Length;
        fixed (float* x = left, y = right, s = sums)
        {
            int j = 0;
            int rows = left.Length / columns;
            if (Lanes.Use512)
                j = AddProducts<Lanes512<float>, Vector512<float>>(j, rows, columns, x, y, s);
            if (Lanes.Use256)
                j = AddProducts<Lanes256<float>, Vector256<float>>(j, rows, columns, x, y, s);
            j = AddProducts<Lanes128<float>, Vector128<float>>(j, rows, columns, x, y, s);
            for (; j < columns; j++)
                for (nint at = j; at < left.Length; at += columns)
                    s[j] = Lanes.MultiplyAdd(x[at], y[at], s[j]);
        }
    }

    /// <summary><c>dx[i, j] ← dx[i, j] + factor[j] · (dy[i, j] − mean[j] − normal[i, j] · slope[j])</c>.</summary>
    public static void AddNormBackward(
        ReadOnlySpan<float> outer, ReadOnlySpan<float> normal, ReadOnlySpan<float> factor, ReadOnlySpan<float> mean,
        ReadOnlySpan<float> slope, Span<float> inner)
    {
        int columns = factor.Length;
        fixed (float* dy = outer, n = normal, f = factor, m = mean, s = slope, dx = inner)
        {
            int j = 0;
            int rows = outer.Length / columns;
            if (Lanes.Use512)
                j = AddNormBackward<Lanes512<float>, Vector512<float>>(j, rows, columns, dy, n, f, m, s, dx);
            if (Lanes.Use256)
                j = AddNormBackward<Lanes256<float>, Vector256<float>>(j, rows, columns, dy, n, f, m, s, dx);
            j = AddNormBackward<Lanes128<float>, Vector128<float>>(j, rows, columns, dy, n, f, m, s, dx);
            for (; j < columns; j++)
                for (nint at = j; at < outer.Length; at += columns)
                    dx[at] = Lanes.MultiplyAdd(f[j], dy[at] - m[j] - n[at] * s[j], dx[at]);
        }
    }

    [MethodImpl(Hot.Loop)]
    private static int Affine<TLanes, TVector>(int j, int rows, int columns, float* x, float* center, float* scale, float* shift, float* y)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        for (; j + TLanes.Width <= columns; j += TLanes.Width)
        {
            TVector c = TLanes.Load(center + j);
            TVector a = TLanes.Load(scale + j);
            TVector b = TLanes.Load(shift + j);
            nint at = j;
            for (int i = 0; i < rows; i++, at += columns)
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Subtract(TLanes.Load(x + at), c), a, b), y + at);
        }
        return j;
    }

    [MethodImpl(Hot.Loop)]
    private static int AddProducts<TLanes, TVector>(int j, int rows, int columns, float* x, float* y, float* sums)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        for (; j + TLanes.Width <= columns; j += TLanes.Width)
        {
            TVector sum = TLanes.Load(sums + j);
            nint at = j;
            for (int i = 0; i < rows; i++, at += columns)
                sum = TLanes.MultiplyAdd(TLanes.Load(x + at), TLanes.Load(y + at), sum);
            TLanes.Store(sum, sums + j);
        }
        return j;
    }

    [MethodImpl(Hot.Loop)]
    private static int AddNormBackward<TLanes, TVector>(
        int j, int rows, int columns, float* dy, float* normal, float* factor, float* mean, float* slope, float* dx)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        for (; j + TLanes.Width <= columns; j += TLanes.Width)
        {
            TVector f = TLanes.Load(factor + j);
            TVector m = TLanes.Load(mean + j);
            TVector s = TLanes.Load(slope + j);
            nint at = j;
            for (int i = 0; i < rows; i++, at += columns)
            {
                TVector rest = TLanes.Subtract(
                    TLanes.Subtract(TLanes.Load(dy + at), m), TLanes.Multiply(TLanes.Load(normal + at), s));
                TLanes.Store(TLanes.MultiplyAdd(f, rest, TLanes.Load(dx + at)), dx + at);
            }
        }
        return j;
    }
}
