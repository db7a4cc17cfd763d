using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Signature.Kernels;

/// <summary>Lanes of 256 bits, for float and double.</summary>
internal readonly unsafe struct Lanes256<T> : ILanes<Vector256<T>, T>
    where T : unmanaged
{
    public static int Count => Vector256<T>.Count;

    public static bool ManyRegisters => Vector512.IsHardwareAccelerated;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, Vector256<T> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> left, Vector256<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> left, Vector256<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> left, Vector256<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> left, Vector256<T> right, Vector256<T> addend) => typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
        : Vector256.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

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
