using System.Buffers.Binary;
using System.Text;

namespace ImageSig;

/// <summary>The beginning of an index: what its entries are, and how long.</summary>
internal static class CacheHeader
{
    public const int Length = 4096;

    private const int EntryBytesAt = 16, TextLengthAt = 20, TextAt = 24, MaxText = Length - TextAt - sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "ImageSig cache 1"u8;

    public static byte[] Of(CacheContent content)
    {
        byte[] header = new byte[Length];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(EntryBytesAt), content.EntryBytes);
        int length = Encoding.UTF8.GetBytes(content.Description, header.AsSpan(TextAt, MaxText));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(TextLengthAt), length);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(Length - sizeof(uint)), Checksum.Continue(uint.MaxValue, header.AsSpan(0, Length - sizeof(uint))));
        return header;
    }

    /// <summary>What an index is of; null where it is no index, or damaged.</summary>
    /// <param name="header">The first <see cref="Length"/> bytes.</param>
    /// <param name="name">The beginning of the file's name.</param>
    public static CacheContent? Read(ReadOnlySpan<byte> header, string name)
    {
        if (header.Length != Length || !header.StartsWith(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(header[(Length - sizeof(uint))..]) != Checksum.Continue(uint.MaxValue, header[..(Length - sizeof(uint))]))
            return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(header[TextLengthAt..]), entryBytes = BinaryPrimitives.ReadInt32LittleEndian(header[EntryBytesAt..]);
        return length is < 0 or > MaxText || entryBytes <= 0 ? null : new(name, Encoding.UTF8.GetString(header.Slice(TextAt, length)), entryBytes);
    }
}
