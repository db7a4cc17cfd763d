using System.Runtime.InteropServices;

namespace ImageSig.Export;

/// <summary>A graph of ONNX operations while it is built: nodes in the order of execution, and constants.</summary>
/// <remarks>Field numbers are those of onnx.proto (IR version 8). Operations are those of opset 17.</remarks>
internal sealed class OnnxGraph
{
    /// <summary>The version of the operations.</summary>
    public const int Opset = 17;

    private const int IrVersion = 8;
    private readonly ProtobufWriter nodes = new();
    private readonly ProtobufWriter constants = new();
    private readonly ProtobufWriter inputs = new();
    private readonly ProtobufWriter outputs = new();
    private readonly Dictionary<string, string> lists = [];
    private readonly Dictionary<float, string> numbers = [];
    private readonly Dictionary<string, int> counts = [];

    /// <summary>Adds an operation.</summary>
    /// <param name="operation">Its name in ONNX.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The name of what it gives.</returns>
    public string Node(string operation, IReadOnlyList<string> inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Nodes(operation, inputs, [Unused(operation)], attributes)[0];

    /// <summary>Adds an operation that gives several things, or something of a name of one's own.</summary>
    public IReadOnlyList<string> Nodes(string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, params ReadOnlySpan<OnnxAttribute> attributes)
    {
        ProtobufWriter node = new();
        foreach (string input in inputs)
            node.Text(1, input);
        foreach (string output in outputs)
            node.Text(2, output);
        node.Text(3, outputs[0]);
        node.Text(4, operation);
        foreach (OnnxAttribute attribute in attributes)
            node.Message(5, attribute.Write);
        nodes.Data(1, node.Bytes);
        return outputs;
    }

    /// <summary>A name that nothing has yet.</summary>
    public string Unused(string like)
    {
        int count = counts[like] = counts.GetValueOrDefault(like) + 1;
        return $"{like}_{count}";
    }

    /// <summary>Adds numbers that the graph holds.</summary>
    /// <param name="name">What to call them; a number is appended where that is taken.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="shape">Their dimensions.</param>
    public string Constant(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        if (counts.ContainsKey(name))
            name = Unused(name);
        else
            counts[name] = 0;
        Constant(name, OnnxType.Float, MemoryMarshal.AsBytes(values), shape);
        return name;
    }

    /// <summary>One number; the same is kept once.</summary>
    public string Scalar(float value) => numbers.TryGetValue(value, out string? name) ? name : numbers[value] = Constant(Unused("number"), [value]);

    /// <summary>Whole numbers, such as a shape or axes; the same are kept once.</summary>
    public string List(params long[] values) => Listed(values, values.Length);

    /// <summary>One whole number, such as an axis.</summary>
    public string Axis(long value) => Listed([value]);

    /// <summary>Declares what goes in.</summary>
    public void Input(string name, OnnxType type, string meaning, params int[] sample) => inputs.Message(11, writer => Declare(writer, name, type, meaning, sample));

    /// <summary>Declares what comes out.</summary>
    public void Output(string name, OnnxType type, string meaning, params int[] sample) => outputs.Message(12, writer => Declare(writer, name, type, meaning, sample));

    /// <summary>The whole file.</summary>
    /// <param name="meaning">What the model is, for people.</param>
    /// <param name="metadata">Texts by name.</param>
    public byte[] ToBytes(string meaning, IReadOnlyList<(string Key, string Value)> metadata)
    {
        ProtobufWriter file = new();
        file.Number(1, IrVersion);
        file.Text(2, "imagesig");
        file.Text(6, meaning);
        ProtobufWriter graph = new();
        graph.Text(2, "imagesig");
        graph.Text(10, meaning);
        // Fields may come in any order, so that parts that are bytes already need not be parsed again.
        byte[] parts = [.. nodes.Bytes, .. graph.Bytes, .. constants.Bytes, .. inputs.Bytes, .. outputs.Bytes];
        file.Data(7, parts);
        file.Message(8, set =>
        {
            set.Text(1, "");
            set.Number(2, Opset);
        });
        foreach ((string key, string value) in metadata)
            file.Message(14, entry =>
            {
                entry.Text(1, key);
                entry.Text(2, value);
            });
        return file.Bytes.ToArray();
    }

    private string Listed(long[] values, params int[] shape)
    {
        string key = $"{string.Join(' ', shape)}: {string.Join(' ', values)}";
        if (!lists.TryGetValue(key, out string? name))
        {
            lists[key] = name = Unused("list");
            Constant(name, OnnxType.Int64, MemoryMarshal.AsBytes(values.AsSpan()), shape);
        }
        return name;
    }

    private void Constant(string name, OnnxType type, ReadOnlySpan<byte> data, ReadOnlySpan<int> shape)
    {
        ProtobufWriter tensor = new();
        foreach (int length in shape)
            tensor.Number(1, length);
        tensor.Number(2, (int)type);
        tensor.Text(8, name);
        tensor.Data(9, data);
        constants.Data(5, tensor.Bytes);
    }

    private static void Declare(ProtobufWriter value, string name, OnnxType type, string meaning, int[] sample)
    {
        value.Text(1, name);
        value.Message(2, kind => kind.Message(1, tensor =>
        {
            tensor.Number(1, (int)type);
            tensor.Message(2, shape =>
            {
                shape.Message(1, samples => samples.Text(2, "N"));
                foreach (int length in sample)
                    shape.Message(1, dimension => dimension.Number(1, length));
            });
        }));
        value.Text(3, meaning);
    }
}
