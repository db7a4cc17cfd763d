using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using ImageSig.Imaging;
using ImageSig.Tensors;

namespace ImageSig.Export;

/// <summary>Arrays by name in one file, as NumPy's <c>savez</c> writes them: a ZIP of .npy files that are stored as they are.</summary>
/// <remarks>Source: PKWARE's APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16. All files are of the first day that the format knows, so that equal arrays give equal bytes.</remarks>
internal static class NpzFile
{
    private const ushort Version = 20, Utf8Names = 1 << 11, FirstDay = 1 << 5 | 1;
    private const uint LocalSignature = 0x04034B50, ListSignature = 0x02014B50, EndSignature = 0x06054B50;

    /// <summary>The bytes of the file.</summary>
    public static byte[] ToBytes(IReadOnlyList<SafetensorsEntry> arrays)
    {
        using MemoryStream file = new(), list = new();
        foreach (SafetensorsEntry array in arrays)
        {
            byte[] content = Array(array), name = Encoding.UTF8.GetBytes($"{array.Name}.npy");
            uint start = (uint)file.Position, checksum = Crc32.Append(0, content);
            Write(file, LocalSignature);
            Describe(file, checksum, content.Length, name.Length);
            file.Write(name);
            file.Write(content);

            Write(list, ListSignature);
            Write(list, Version);
            Describe(list, checksum, content.Length, name.Length);
            // No comment, first disk, no attributes.
            list.Write(new byte[10]);
            Write(list, start);
            list.Write(name);
        }
        uint listStart = (uint)file.Position;
        list.WriteTo(file);
        Write(file, EndSignature);
        Write(file, 0u);
        Write(file, (ushort)arrays.Count);
        Write(file, (ushort)arrays.Count);
        Write(file, (uint)list.Length);
        Write(file, listStart);
        Write(file, (ushort)0);
        return file.ToArray();
    }

    private static byte[] Array(SafetensorsEntry array)
    {
        using MemoryStream bytes = new();
        new NpyHeader(NpyKind.Float32, array.Shape).Write(bytes);
        bytes.Write(MemoryMarshal.AsBytes(array.Values.AsSpan()));
        return bytes.ToArray();
    }

    /// <summary>What a file's own header and its line in the list have in common.</summary>
    private static void Describe(MemoryStream stream, uint checksum, int length, int nameLength)
    {
        Write(stream, Version);
        Write(stream, Utf8Names);
        Write(stream, (ushort)0);
        Write(stream, (ushort)0);
        Write(stream, FirstDay);
        Write(stream, checksum);
        Write(stream, (uint)length);
        Write(stream, (uint)length);
        Write(stream, (ushort)nameLength);
        Write(stream, (ushort)0);
    }

    private static void Write(MemoryStream stream, ushort value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void Write(MemoryStream stream, uint value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
