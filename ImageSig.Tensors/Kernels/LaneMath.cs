using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>Elementary functions of a register: polynomials and bits, so the same on every platform and at every width.</summary>
internal static class LaneMath
{
    /// <summary>eˣ. Relative error below 2e-7 for x in −87.3…88; beyond, the value at the end of that range. NaN stays NaN.</summary>
    /// <remarks><c>eˣ = 2ⁿ eʳ</c> with <c>|r| ≤ ln 2 / 2</c>; eʳ is its Taylor series to r⁷, whose rest is below 6e-9.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        x = TLanes.Minimum(TLanes.Broadcast(88f), TLanes.Maximum(TLanes.Broadcast(-87.3f), x));
        TVector n = TLanes.Round(TLanes.Multiply(x, TLanes.Broadcast(1.44269504f)));
        // ln 2 in two parts: n times the first is exact.
        TVector r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-0.693359375f), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(2.12194440e-4f), r);
        TVector sum = TLanes.Broadcast(1 / 5040f);
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 720f));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 120f));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 24f));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 6f));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(0.5f));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1f));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1f));
        return TLanes.Multiply(sum, TLanes.PowerOfTwo(n));
    }

    /// <summary>eˣ in double. Relative error below 1e-15 for x in −708…709; beyond, the value at the end of that range. NaN stays NaN.</summary>
    /// <remarks>As in single precision, with the Taylor series to r¹³, whose rest is below 1e-17. Source of ln 2 in two parts, n times the first of which is exact: Sun's fdlibm, e_exp.c.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfDouble<TLanes, TVector>(TVector x)
        where TLanes : struct, ILaneArithmetic<TVector, double>
        where TVector : struct
    {
        x = TLanes.Minimum(TLanes.Broadcast(709), TLanes.Maximum(TLanes.Broadcast(-708), x));
        TVector n = TLanes.Round(TLanes.Multiply(x, TLanes.Broadcast(1.4426950408889634)));
        TVector r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-0.693147180369123816490), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-1.90821492927058770002e-10), r);
        TVector sum = TLanes.Broadcast(1 / 6227020800d);
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 479001600d));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 39916800d));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 3628800d));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 362880d));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 40320d));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 5040d));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 720d));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 120d));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 24d));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1 / 6d));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(0.5));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1));
        sum = TLanes.MultiplyAdd(sum, r, TLanes.Broadcast(1));
        return TLanes.Multiply(sum, TLanes.PowerOfTwo(n));
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        TVector one = TLanes.Broadcast(1);
        return TLanes.Divide(one, TLanes.Add(one, Exp<TLanes, TVector>(TLanes.Subtract(TLanes.Broadcast(0), x))));
    }

    /// <summary>tanh x. Relative error below 3e-7.</summary>
    /// <remarks>Below 0.625 an odd polynomial (least squares on that range), above <c>1 − 2 / (1 + e²ˣ)</c>, with the sign put back.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        TVector signBit = TLanes.Broadcast(-0f);
        TVector size = TLanes.AndNot(x, signBit);
        TVector square = TLanes.Multiply(x, x);
        TVector sum = TLanes.Broadcast(-5.704042525e-03f);
        sum = TLanes.MultiplyAdd(sum, square, TLanes.Broadcast(2.063786149e-02f));
        sum = TLanes.MultiplyAdd(sum, square, TLanes.Broadcast(-5.373915650e-02f));
        sum = TLanes.MultiplyAdd(sum, square, TLanes.Broadcast(1.333143175e-01f));
        sum = TLanes.MultiplyAdd(sum, square, TLanes.Broadcast(-3.333328128e-01f));
        TVector near = TLanes.MultiplyAdd(TLanes.Multiply(sum, square), x, x);
        TVector one = TLanes.Broadcast(1);
        TVector grown = TLanes.Add(one, Exp<TLanes, TVector>(TLanes.Add(size, size)));
        TVector far = TLanes.Subtract(one, TLanes.Divide(TLanes.Broadcast(2), grown));
        far = TLanes.Or(far, TLanes.And(x, signBit));
        return TLanes.Select(TLanes.GreaterThan(size, TLanes.Broadcast(0.625f)), far, near);
    }

    /// <summary>Φ(x), the share of the normal distribution below x, and its density φ(x).</summary>
    /// <remarks>With <c>z = |x| / √2</c> the tail is <c>½ erfcx(z) e^(−z²)</c>; erfcx is t times a polynomial of <c>t = 1 / (1 + z / 2)</c>,
    /// fitted for least relative error on z ≤ 9.4 (2e-8). Error of Φ below 3e-7, relative to Φ where x is above −5.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Normal<TLanes, TVector>(TVector x, out TVector density)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        TVector one = TLanes.Broadcast(1);
        TVector z = TLanes.Multiply(TLanes.AndNot(x, TLanes.Broadcast(-0f)), TLanes.Broadcast(0.70710678f));
        TVector fall = Exp<TLanes, TVector>(TLanes.Multiply(TLanes.Multiply(x, x), TLanes.Broadcast(-0.5f)));
        TVector t = TLanes.Divide(one, TLanes.MultiplyAdd(z, TLanes.Broadcast(0.5f), one));
        TVector sum = TLanes.Broadcast(1.457550507e-02f);
        sum = TLanes.MultiplyAdd(sum, t, TLanes.Broadcast(-1.353909378e-01f));
        sum = TLanes.MultiplyAdd(sum, t, TLanes.Broadcast(4.566616732e-01f));
        sum = TLanes.MultiplyAdd(sum, t, TLanes.Broadcast(-7.058201344e-01f));
        sum = TLanes.MultiplyAdd(sum, t, TLanes.Broadcast(4.499581344e-01f));
        sum = TLanes.MultiplyAdd(sum, t, TLanes.Broadcast(-1.130713659e-01f));
        sum = TLanes.MultiplyAdd(sum, t, TLanes.Broadcast(2.303994013e-01f));
        sum = TLanes.MultiplyAdd(sum, t, TLanes.Broadcast(2.376602723e-01f));
        sum = TLanes.MultiplyAdd(sum, t, TLanes.Broadcast(2.829682652e-01f));
        sum = TLanes.MultiplyAdd(sum, t, TLanes.Broadcast(2.820591710e-01f));
        TVector tail = TLanes.Multiply(TLanes.Multiply(TLanes.Broadcast(0.5f), fall), TLanes.Multiply(sum, t));
        density = TLanes.Multiply(fall, TLanes.Broadcast(0.39894228f));
        return TLanes.Select(TLanes.GreaterThan(x, TLanes.Broadcast(0)), TLanes.Subtract(one, tail), tail);
    }
}
