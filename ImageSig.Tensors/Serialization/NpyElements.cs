using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ImageSig.Tensors;

/// <summary>The elements of a .npy file, converted while they are read, each put in its place.</summary>
internal static class NpyElements
{
    /// <summary>Elements that are read at a time.</summary>
    private const int Chunk = 1 << 14;

    /// <summary>Makes of stored bytes, the least significant of an element first, numbers of a type that holds them all.</summary>
    private delegate void Widening<TWide>(NpyKind kind, ReadOnlySpan<byte> stored, Span<TWide> wide);

    /// <summary>Reads all elements.</summary>
    /// <param name="stream">At the first element.</param>
    /// <param name="header">What they are.</param>
    /// <param name="values">As many as the header says; overwritten, first axis slowest.</param>
    public static void Read<T>(Stream stream, NpyHeader header, T[] values)
        where T : unmanaged, INumber<T>
    {
        // Four types to convert from: each one more with all that numbers can do would be some ten thousand bytes of program.
        switch (header.Kind)
        {
            case NpyKind.Float16: ReadAs<float, T>(stream, header, values, Halves); break;
            case NpyKind.Float32: ReadAs<float, T>(stream, header, values, AsStored); break;
            case NpyKind.Float64: ReadAs<double, T>(stream, header, values, AsStored); break;
            case NpyKind.UInt64: ReadAs<ulong, T>(stream, header, values, AsStored); break;
            default: ReadAs<long, T>(stream, header, values, Wholes); break;
        }
    }

    private static void ReadAs<TWide, T>(Stream stream, NpyHeader header, T[] values, Widening<TWide> widen)
        where TWide : unmanaged, INumber<TWide>
        where T : unmanaged, INumber<T>
    {
        int size = header.ElementSize;
        TWide[] chunk = new TWide[Math.Min(Chunk, Math.Max(values.Length, 1))];
        byte[] stored = new byte[chunk.Length * size];
        FortranPlaces? places = header.IsFortranOrder ? new(header.Shape) : null;
        for (int start = 0; start < values.Length; start += chunk.Length)
        {
            Span<TWide> part = chunk.AsSpan(0, Math.Min(chunk.Length, values.Length - start));
            Span<byte> bytes = stored.AsSpan(0, part.Length * size);
            stream.ReadExactly(bytes);
            for (int at = 0; header.IsBigEndian && at < bytes.Length; at += size)
                bytes.Slice(at, size).Reverse();
            widen(header.Kind, bytes, part);
            for (int i = 0; i < part.Length; i++)
                values[places?.Next() ?? start + i] = T.CreateSaturating(part[i]);
        }
    }

    private static void AsStored<TWide>(NpyKind kind, ReadOnlySpan<byte> stored, Span<TWide> wide)
        where TWide : unmanaged => MemoryMarshal.Cast<byte, TWide>(stored).CopyTo(wide);

    private static void Halves(NpyKind kind, ReadOnlySpan<byte> stored, Span<float> wide)
    {
        ReadOnlySpan<Half> halves = MemoryMarshal.Cast<byte, Half>(stored);
        for (int i = 0; i < wide.Length; i++)
            wide[i] = (float)halves[i];
    }

    private static void Wholes(NpyKind kind, ReadOnlySpan<byte> stored, Span<long> wide)
    {
        int size = NpyDescriptor.SizeOf(kind);
        for (int i = 0; i < wide.Length; i++)
        {
            ReadOnlySpan<byte> element = stored.Slice(i * size, size);
            wide[i] = kind switch
            {
                NpyKind.Int8 => (sbyte)element[0],
                NpyKind.UInt8 => element[0],
                // Any byte but 0 is true.
                NpyKind.Boolean => element[0] == 0 ? 0 : 1,
                NpyKind.Int16 => BinaryPrimitives.ReadInt16LittleEndian(element),
                NpyKind.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
                NpyKind.Int32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                NpyKind.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
                _ => BinaryPrimitives.ReadInt64LittleEndian(element),
            };
        }
    }
}
