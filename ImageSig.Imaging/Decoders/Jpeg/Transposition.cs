using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Imaging.Decoders;

/// <summary>Exchanges rows and columns of 16-bit numbers, by interleaving vectors.</summary>
internal static class Transposition
{
    /// <summary>An 8x8 square; interleaving rows half the square apart, three times, leaves every number in its place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square8(
        ref Vector128<short> row0, ref Vector128<short> row1, ref Vector128<short> row2, ref Vector128<short> row3,
        ref Vector128<short> row4, ref Vector128<short> row5, ref Vector128<short> row6, ref Vector128<short> row7)
    {
        Vector128<short> a0 = ZipLow(row0, row4), a1 = ZipHigh(row0, row4), a2 = ZipLow(row1, row5), a3 = ZipHigh(row1, row5);
        Vector128<short> a4 = ZipLow(row2, row6), a5 = ZipHigh(row2, row6), a6 = ZipLow(row3, row7), a7 = ZipHigh(row3, row7);
        Vector128<short> b0 = ZipLow(a0, a4), b1 = ZipHigh(a0, a4), b2 = ZipLow(a1, a5), b3 = ZipHigh(a1, a5);
        Vector128<short> b4 = ZipLow(a2, a6), b5 = ZipHigh(a2, a6), b6 = ZipLow(a3, a7), b7 = ZipHigh(a3, a7);
        (row0, row1, row2, row3) = (ZipLow(b0, b4), ZipHigh(b0, b4), ZipLow(b1, b5), ZipHigh(b1, b5));
        (row4, row5, row6, row7) = (ZipLow(b2, b6), ZipHigh(b2, b6), ZipLow(b3, b7), ZipHigh(b3, b7));
    }

    /// <summary>a₀ b₀ a₁ b₁ …, from the lower halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ZipLow(Vector128<short> a, Vector128<short> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : ZipLowByLanes(a, b);

    /// <summary>a₄ b₄ a₅ b₅ …, from the upper halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> ZipHigh(Vector128<short> a, Vector128<short> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : ZipHighByLanes(a, b);

    /// <summary><see cref="ZipLow"/> where there is no instruction for it.</summary>
    internal static Vector128<short> ZipLowByLanes(Vector128<short> a, Vector128<short> b) => Vector128.Create(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]);

    /// <summary><see cref="ZipHigh"/> where there is no instruction for it.</summary>
    internal static Vector128<short> ZipHighByLanes(Vector128<short> a, Vector128<short> b) => Vector128.Create(a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7]);
}
