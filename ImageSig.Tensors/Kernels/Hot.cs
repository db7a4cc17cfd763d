using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>How the compiler treats inner loops.</summary>
internal static class Hot
{
    /// <summary>Compiled at full strength from the first call: a training of a minute must not spend it in unoptimized loops.</summary>
    public const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;
}
