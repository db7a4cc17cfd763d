using System.Numerics;
using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>Signed roots over lanes: <c>r(x) = sign(x) ((|x| + ε)^(1/k) − ε^(1/k))</c>.</summary>
/// <remarks>Roots are made of square roots, which are exact, and of Newton steps: no platform's power function, so the same bits everywhere.</remarks>
internal static unsafe class SignedRootLanes<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Square roots that a Newton iteration starts from: the first bits of 1/k.</summary>
    private const int StartBits = 8;

    /// <summary>From the start, off by a factor of |x|^(1/256) at most, to the last bits of a double.</summary>
    private const int NewtonSteps = 5;

    /// <summary><c>values ← r(values)</c>.</summary>
    public static void Forward(T* values, int count, int degree, T epsilon)
    {
        TVector shift = TLanes.Broadcast(epsilon), origin = Root(shift, degree);
        int i = 0;
        for (; i + TLanes.Width <= count; i += TLanes.Width)
            TLanes.Store(Value(TLanes.Load(values + i), degree, shift, origin), values + i);
        if (i == count)
            return;
        // What does not fill a register is computed in one all the same.
        T* rest = stackalloc T[TLanes.Width];
        Copy(values + i, rest, count - i);
        TLanes.Store(Value(TLanes.Load(rest), degree, shift, origin), rest);
        Copy(rest, values + i, count - i);
    }

    /// <summary><c>gradients ← gradients · r′(x)</c> where <c>r(x)</c> was <paramref name="roots"/>.</summary>
    public static void Backward(T* roots, T* gradients, int count, int degree, T epsilon)
    {
        TVector origin = Root(TLanes.Broadcast(epsilon), degree);
        int i = 0;
        for (; i + TLanes.Width <= count; i += TLanes.Width)
            TLanes.Store(Back(TLanes.Load(roots + i), TLanes.Load(gradients + i), degree, origin), gradients + i);
        if (i == count)
            return;
        T* rest = stackalloc T[2 * TLanes.Width];
        Copy(roots + i, rest, count - i);
        Copy(gradients + i, rest + TLanes.Width, count - i);
        TLanes.Store(Back(TLanes.Load(rest), TLanes.Load(rest + TLanes.Width), degree, origin), rest);
        Copy(rest, gradients + i, count - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Value(TVector x, int degree, TVector shift, TVector origin)
    {
        TVector signBit = TLanes.Broadcast(T.NegativeZero);
        TVector root = TLanes.Subtract(Root(TLanes.Add(TLanes.AndNot(x, signBit), shift), degree), origin);
        return TLanes.Or(root, TLanes.And(x, signBit));
    }

    /// <summary>With <c>s = |y| + ε^(1/k) = (|x| + ε)^(1/k)</c> the slope is <c>1 / (k s^(k−1))</c>: no root is taken on the way back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Back(TVector root, TVector gradient, int degree, TVector origin)
    {
        TVector size = TLanes.Add(TLanes.AndNot(root, TLanes.Broadcast(T.NegativeZero)), origin);
        return TLanes.Divide(gradient, TLanes.Multiply(TLanes.Broadcast(T.CreateTruncating(degree)), Power(size, degree - 1)));
    }

    /// <summary><c>x^(1/k)</c> for x above 0: k's factors of two by square roots, what is left by <see cref="OddRoot"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Root(TVector x, int degree)
    {
        for (; degree % 2 == 0; degree /= 2)
            x = TLanes.SquareRoot(x);
        return degree == 1 ? x : OddRoot(x, degree);
    }

    /// <summary><c>y ← ((k − 1) y + x / y^(k−1)) / k</c>, from the product of the <c>x^(1/2^i)</c> whose bits are set in 1/k.</summary>
    private static TVector OddRoot(TVector x, int degree)
    {
        TVector half = x, y = TLanes.Broadcast(T.One);
        int rest = 1;
        for (int bit = 0; bit < StartBits; bit++)
        {
            half = TLanes.SquareRoot(half);
            rest *= 2;
            if (rest < degree)
                continue;
            rest -= degree;
            y = TLanes.Multiply(y, half);
        }
        TVector less = TLanes.Broadcast(T.CreateTruncating(degree - 1)), share = TLanes.Broadcast(T.One / T.CreateTruncating(degree));
        for (int step = 0; step < NewtonSteps; step++)
            y = TLanes.Multiply(TLanes.MultiplyAdd(less, y, TLanes.Divide(x, Power(y, degree - 1))), share);
        return y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Power(TVector x, int exponent)
    {
        TVector power = x;
        for (int i = 1; i < exponent; i++)
            power = TLanes.Multiply(power, x);
        return power;
    }

    private static void Copy(T* source, T* target, int count) => new ReadOnlySpan<T>(source, count).CopyTo(new Span<T>(target, count));
}
