using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Imaging.Decoders;

/// <summary>Two vectors side by side in one of half the bits; what does not fit becomes the nearest value that does.</summary>
/// <remarks>The instruction itself where there is one.</remarks>
internal static class Saturation
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Narrow(Vector128<int> lower, Vector128<int> upper)
    {
        if (Sse2.IsSupported)
            return Sse2.PackSignedSaturate(lower, upper);
        if (AdvSimd.IsSupported)
            return AdvSimd.ExtractNarrowingSaturateUpper(AdvSimd.ExtractNarrowingSaturateLower(lower), upper);
        return NarrowByClamping(lower, upper);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<sbyte> Narrow(Vector128<short> lower, Vector128<short> upper)
    {
        if (Sse2.IsSupported)
            return Sse2.PackSignedSaturate(lower, upper);
        if (AdvSimd.IsSupported)
            return AdvSimd.ExtractNarrowingSaturateUpper(AdvSimd.ExtractNarrowingSaturateLower(lower), upper);
        return NarrowByClamping(lower, upper);
    }

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

    // Where there is no instruction for it.
    internal static Vector128<short> NarrowByClamping(Vector128<int> lower, Vector128<int> upper)
    {
        Vector128<int> least = Vector128.Create((int)short.MinValue), most = Vector128.Create((int)short.MaxValue);
        return Vector128.Narrow(Vector128.Min(Vector128.Max(lower, least), most), Vector128.Min(Vector128.Max(upper, least), most));
    }

    internal static Vector128<sbyte> NarrowByClamping(Vector128<short> lower, Vector128<short> upper)
    {
        Vector128<short> least = Vector128.Create((short)sbyte.MinValue), most = Vector128.Create((short)sbyte.MaxValue);
        return Vector128.Narrow(Vector128.Min(Vector128.Max(lower, least), most), Vector128.Min(Vector128.Max(upper, least), most));
    }

    internal static Vector128<byte> NarrowUnsignedByClamping(Vector128<short> lower, Vector128<short> upper)
    {
        Vector128<short> most = Vector128.Create((short)byte.MaxValue);
        lower = Vector128.Min(Vector128.Max(lower, Vector128<short>.Zero), most);
        upper = Vector128.Min(Vector128.Max(upper, Vector128<short>.Zero), most);
        return Vector128.Narrow(lower.AsUInt16(), upper.AsUInt16());
    }
}
