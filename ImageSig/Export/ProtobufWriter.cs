using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ImageSig.Export;

/// <summary>Writes one message of protocol buffers: a list of numbered fields, each a number, text, bytes or another message.</summary>
/// <remarks>Source: "Encoding", protobuf.dev. Only what ONNX needs: varints, 32-bit numbers and what has a length.</remarks>
internal sealed class ProtobufWriter
{
    private const int Varint = 0, Sized = 2, Fixed32 = 5;
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>The bytes so far.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.WrittenSpan;

    /// <summary>A whole number; a negative one takes ten bytes, as the format has it.</summary>
    public void Number(int field, long value)
    {
        Tag(field, Varint);
        Raw((ulong)value);
    }

    /// <summary>A number of 32 bits.</summary>
    public void Number(int field, float value)
    {
        Tag(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(buffer.GetSpan(sizeof(float)), value);
        buffer.Advance(sizeof(float));
    }

    /// <summary>Text in UTF-8.</summary>
    public void Text(int field, string value) => Data(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Bytes as they are.</summary>
    public void Data(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, Sized);
        Raw((ulong)value.Length);
        buffer.Write(value);
    }

    /// <summary>A message within this one.</summary>
    public void Message(int field, Action<ProtobufWriter> write)
    {
        ProtobufWriter inner = new();
        write(inner);
        Data(field, inner.Bytes);
    }

    private void Tag(int field, int kind) => Raw((ulong)(field << 3 | kind));

    private void Raw(ulong value)
    {
        Span<byte> bytes = buffer.GetSpan(10);
        int length = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[length++] = (byte)(value | 0x80);
        bytes[length++] = (byte)value;
        buffer.Advance(length);
    }
}
