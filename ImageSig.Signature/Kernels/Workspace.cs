using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using ImageSig.Tensors;

namespace ImageSig.Signature.Kernels;

/// <summary>Scratch memory of the calling thread, kept from call to call, so that a warm call allocates nothing.</summary>
internal static class Workspace
{
    private const int Alignment = 64;

    [ThreadStatic]
    [SuppressMessage("Performance", "CA1810", Justification = "A thread-static field has no initializer.")]
    private static byte[]? t_memory;

    [ThreadStatic]
    private static byte[]? t_signatures;

    /// <summary>At least <paramref name="count"/> numbers, aligned to a cache line, contents undefined. The same memory at every
    /// call of this thread: one kernel call takes it once and divides it.</summary>
    public static unsafe T* Rent<T>(long count)
        where T : unmanaged => Rent<T>(ref t_memory, count);

    /// <summary>The same in a memory of its own, for what is read after a kernel call of this thread.</summary>
    public static unsafe T* RentForSignatures<T>(long count)
        where T : unmanaged => Rent<T>(ref t_signatures, count);

    private static unsafe T* Rent<T>(ref byte[]? memory, long count)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long bytes = checked(count * sizeof(T) + Alignment);
        if (bytes > Array.MaxLength)
            throw new SettingException($"This needs {bytes} bytes of working memory per thread, more than {Array.MaxLength}; lower the depth, the number of channels or the dyadic order.");
        if (memory is null || memory.Length < bytes)
            memory = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max(bytes, 1 << 18)), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref memory[0]);
        return (T*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
    }
}
