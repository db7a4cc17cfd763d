using System.Runtime.CompilerServices;

namespace ImageSig.Tensors;

/// <summary>Float arrays that stay where they are and have a 64-byte aligned element to begin at.</summary>
internal static unsafe class AlignedMemory
{
    private const int Bytes = 64;

    /// <summary>An array of zeros with room for <paramref name="length"/> floats from element <paramref name="origin"/> on, which
    /// stands on a 64-byte boundary, and for one vector more behind them.</summary>
    /// <remarks>Pinned, since a moved array would lose its alignment.</remarks>
    public static float[] Allocate(int length, out int origin)
    {
        float[] array = GC.AllocateArray<float>(checked(length + 2 * Bytes / sizeof(float)), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref array[0]);
        origin = (int)((Bytes - address % Bytes) % Bytes / sizeof(float));
        return array;
    }
}
