using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Tensors.Kernels;

internal readonly unsafe partial struct Lanes512<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadParts(T** rows, int index) => Vector512.Create(
        Vector256.Create(Vector128.Load(rows[0] + index), Vector128.Load(rows[Vector128<T>.Count] + index)),
        Vector256.Create(Vector128.Load(rows[2 * Vector128<T>.Count] + index), Vector128.Load(rows[3 * Vector128<T>.Count] + index)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreParts(T** rows, int index, Vector512<T> value)
    {
        Lanes256<T>.StoreParts(rows, index, value.GetLower());
        Lanes256<T>.StoreParts(rows + 2 * Vector128<T>.Count, index, value.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ZipLow(Vector512<T> left, Vector512<T> right)
    {
        if (typeof(T) == typeof(double))
            return JoinLow(left, right);
        if (Avx512F.IsSupported)
            return Avx512F.UnpackLow(left.AsSingle(), right.AsSingle()).As<float, T>();
        return Vector512.Create(Lanes256<T>.ZipLow(left.GetLower(), right.GetLower()), Lanes256<T>.ZipLow(left.GetUpper(), right.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ZipHigh(Vector512<T> left, Vector512<T> right)
    {
        if (typeof(T) == typeof(double))
            return JoinHigh(left, right);
        if (Avx512F.IsSupported)
            return Avx512F.UnpackHigh(left.AsSingle(), right.AsSingle()).As<float, T>();
        return Vector512.Create(Lanes256<T>.ZipHigh(left.GetLower(), right.GetLower()), Lanes256<T>.ZipHigh(left.GetUpper(), right.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> JoinLow(Vector512<T> left, Vector512<T> right)
    {
        if (Avx512F.IsSupported)
            return Avx512F.UnpackLow(left.AsDouble(), right.AsDouble()).As<double, T>();
        return Vector512.Create(Lanes256<T>.JoinLow(left.GetLower(), right.GetLower()), Lanes256<T>.JoinLow(left.GetUpper(), right.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> JoinHigh(Vector512<T> left, Vector512<T> right)
    {
        if (Avx512F.IsSupported)
            return Avx512F.UnpackHigh(left.AsDouble(), right.AsDouble()).As<double, T>();
        return Vector512.Create(Lanes256<T>.JoinHigh(left.GetLower(), right.GetLower()), Lanes256<T>.JoinHigh(left.GetUpper(), right.GetUpper()));
    }
}
