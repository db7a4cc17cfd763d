using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>One float: the numbers that fill no register go through the kernel's own formula here, with the same bits.</summary>
internal readonly unsafe struct OneLane : ILaneArithmetic<float, float>
{
    public static int Width => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float value, float* destination) => *destination = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float left, float right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Subtract(float left, float right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float left, float right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Divide(float left, float right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SquareRoot(float value) => MathF.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float left, float right, float addend) => Lanes.MultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Maximum(float left, float right) => left > right ? left : right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Minimum(float left, float right) => left < right ? left : right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float GreaterThan(float left, float right) => Mask(left > right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AreEqual(float left, float right) => Mask(left == right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Select(float mask, float yes, float no) => Or(And(yes, mask), AndNot(no, mask));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float And(float left, float right) => Float(Bits(left) & Bits(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float AndNot(float value, float mask) => Float(Bits(value) & ~Bits(mask));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Or(float left, float right) => Float(Bits(left) | Bits(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float PowerOfTwo(float exponent) => Float((uint)((int)exponent + 127) << 23);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float StretchBits(float value, float factor, float addend) => Float((uint)(int)MultiplyAdd((int)Bits(value), factor, addend));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Round(float value)
    {
        // As in the registers: correct for |value| < 2²².
        const float shift = 12582912f;
        return value + shift - shift;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Mask(bool isSet) => Float(isSet ? uint.MaxValue : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Float(uint bits) => BitConverter.UInt32BitsToSingle(bits);
}
