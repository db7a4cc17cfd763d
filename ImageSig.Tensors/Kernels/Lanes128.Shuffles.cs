using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Tensors.Kernels;

internal readonly unsafe partial struct Lanes128<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadParts(T** rows, int index) => Vector128.Load(rows[0] + index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreParts(T** rows, int index, Vector128<T> value)
    {
        value.Store(rows[0] + index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipLow(Vector128<T> left, Vector128<T> right)
    {
        if (typeof(T) == typeof(double))
            return JoinLow(left, right);
        if (Sse.IsSupported)
            return Sse.UnpackLow(left.AsSingle(), right.AsSingle()).As<float, T>();
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipLow(left.AsSingle(), right.AsSingle()).As<float, T>();
        Vector128<float> a = left.AsSingle(), b = right.AsSingle();
        return Vector128.Create(a[0], b[0], a[1], b[1]).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipHigh(Vector128<T> left, Vector128<T> right)
    {
        if (typeof(T) == typeof(double))
            return JoinHigh(left, right);
        if (Sse.IsSupported)
            return Sse.UnpackHigh(left.AsSingle(), right.AsSingle()).As<float, T>();
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipHigh(left.AsSingle(), right.AsSingle()).As<float, T>();
        Vector128<float> a = left.AsSingle(), b = right.AsSingle();
        return Vector128.Create(a[2], b[2], a[3], b[3]).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> JoinLow(Vector128<T> left, Vector128<T> right)
    {
        if (Sse2.IsSupported)
            return Sse2.UnpackLow(left.AsDouble(), right.AsDouble()).As<double, T>();
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipLow(left.AsDouble(), right.AsDouble()).As<double, T>();
        return Vector128.Create(left.AsDouble()[0], right.AsDouble()[0]).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> JoinHigh(Vector128<T> left, Vector128<T> right)
    {
        if (Sse2.IsSupported)
            return Sse2.UnpackHigh(left.AsDouble(), right.AsDouble()).As<double, T>();
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipHigh(left.AsDouble(), right.AsDouble()).As<double, T>();
        return Vector128.Create(left.AsDouble()[1], right.AsDouble()[1]).As<double, T>();
    }
}
