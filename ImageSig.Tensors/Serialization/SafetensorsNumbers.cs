using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ImageSig.Tensors;

/// <summary>Between the bytes of a safetensors file, little-endian, and floats.</summary>
internal static class SafetensorsNumbers
{
    /// <summary>The types that become floats: their names, and the bytes of a number.</summary>
    private static readonly (SafetensorsType Type, string Name, int Bytes)[] Types =
    [
        (SafetensorsType.Float32, "F32", 4), (SafetensorsType.Float64, "F64", 8), (SafetensorsType.Float16, "F16", 2), (SafetensorsType.BFloat16, "BF16", 2),
        (SafetensorsType.Int8, "I8", 1),
    ];

    /// <summary>The name in the file.</summary>
    public static string NameOf(SafetensorsType type) => Types.First(known => known.Type == type).Name;

    /// <summary>The bytes of a number.</summary>
    public static int BytesOf(SafetensorsType type) => Types.First(known => known.Type == type).Bytes;

    /// <summary>The type of this name; null if it does not become floats.</summary>
    public static SafetensorsType? Named(string name) => Types.Where(known => known.Name == name).Select(known => (SafetensorsType?)known.Type).FirstOrDefault();

    /// <summary>Reads numbers. Doubles are rounded.</summary>
    public static float[] Read(ReadOnlySpan<byte> bytes, SafetensorsType type)
    {
        float[] values = new float[bytes.Length / BytesOf(type)];
        if (type == SafetensorsType.Float32 && BitConverter.IsLittleEndian)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }
        for (int i = 0; i < values.Length; i++)
            values[i] = type switch
            {
                SafetensorsType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]),
                SafetensorsType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..]),
                SafetensorsType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
                SafetensorsType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16),
                _ => (sbyte)bytes[i],
            };
        return values;
    }

    /// <summary>Writes numbers, rounded to nearest, ties to even.</summary>
    /// <param name="values">Of I8, whole numbers from −128 to 127.</param>
    /// <param name="type">Any but F64.</param>
    /// <param name="bytes">As many as that takes.</param>
    public static void Write(ReadOnlySpan<float> values, SafetensorsType type, Span<byte> bytes)
    {
        for (int i = 0; i < values.Length; i++)
            switch (type)
            {
                case SafetensorsType.Float32:
                    BinaryPrimitives.WriteSingleLittleEndian(bytes[(4 * i)..], values[i]);
                    break;
                case SafetensorsType.Float16:
                    BinaryPrimitives.WriteHalfLittleEndian(bytes[(2 * i)..], (Half)values[i]);
                    break;
                case SafetensorsType.BFloat16:
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes[(2 * i)..], (ushort)(BitConverter.SingleToUInt32Bits(ToBFloat16(values[i])) >> 16));
                    break;
                case SafetensorsType.Int8:
                    bytes[i] = (byte)(sbyte)values[i];
                    break;
                default:
                    throw new NotSupportedException($"Tensors of type {NameOf(type)} are not written.");
            }
    }

    /// <summary>The nearest number of BF16, ties to even. Of a finite number that is too large, infinity.</summary>
    public static float ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsFinite(value) ? BitConverter.UInt32BitsToSingle((bits + 0x7FFF + (bits >> 16 & 1)) & 0xFFFF0000) : value;
    }
}
