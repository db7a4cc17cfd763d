using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ImageSig.Tensors;

/// <summary>The elements of a .npy file, converted while they are read, each put in its place.</summary>
internal static class NpyElements
{
    /// <summary>Elements that are read at a time.</summary>
    private const int Chunk = 1 << 14;

    /// <summary>Reads all elements.</summary>
    /// <param name="stream">At the first element.</param>
    /// <param name="header">What they are.</param>
    /// <param name="values">As many as the header says; overwritten, first axis slowest.</param>
    public static void Read<T>(Stream stream, NpyHeader header, T[] values)
        where T : unmanaged, INumber<T>
    {
        switch (header.Kind)
        {
            case NpyKind.Float16: ReadAs<Half, T>(stream, header, values); break;
            case NpyKind.Float32: ReadAs<float, T>(stream, header, values); break;
            case NpyKind.Float64: ReadAs<double, T>(stream, header, values); break;
            case NpyKind.Int8: ReadAs<sbyte, T>(stream, header, values); break;
            case NpyKind.Int16: ReadAs<short, T>(stream, header, values); break;
            case NpyKind.Int32: ReadAs<int, T>(stream, header, values); break;
            case NpyKind.Int64: ReadAs<long, T>(stream, header, values); break;
            case NpyKind.UInt16: ReadAs<ushort, T>(stream, header, values); break;
            case NpyKind.UInt32: ReadAs<uint, T>(stream, header, values); break;
            case NpyKind.UInt64: ReadAs<ulong, T>(stream, header, values); break;
            default: ReadAs<byte, T>(stream, header, values); break;
        }
        // Any byte but 0 is true.
        if (header.Kind == NpyKind.Boolean)
            foreach (ref T value in values.AsSpan())
                value = T.IsZero(value) ? value : T.One;
    }

    private static void ReadAs<TStored, T>(Stream stream, NpyHeader header, T[] values)
        where TStored : unmanaged, INumber<TStored>
        where T : unmanaged, INumber<T>
    {
        var chunk = new TStored[Math.Min(Chunk, Math.Max(values.Length, 1))];
        FortranPlaces? places = header.IsFortranOrder ? new(header.Shape) : null;
        for (int start = 0; start < values.Length; start += chunk.Length)
        {
            Span<TStored> part = chunk.AsSpan(0, Math.Min(chunk.Length, values.Length - start));
            Span<byte> bytes = MemoryMarshal.AsBytes(part);
            stream.ReadExactly(bytes);
            for (int at = 0; header.IsBigEndian && at < bytes.Length; at += Unsafe.SizeOf<TStored>())
                bytes.Slice(at, Unsafe.SizeOf<TStored>()).Reverse();
            for (int i = 0; i < part.Length; i++)
                values[places?.Next() ?? start + i] = T.CreateSaturating(part[i]);
        }
    }
}
