using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Tensors.Kernels;

internal readonly unsafe partial struct Lanes256<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadParts(T** rows, int index) => Vector256.Create(Vector128.Load(rows[0] + index), Vector128.Load(rows[Vector128<T>.Count] + index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreParts(T** rows, int index, Vector256<T> value)
    {
        value.GetLower().Store(rows[0] + index);
        value.GetUpper().Store(rows[Vector128<T>.Count] + index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ZipLow(Vector256<T> left, Vector256<T> right)
    {
        if (typeof(T) == typeof(double))
            return JoinLow(left, right);
        if (Avx.IsSupported)
            return Avx.UnpackLow(left.AsSingle(), right.AsSingle()).As<float, T>();
        return Vector256.Create(Lanes128<T>.ZipLow(left.GetLower(), right.GetLower()), Lanes128<T>.ZipLow(left.GetUpper(), right.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ZipHigh(Vector256<T> left, Vector256<T> right)
    {
        if (typeof(T) == typeof(double))
            return JoinHigh(left, right);
        if (Avx.IsSupported)
            return Avx.UnpackHigh(left.AsSingle(), right.AsSingle()).As<float, T>();
        return Vector256.Create(Lanes128<T>.ZipHigh(left.GetLower(), right.GetLower()), Lanes128<T>.ZipHigh(left.GetUpper(), right.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> JoinLow(Vector256<T> left, Vector256<T> right)
    {
        if (Avx.IsSupported)
            return Avx.UnpackLow(left.AsDouble(), right.AsDouble()).As<double, T>();
        return Vector256.Create(Lanes128<T>.JoinLow(left.GetLower(), right.GetLower()), Lanes128<T>.JoinLow(left.GetUpper(), right.GetUpper()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> JoinHigh(Vector256<T> left, Vector256<T> right)
    {
        if (Avx.IsSupported)
            return Avx.UnpackHigh(left.AsDouble(), right.AsDouble()).As<double, T>();
        return Vector256.Create(Lanes128<T>.JoinHigh(left.GetLower(), right.GetLower()), Lanes128<T>.JoinHigh(left.GetUpper(), right.GetUpper()));
    }
}
