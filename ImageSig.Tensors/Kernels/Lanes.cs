using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>What single floats need to have the bits of lanes.</summary>
internal static class Lanes
{
    /// <summary><c>left · right + addend</c> of single floats, rounded once wherever the vector form is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float left, float right, float addend) => float.MultiplyAddEstimate(left, right, addend);
}
