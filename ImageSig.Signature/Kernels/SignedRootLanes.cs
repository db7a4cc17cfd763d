using System.Numerics;
using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>Signed roots over lanes: <c>r(x) = sign(x) ((|x| + ε)^(1/k) − ε^(1/k))</c>.</summary>
/// <remarks>Roots are made of square roots, which are exact, and of Halley's steps: no platform's power function, so the same bits everywhere.</remarks>
internal static unsafe class SignedRootLanes<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How far the bits of a number lie below its logarithm, in powers of two: half of the largest distance between m and log2(1 + m).</summary>
    private const double LogarithmError = 0.043;

    /// <summary>Steps from the start, which is off by 3.5 % at most, to the last bits.</summary>
    private static int Steps => typeof(T) == typeof(float) ? 2 : 3;

    /// <summary><c>values ← r(values)</c> for the numbers of one level in each row.</summary>
    /// <param name="values">The first row's.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="count">Numbers of the level.</param>
    /// <param name="degree">k.</param>
    /// <param name="epsilon">ε.</param>
    public static void Forward(T* values, int rows, int stride, int count, int degree, T epsilon)
    {
        TVector shift = TLanes.Broadcast(epsilon), origin = Root(shift, degree);
        int end = count - TLanes.Width;
        for (; rows > 0; rows--, values += stride)
        {
            if (end < 0)
            {
                ForwardFew(values, count, degree, shift, origin);
                continue;
            }
            // The last register may overlap the one before: it is taken of what was there first, so its numbers are the same in both.
            TVector last = Value(TLanes.Load(values + end), degree, shift, origin);
            for (int i = 0; i < end; i += TLanes.Width)
                TLanes.Store(Value(TLanes.Load(values + i), degree, shift, origin), values + i);
            TLanes.Store(last, values + end);
        }
    }

    /// <summary><c>gradients ← gradients · r′(x)</c> where <c>r(x)</c> was <paramref name="roots"/>, for the numbers of one level in each row.</summary>
    /// <param name="roots">The first row's.</param>
    /// <param name="gradients">The first row's.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="stride">From a row to the next.</param>
    /// <param name="count">Numbers of the level.</param>
    /// <param name="degree">k.</param>
    /// <param name="epsilon">ε.</param>
    public static void Backward(T* roots, T* gradients, int rows, int stride, int count, int degree, T epsilon)
    {
        TVector origin = Root(TLanes.Broadcast(epsilon), degree);
        int end = count - TLanes.Width;
        for (; rows > 0; rows--, roots += stride, gradients += stride)
        {
            if (end < 0)
            {
                BackwardFew(roots, gradients, count, degree, origin);
                continue;
            }
            TVector last = Back(TLanes.Load(roots + end), TLanes.Load(gradients + end), degree, origin);
            for (int i = 0; i < end; i += TLanes.Width)
                TLanes.Store(Back(TLanes.Load(roots + i), TLanes.Load(gradients + i), degree, origin), gradients + i);
            TLanes.Store(last, gradients + end);
        }
    }

    /// <summary>What does not fill one register is computed in one all the same.</summary>
    private static void ForwardFew(T* values, int count, int degree, TVector shift, TVector origin)
    {
        T* rest = stackalloc T[TLanes.Width];
        Copy(values, rest, count);
        TLanes.Store(Value(TLanes.Load(rest), degree, shift, origin), rest);
        Copy(rest, values, count);
    }

    private static void BackwardFew(T* roots, T* gradients, int count, int degree, TVector origin)
    {
        T* rest = stackalloc T[2 * TLanes.Width];
        Copy(roots, rest, count);
        Copy(gradients, rest + TLanes.Width, count);
        TLanes.Store(Back(TLanes.Load(rest), TLanes.Load(rest + TLanes.Width), degree, origin), rest);
        Copy(rest, gradients, count);
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

    /// <summary>Halley's iteration, <c>y ← y + y (x − yᵏ) / (½ (k + 1) yᵏ + ½ (k − 1) x)</c>, from the bits of x, which are about its logarithm, divided by k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OddRoot(TVector x, int degree)
    {
        T share = T.One / T.CreateTruncating(degree);
        // Divided by k, so that their sum is no larger than x and yᵏ.
        TVector ofPower = TLanes.Broadcast(T.CreateTruncating(0.5 * (degree + 1)) * share), ofX = TLanes.Broadcast(T.CreateTruncating(0.5 * (degree - 1)) * share);
        TVector step = TLanes.Broadcast(share);
        TVector y = TLanes.StretchBits(x, step, TLanes.Broadcast(T.CreateTruncating(BitsOfOne * (1 - 1.0 / degree))));
        for (int i = 0; i < Steps; i++)
        {
            TVector power = Power(y, degree);
            TVector change = TLanes.Divide(TLanes.Subtract(x, power), TLanes.MultiplyAdd(ofPower, power, TLanes.Multiply(ofX, x)));
            y = TLanes.MultiplyAdd(TLanes.Multiply(y, step), change, y);
        }
        return y;
    }

    /// <summary>The bits of 1 as an integer, less the error of taking bits for logarithms.</summary>
    private static double BitsOfOne => typeof(T) == typeof(float) ? (127 - LogarithmError) * (1 << 23) : (1023 - LogarithmError) * (1L << 52);

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
