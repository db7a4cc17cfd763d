using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Imaging.Decoders;

/// <summary>Two vectors side by side in one of half the bits; what does not fit becomes the nearest value that does.</summary>
/// <remarks>From signed to unsigned, which <see cref="Vector128.NarrowWithSaturation(Vector128{short}, Vector128{short})"/> does not do.</remarks>
internal static class Saturation
{
    /// <summary>To 0…255.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> NarrowUnsigned(Vector128<short> lower, Vector128<short> upper)
    {
        if (Sse2.IsSupported)
            return Sse2.PackUnsignedSaturate(lower, upper);
        if (AdvSimd.IsSupported)
            return AdvSimd.ExtractNarrowingSaturateUnsignedUpper(AdvSimd.ExtractNarrowingSaturateUnsignedLower(lower), upper);
        return NarrowUnsignedByClamping(lower, upper);
    }

    /// <summary><see cref="NarrowUnsigned"/> where there is no instruction for it.</summary>
    internal static Vector128<byte> NarrowUnsignedByClamping(Vector128<short> lower, Vector128<short> upper)
    {
        Vector128<short> most = Vector128.Create((short)byte.MaxValue);
        lower = Vector128.Min(Vector128.Max(lower, Vector128<short>.Zero), most);
        upper = Vector128.Min(Vector128.Max(upper, Vector128<short>.Zero), most);
        return Vector128.Narrow(lower.AsUInt16(), upper.AsUInt16());
    }
}
