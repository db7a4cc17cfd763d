using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ImageSig.Tensors;

/// <summary>A safetensors file of float32 arrays: named tensors and a dictionary of strings.</summary>
/// <remarks>
/// The container is specified in docs/model-file.md. Everything is checked before anything is allocated: lengths, overlap, coverage, duplicates.
/// </remarks>
public sealed class SafetensorsFile
{
    /// <summary>The longest header that is read, in bytes.</summary>
    public const int MaxHeaderBytes = 16 << 20;

    private const int LengthBytes = 8;
    private const int MaxRank = 4;

    /// <summary>A file to be written, or one that was read.</summary>
    /// <param name="metadata">The strings of <c>__metadata__</c>, in the order of writing.</param>
    /// <param name="tensors">The arrays, in the order of their values in the file.</param>
    /// <exception cref="ArgumentNullException">No strings or no arrays; an empty list is possible.</exception>
    /// <exception cref="ArgumentException">A tensor that no reader would take: one without a name, values or shape, one whose shape holds another number of values, or two of one name.</exception>
    public SafetensorsFile(IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<SafetensorsEntry> tensors)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(tensors);
        HashSet<string> names = [];
        foreach (SafetensorsEntry? tensor in tensors)
        {
            if (tensor is not { Name: not null, Shape: not null, Values: not null })
                throw new ArgumentException("SafetensorsFile: a tensor has no name, shape or values.", nameof(tensors));
            if (!StoredShape.Holds(tensor.Shape, tensor.Values.Length, tensor.Values.Length, out double count))
                throw new ArgumentException($"SafetensorsFile: shape [{string.Join(", ", tensor.Shape)}] of '{tensor.Name}' holds {count} values, {tensor.Values.Length} were given.", nameof(tensors));
            if (!names.Add(tensor.Name))
                throw new ArgumentException($"SafetensorsFile: two tensors are called '{tensor.Name}'; names must differ.", nameof(tensors));
        }
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>The strings of <c>__metadata__</c>, in file order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; }

    /// <summary>The arrays, in file order.</summary>
    public IReadOnlyList<SafetensorsEntry> Tensors { get; }

    /// <summary>Reads only the strings of <c>__metadata__</c>: for checks that come before the tensors are believed.</summary>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> ReadMetadata(ReadOnlySpan<byte> file) => ReadMetadata(file, SafetensorsScope.Float32);

    /// <summary>The same of a file with tensors of other types.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> ReadMetadata(ReadOnlySpan<byte> file, SafetensorsScope scope) => ReadHeader(file, scope).Metadata;

    /// <summary>The bytes of a file. Of one that has no length of its own, a pipe or a device, no more than the beginning where no safetensors file begins so: a device has no end.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static byte[] BytesIn(string path)
    {
        using FileStream file = File.OpenRead(path);
        if (file.CanSeek && file.Length > 0)
            return File.ReadAllBytes(path);
        byte[] start = new byte[LengthBytes];
        int count = file.ReadAtLeast(start, LengthBytes, throwOnEndOfStream: false);
        if (count < LengthBytes || BinaryPrimitives.ReadUInt64LittleEndian(start) is 0 or > MaxHeaderBytes)
            return start[..count];
        using MemoryStream all = new();
        all.Write(start);
        file.CopyTo(all);
        return all.ToArray();
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="file">Its bytes.</param>
    /// <exception cref="InvalidDataException">The file is damaged or holds other types than float32; the message says where.</exception>
    public static SafetensorsFile Read(ReadOnlySpan<byte> file) => Read(file, SafetensorsScope.Float32);

    /// <summary>The same of a file that may hold tensors of other types.</summary>
    internal static SafetensorsFile Read(ReadOnlySpan<byte> file, SafetensorsScope scope)
    {
        SafetensorsHeader header = ReadHeader(file, scope);
        ReadOnlySpan<byte> data = file[header.DataStart..];
        long position = 0;
        foreach (SafetensorsHeader.Slot slot in header.Slots)
        {
            long bytes = slot.Shape.Count > MaxRank ? -1 : ByteCount(slot, data.Length);
            if (bytes < 0 || slot.Begin != position || slot.End - slot.Begin != bytes)
                throw new InvalidDataException($"tensor '{slot.Name}' of shape [{string.Join(", ", slot.Shape)}] claims the bytes {slot.Begin} to {slot.End}; rank at most {MaxRank}, start {position} and {slot.Bytes} bytes a value were expected.");
            position = slot.End;
        }
        if (position != data.Length)
            throw new InvalidDataException($"the tensors end at byte {position} of {data.Length}; the file is cut or has a tail that does not belong to it.");

        List<SafetensorsEntry> tensors = new(header.Slots.Count);
        foreach (SafetensorsHeader.Slot slot in header.Slots)
            if (slot.Type is { } type)
                tensors.Add(new SafetensorsEntry(slot.Name, slot.Shape, SafetensorsNumbers.Read(data[(int)slot.Begin..(int)slot.End], type)) { Type = type });
        return new SafetensorsFile(header.Metadata, tensors);
    }

    /// <summary>The bytes of this file; the same content always gives the same bytes.</summary>
    public byte[] ToBytes()
    {
        ArrayBufferWriter<byte> header = new();
        // The file is JSON, not HTML: non-ASCII class names stay readable.
        using (Utf8JsonWriter json = new(header, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            WriteHeader(json);
        int headerBytes = (LengthBytes + header.WrittenCount + 7) / 8 * 8 - LengthBytes;
        long dataBytes = Tensors.Sum(DataBytes);
        byte[] file = new byte[checked((int)(LengthBytes + headerBytes + dataBytes))];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)headerBytes);
        header.WrittenSpan.CopyTo(file.AsSpan(LengthBytes));
        file.AsSpan(LengthBytes + header.WrittenCount, headerBytes - header.WrittenCount).Fill((byte)' ');
        Span<byte> data = file.AsSpan(LengthBytes + headerBytes);
        foreach (SafetensorsEntry tensor in Tensors)
        {
            SafetensorsNumbers.Write(tensor.Values, tensor.Type, data);
            data = data[(int)DataBytes(tensor)..];
        }
        return file;
    }

    private void WriteHeader(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartObject("__metadata__");
        foreach ((string key, string value) in Metadata)
            json.WriteString(key, value);
        json.WriteEndObject();
        long position = 0;
        foreach (SafetensorsEntry tensor in Tensors)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", SafetensorsNumbers.NameOf(tensor.Type));
            json.WriteStartArray("shape");
            foreach (int length in tensor.Shape)
                json.WriteNumberValue(length);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(position);
            json.WriteNumberValue(position += DataBytes(tensor));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static long DataBytes(SafetensorsEntry tensor) => (long)SafetensorsNumbers.BytesOf(tensor.Type) * tensor.Values.Length;

    private static SafetensorsHeader ReadHeader(ReadOnlySpan<byte> file, SafetensorsScope scope)
    {
        if (file.Length < LengthBytes)
            throw new InvalidDataException($"{file.Length} bytes are too few for a safetensors file.");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (length > MaxHeaderBytes)
            throw new InvalidDataException($"it does not begin with the length of a safetensors header, which is {MaxHeaderBytes} bytes at most.");
        if ((long)length > file.Length - LengthBytes)
            throw new InvalidDataException($"its header is to be {length} bytes long, {file.Length - LengthBytes} follow; it is cut.");
        try
        {
            return SafetensorsHeader.Parse(file.Slice(LengthBytes, (int)length), LengthBytes + (int)length, scope);
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("the header is not the JSON of a safetensors file; the file is damaged.", damage);
        }
    }

    private static long ByteCount(SafetensorsHeader.Slot slot, long limit)
    {
        long bytes = slot.Bytes;
        foreach (int length in slot.Shape)
        {
            bytes *= length;
            if (bytes > limit)
                return -1;
        }
        return bytes;
    }
}
