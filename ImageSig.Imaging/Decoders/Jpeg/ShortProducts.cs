using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Imaging.Decoders;

/// <summary>Products of eight 16-bit numbers at once: the one multiplication that every processor does fast.</summary>
/// <remarks>The two halves stand bare, not in a structure with operators, which would be shorter: with NativeAOT of .NET 10 at 256 bits such a structure takes
/// 0.93 ms for the transforms of 1280x960 pixels, this 0.68.</remarks>
internal static class ShortProducts
{
    /// <summary><c>x · xFactor + y · yFactor</c> in 32 bits: the lower four lanes and the upper four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector128<int> Lower, Vector128<int> Upper) Sum(Vector128<short> x, short xFactor, Vector128<short> y, short yFactor)
    {
        if (Sse2.IsSupported)
        {
            Vector128<short> factors = Vector128.Create((yFactor << 16) | (xFactor & 0xFFFF)).AsInt16();
            return (Sse2.MultiplyAddAdjacent(Sse2.UnpackLow(x, y), factors), Sse2.MultiplyAddAdjacent(Sse2.UnpackHigh(x, y), factors));
        }
        Vector128<short> xs = Vector128.Create(xFactor), ys = Vector128.Create(yFactor);
        if (AdvSimd.IsSupported)
        {
            return (AdvSimd.MultiplyWideningLowerAndAdd(AdvSimd.MultiplyWideningLower(x.GetLower(), xs.GetLower()), y.GetLower(), ys.GetLower()),
                AdvSimd.MultiplyWideningUpperAndAdd(AdvSimd.MultiplyWideningUpper(x, xs), y, ys));
        }
        return SumByWidening(x, xs, y, ys);
    }

    /// <summary><c>⌊2 · x · factor / 2^16⌋</c>; 2x must fit into 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> DoubledHigh(Vector128<short> x, short factor)
    {
        Vector128<short> factors = Vector128.Create(factor);
        if (Sse2.IsSupported)
            return Sse2.MultiplyHigh(x + x, factors);
        return AdvSimd.IsSupported ? AdvSimd.MultiplyDoublingSaturateHigh(x, factors) : DoubledHighByWidening(x, factors);
    }

    /// <summary><see cref="Sum"/> where there is no instruction for it.</summary>
    internal static (Vector128<int> Lower, Vector128<int> Upper) SumByWidening(Vector128<short> x, Vector128<short> xs, Vector128<short> y, Vector128<short> ys) =>
        (Vector128.WidenLower(x) * Vector128.WidenLower(xs) + Vector128.WidenLower(y) * Vector128.WidenLower(ys),
        Vector128.WidenUpper(x) * Vector128.WidenUpper(xs) + Vector128.WidenUpper(y) * Vector128.WidenUpper(ys));

    /// <summary><see cref="DoubledHigh"/> where there is no instruction for it.</summary>
    internal static Vector128<short> DoubledHighByWidening(Vector128<short> x, Vector128<short> factors) => Vector128.Narrow(
        (Vector128.WidenLower(x) * Vector128.WidenLower(factors)) >> 15, (Vector128.WidenUpper(x) * Vector128.WidenUpper(factors)) >> 15);
}
