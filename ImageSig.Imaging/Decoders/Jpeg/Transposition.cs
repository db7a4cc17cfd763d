using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Imaging.Decoders;

/// <summary>Exchanges rows and columns of small squares of 32-bit numbers.</summary>
internal static unsafe class Transposition
{
    /// <summary>An 8x8 square in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square8(int* square)
    {
        if (Avx2.IsSupported)
        {
            Square8Wide(square);
            return;
        }
        Square4(square, square);
        Square4(square + 36, square + 36);
        int* corner = stackalloc int[32];
        Square4(square + 4, corner);
        Square4(square + 32, square + 4);
        for (int row = 0; row < 4; row++)
            Vector128.Load(corner + 8 * row).Store(square + 32 + 8 * row);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Square8Wide(int* square)
    {
        Vector256<int> a = Vector256.Load(square), b = Vector256.Load(square + 8);
        Vector256<int> c = Vector256.Load(square + 16), d = Vector256.Load(square + 24);
        Vector256<int> e = Vector256.Load(square + 32), f = Vector256.Load(square + 40);
        Vector256<int> g = Vector256.Load(square + 48), h = Vector256.Load(square + 56);
        Vector256<long> ab = Avx2.UnpackLow(a, b).AsInt64(), AB = Avx2.UnpackHigh(a, b).AsInt64();
        Vector256<long> cd = Avx2.UnpackLow(c, d).AsInt64(), CD = Avx2.UnpackHigh(c, d).AsInt64();
        Vector256<long> ef = Avx2.UnpackLow(e, f).AsInt64(), EF = Avx2.UnpackHigh(e, f).AsInt64();
        Vector256<long> gh = Avx2.UnpackLow(g, h).AsInt64(), GH = Avx2.UnpackHigh(g, h).AsInt64();
        Halves(Avx2.UnpackLow(ab, cd), Avx2.UnpackLow(ef, gh), square);
        Halves(Avx2.UnpackHigh(ab, cd), Avx2.UnpackHigh(ef, gh), square + 8);
        Halves(Avx2.UnpackLow(AB, CD), Avx2.UnpackLow(EF, GH), square + 16);
        Halves(Avx2.UnpackHigh(AB, CD), Avx2.UnpackHigh(EF, GH), square + 24);
    }

    /// <summary>The lower halves of both make one row, the upper halves the row four below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Halves(Vector256<long> left, Vector256<long> right, int* row)
    {
        Avx2.Permute2x128(left, right, 0x20).AsInt32().Store(row);
        Avx2.Permute2x128(left, right, 0x31).AsInt32().Store(row + 32);
    }

    /// <summary>A 4x4 square whose rows are 8 numbers apart, into another like it, or itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square4(int* from, int* to)
    {
        Vector128<int> a = Vector128.Load(from), b = Vector128.Load(from + 8);
        Vector128<int> c = Vector128.Load(from + 16), d = Vector128.Load(from + 24);
        Vector128<int> ac = ZipLow(a, c), bd = ZipLow(b, d);
        ZipLow(ac, bd).Store(to);
        ZipHigh(ac, bd).Store(to + 8);
        ac = ZipHigh(a, c);
        bd = ZipHigh(b, d);
        ZipLow(ac, bd).Store(to + 16);
        ZipHigh(ac, bd).Store(to + 24);
    }

    /// <summary>a₀ b₀ a₁ b₁.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> ZipLow(Vector128<int> a, Vector128<int> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>a₂ b₂ a₃ b₃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> ZipHigh(Vector128<int> a, Vector128<int> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);
}
