using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>A function applied to every number by itself, and its derivative.</summary>
internal interface IElementFunction
{
    public static abstract TVector Value<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct;

    /// <summary>The derivative at <paramref name="x"/>, where the value is <paramref name="y"/>.</summary>
    public static abstract TVector Slope<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct;
}

/// <summary>x Φ(x), exact (by erf, not by tanh). Source: Hendrycks &amp; Gimpel, "Gaussian error linear units", 2016.</summary>
internal readonly struct Gelu : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => TLanes.Multiply(x, LaneMath.Normal<TLanes, TVector>(x, out _));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        TVector share = LaneMath.Normal<TLanes, TVector>(x, out TVector density);
        // The density ends at 5e-39 and not at 0, so that x must end as well.
        TVector near = TLanes.Minimum(TLanes.Broadcast(20), TLanes.Maximum(TLanes.Broadcast(-20), x));
        return TLanes.MultiplyAdd(near, density, share);
    }
}

/// <summary>1 / (1 + e⁻ˣ).</summary>
internal readonly struct Sigmoid : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => LaneMath.Sigmoid<TLanes, TVector>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => TLanes.Multiply(y, TLanes.Subtract(TLanes.Broadcast(1), y));
}

/// <summary>tanh x.</summary>
internal readonly struct Tanh : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => LaneMath.Tanh<TLanes, TVector>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => TLanes.Subtract(TLanes.Broadcast(1), TLanes.Multiply(y, y));
}

/// <summary>max(x, 0).</summary>
internal readonly struct Relu : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => TLanes.Maximum(x, TLanes.Broadcast(0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => TLanes.And(TLanes.Broadcast(1), TLanes.GreaterThan(y, TLanes.Broadcast(0)));
}

/// <summary>min(max(x, 0), 6).</summary>
internal readonly struct Relu6 : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => TLanes.Minimum(TLanes.Maximum(x, TLanes.Broadcast(0)), TLanes.Broadcast(6));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct =>
        TLanes.And(TLanes.Broadcast(1), TLanes.And(TLanes.GreaterThan(y, TLanes.Broadcast(0)), TLanes.GreaterThan(TLanes.Broadcast(6), y)));
}

/// <summary>eˣ.</summary>
internal readonly struct Exponential : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Value<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => LaneMath.Exp<TLanes, TVector>(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Slope<TLanes, TVector>(TVector x, TVector y)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => y;
}
