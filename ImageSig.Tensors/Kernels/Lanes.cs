using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Tensors.Kernels;

/// <summary>Chooses the register width once. The JIT folds these to constants.</summary>
internal static class Lanes
{
    public static bool Use512 => Vector512.IsHardwareAccelerated;

    public static bool Use256 => Vector256.IsHardwareAccelerated;

    /// <summary><c>left · right + addend</c> of single floats, rounded once wherever the vector form is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float left, float right, float addend) => float.MultiplyAddEstimate(left, right, addend);
}
