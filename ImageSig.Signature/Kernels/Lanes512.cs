using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Signature.Kernels;

/// <summary>Lanes of 512 bits, for float and double.</summary>
internal readonly unsafe struct Lanes512<T> : ILanes<Vector512<T>, T>
    where T : unmanaged
{
    public static int Count => Vector512<T>.Count;

    public static bool ManyRegisters => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* target, Vector512<T> value) => value.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> left, Vector512<T> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> left, Vector512<T> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> left, Vector512<T> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> left, Vector512<T> right, Vector512<T> addend) => typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

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
