namespace ImageSig.Export;

/// <summary>Types of numbers, by their number in ONNX.</summary>
internal enum OnnxType
{
    /// <summary>32 bits.</summary>
    Float = 1,

    /// <summary>0…255.</summary>
    UInt8 = 2,

    /// <summary>64 bits; what shapes and axes are given in.</summary>
    Int64 = 7,
}

/// <summary>A setting of an operation: a whole number, a fraction or a list of whole numbers.</summary>
internal sealed class OnnxAttribute
{
    private const int Name = 1, Fraction = 2, Whole = 3, Wholes = 8, Kind = 20;
    private readonly Action<ProtobufWriter> write;

    private OnnxAttribute(string name, int kind, Action<ProtobufWriter> value) => write = writer =>
    {
        writer.Text(Name, name);
        value(writer);
        writer.Number(Kind, kind);
    };

    /// <summary>A whole number.</summary>
    public static OnnxAttribute Of(string name, long value) => new(name, kind: 2, writer => writer.Number(Whole, value));

    /// <summary>A fraction.</summary>
    public static OnnxAttribute Of(string name, float value) => new(name, kind: 1, writer => writer.Number(Fraction, value));

    /// <summary>Whole numbers.</summary>
    public static OnnxAttribute Of(string name, params long[] values) => new(name, kind: 7, writer =>
    {
        foreach (long value in values)
            writer.Number(Wholes, value);
    });

    /// <summary>Writes it.</summary>
    public void Write(ProtobufWriter writer) => write(writer);
}

/// <summary>What an operation of a graph gives.</summary>
/// <param name="Name">In the graph.</param>
/// <param name="Sample">The dimensions of one sample, channels last; in the graph, the samples stand in front.</param>
internal sealed record OnnxValue(string Name, params int[] Sample)
{
    /// <summary>Whether channels come before positions in the graph, as ONNX's convolutions have it.</summary>
    public bool IsChannelsFirst { get; init; }

    /// <summary>The last dimension of a sample.</summary>
    public int Last => Sample[^1];

    /// <summary>The numbers of a sample.</summary>
    public int Count => Sample.Aggregate(1, (product, length) => product * length);
}
