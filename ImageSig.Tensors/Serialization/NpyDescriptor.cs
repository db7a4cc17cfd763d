namespace ImageSig.Tensors;

/// <summary>How .npy headers spell element types: the order of the bytes (<c>&lt;</c>, <c>&gt;</c>, or <c>|</c> where there is one byte), a letter, bytes an element.</summary>
internal static class NpyDescriptor
{
    private static readonly (string Code, NpyKind Kind)[] _codes =
    [
        ("f2", NpyKind.Float16), ("f4", NpyKind.Float32), ("f8", NpyKind.Float64),
        ("i1", NpyKind.Int8), ("i2", NpyKind.Int16), ("i4", NpyKind.Int32), ("i8", NpyKind.Int64),
        ("u1", NpyKind.UInt8), ("u2", NpyKind.UInt16), ("u4", NpyKind.UInt32), ("u8", NpyKind.UInt64),
        ("b1", NpyKind.Boolean),
    ];

    /// <summary>Bytes an element.</summary>
    public static int SizeOf(NpyKind kind) => CodeOf(kind)[1] - '0';

    /// <summary>The descriptor of what is written: little-endian.</summary>
    public static string Of(NpyKind kind) => (SizeOf(kind) == 1 ? "|" : "<") + CodeOf(kind);

    /// <summary>The element type that a descriptor names, or null where it is none that is read.</summary>
    public static (NpyKind Kind, bool IsBigEndian)? Parse(string descriptor)
    {
        foreach ((string code, NpyKind kind) in _codes)
            if (descriptor.Length == 3 && descriptor.EndsWith(code, StringComparison.Ordinal) && (descriptor[0] is '<' or '>' || (descriptor[0] == '|' && SizeOf(kind) == 1)))
                return (kind, descriptor[0] == '>');
        return null;
    }

    private static string CodeOf(NpyKind kind) => Array.Find(_codes, entry => entry.Kind == kind).Code;
}
