using System.Runtime.CompilerServices;

namespace ImageSig.Tensors;

/// <summary>Float arrays that stay where they are and have a 64-byte aligned element to begin at.</summary>
internal static unsafe class AlignedMemory
{
    /// <summary>Floats readable behind the end of every tensor, so that kernels may load whole registers there.</summary>
    public const int Slack = 64;

    private const int Bytes = 64;

    /// <summary>An array of zeros with room for <paramref name="length"/> floats from element <paramref name="origin"/> on, which
    /// stands on a 64-byte boundary, and <see cref="Slack"/> behind them.</summary>
    /// <remarks>Pinned, since a moved array would lose its alignment.</remarks>
    public static float[] Allocate(int length, out int origin)
    {
        float[] array = GC.AllocateArray<float>(checked(length + Slack + Bytes / sizeof(float)), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref array[0]);
        origin = (int)((Bytes - address % Bytes) % Bytes / sizeof(float));
        return array;
    }
}
