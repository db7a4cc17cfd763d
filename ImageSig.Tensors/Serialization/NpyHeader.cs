using System.Globalization;
using System.Text;

namespace ImageSig.Tensors;

/// <summary>The header of a .npy file: element type, shape and the orders of axes and bytes.</summary>
/// <remarks>Source: NumPy Enhancement Proposal 1, "A simple file format for NumPy arrays"; versions 1 to 3 are read, 1 is written.</remarks>
/// <param name="Kind">The element type.</param>
/// <param name="Shape">The lengths of the axes, first axis slowest; empty for a scalar.</param>
public sealed record NpyHeader(NpyKind Kind, IReadOnlyList<int> Shape)
{
    private const int Alignment = 64;

    /// <summary>As many axes as NumPy's arrays have at most.</summary>
    private const int MaxAxes = 64;

    /// <summary>What every such file begins with.</summary>
    internal static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Whether the file has the first axis fastest. The shape is the array's either way.</summary>
    public bool IsFortranOrder { get; init; }

    /// <summary>Whether each element has its highest byte first.</summary>
    public bool IsBigEndian { get; init; }

    /// <summary>Bytes per element.</summary>
    public int ElementSize => NpyDescriptor.SizeOf(Kind);

    /// <summary>The number of elements: the product of the shape.</summary>
    public long ElementCount => Shape.Aggregate(1L, (product, length) => checked(product * length));

    /// <summary>Reads a header and leaves the stream at the first element.</summary>
    /// <exception cref="InvalidDataException">Not a .npy file, or one of a type that is not read here.</exception>
    /// <exception cref="ArgumentNullException">There is no stream.</exception>
    internal static NpyHeader Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Span<byte> start = stackalloc byte[12];
        int found = stream.ReadAtLeast(start[..10], 10, throwOnEndOfStream: false);
        if (found < 10 || !start.StartsWith(Magic))
            throw new InvalidDataException("not a .npy file (it does not start with \\x93NUMPY). Write it with numpy.save.");
        int length = BitConverter.ToUInt16(start[8..10]);
        if (start[6] is 2 or 3)
        {
            if (stream.ReadAtLeast(start[10..12], 2, throwOnEndOfStream: false) < 2)
                throw new InvalidDataException(".npy file ends inside its header; copy it again.");
            length |= BitConverter.ToUInt16(start[10..12]) << 16;
        }
        else if (start[6] != 1)
            throw new InvalidDataException($".npy version {start[6]} is not known; versions 1 to 3 are read.");
        if (length is < 0 or > 1 << 20)
            throw new InvalidDataException($".npy header of {(uint)length} bytes; at most 1 MiB was expected.");
        byte[] text = new byte[length];
        if (stream.ReadAtLeast(text, length, throwOnEndOfStream: false) < length)
            throw new InvalidDataException(".npy file ends inside its header; copy it again.");
        return Parse(Encoding.UTF8.GetString(text));
    }

    /// <summary>Writes the header, padded to a multiple of 64 bytes; its size does not depend on the length of the first axis.</summary>
    /// <param name="stream">Left at the first element.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentNullException">There is no stream.</exception>
    internal int Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        string shape = string.Concat(Shape.Select(length => length.ToString(CultureInfo.InvariantCulture) + ","));
        string text = $"{{'descr': '{NpyDescriptor.Of(Kind)}', 'fortran_order': False, 'shape': ({shape}), }}";
        const int Prefix = 10, Newline = 1, LongestAxis = 10;
        int firstAxis = Shape.Count == 0 ? 0 : Shape[0].ToString(CultureInfo.InvariantCulture).Length;
        int total = (Prefix + text.Length - firstAxis + LongestAxis + Newline + Alignment - 1) / Alignment * Alignment;
        byte[] bytes = new byte[total];
        Magic.CopyTo(bytes);
        bytes[6] = 1;
        BitConverter.TryWriteBytes(bytes.AsSpan(8), (ushort)(total - Prefix));
        bytes.AsSpan(Prefix).Fill((byte)' ');
        Encoding.ASCII.GetBytes(text, bytes.AsSpan(Prefix));
        bytes[^1] = (byte)'\n';
        stream.Write(bytes);
        return total;
    }

    private static NpyHeader Parse(string text)
    {
        string descriptor = Between(text, "'descr':", ",").Trim(' ', '\'');
        (NpyKind kind, bool isBigEndian) = NpyDescriptor.Parse(descriptor)
            ?? throw new InvalidDataException($".npy element type '{Quoted(descriptor)}' is not read here; save it as float32 or float64 (array.astype('<f8')).");
        string order = Between(text, "'fortran_order':", ",").Trim();
        if (order is not ("True" or "False"))
            throw new InvalidDataException($".npy header with fortran_order {Quoted(order)}; True or False was expected.");
        string[] lengths = Between(text, "'shape': (", ")").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lengths.Length > MaxAxes)
            throw new InvalidDataException($".npy header with {lengths.Length} axes; at most {MaxAxes} are read, as many as NumPy has.");
        int[] shape = new int[lengths.Length];
        for (int axis = 0; axis < shape.Length; axis++)
            if (!int.TryParse(lengths[axis], NumberStyles.None, CultureInfo.InvariantCulture, out shape[axis]))
                throw new InvalidDataException($".npy shape ({Quoted(string.Join(", ", lengths))}): axis {axis} is not a length between 0 and {int.MaxValue}.");
        return new NpyHeader(kind, shape) { IsFortranOrder = order == "True", IsBigEndian = isBigEndian };
    }

    /// <summary>What a file says, for a message of one line: it may be anything, of any length.</summary>
    private static string Quoted(string text)
    {
        const int Longest = 60;
        string line = string.Concat(text.Take(Longest).Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Length > Longest ? line + "…" : line;
    }

    private static string Between(string text, string before, string after)
    {
        int start = text.IndexOf(before, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf(after, start + before.Length, StringComparison.Ordinal);
        return end < 0
            ? throw new InvalidDataException($".npy header without {before.Trim(' ', ':', '(')}; the file is damaged.")
            : text[(start + before.Length)..end];
    }
}
