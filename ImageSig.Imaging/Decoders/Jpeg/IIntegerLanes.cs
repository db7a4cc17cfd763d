using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging.Decoders;

/// <summary>Several 32-bit whole numbers that are worked on at once: a kernel written over this runs at any vector width, with the same results.</summary>
internal unsafe interface IIntegerLanes<T> where T : unmanaged, IIntegerLanes<T>
{
    /// <summary>How many numbers.</summary>
    public static abstract int Count { get; }

    /// <summary>Every lane the same.</summary>
    public static abstract T Create(int value);

    /// <summary>Neighbouring numbers.</summary>
    public static abstract T Load(int* from);

    /// <summary>Neighbouring short numbers, widened.</summary>
    public static abstract T Load(short* from);

    /// <summary>Stores the lanes side by side.</summary>
    public static abstract void Store(T value, int* to);

    public static abstract T operator +(T left, T right);

    public static abstract T operator -(T left, T right);

    public static abstract T operator *(T left, int right);

    public static abstract T operator *(T left, T right);

    public static abstract T operator <<(T value, int bits);

    public static abstract T operator >>(T value, int bits);
}

/// <summary>Eight numbers, for processors with 256-bit vectors.</summary>
internal readonly unsafe struct EightLanes(Vector256<int> value) : IIntegerLanes<EightLanes>
{
    private readonly Vector256<int> value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Create(int value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Load(int* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Load(short* from)
    {
        (Vector128<int> low, Vector128<int> high) = Vector128.Widen(Vector128.Load(from));
        return new(Vector256.Create(low, high));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(EightLanes value, int* to) => value.value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator +(EightLanes left, EightLanes right) => new(left.value + right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator -(EightLanes left, EightLanes right) => new(left.value - right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator *(EightLanes left, int right) => new(left.value * right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator *(EightLanes left, EightLanes right) => new(left.value * right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator <<(EightLanes value, int bits) => new(value.value << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator >>(EightLanes value, int bits) => new(value.value >> bits);
}

/// <summary>Four numbers, for processors with 128-bit vectors; correct, if slow, on those with none.</summary>
internal readonly unsafe struct FourLanes(Vector128<int> value) : IIntegerLanes<FourLanes>
{
    private readonly Vector128<int> value = value;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Create(int value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Load(int* from) => new(Vector128.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Load(short* from) => new(Vector128.WidenLower(Vector64.Load(from).ToVector128()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(FourLanes value, int* to) => value.value.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator +(FourLanes left, FourLanes right) => new(left.value + right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator -(FourLanes left, FourLanes right) => new(left.value - right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator *(FourLanes left, int right) => new(left.value * right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator *(FourLanes left, FourLanes right) => new(left.value * right.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator <<(FourLanes value, int bits) => new(value.value << bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator >>(FourLanes value, int bits) => new(value.value >> bits);
}
