using ImageSig.Tensors;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.Support;

/// <summary>A pretrained network made for tests: few layers of every kind, with weights that nobody trained.</summary>
internal static class SmallBackbone
{
    /// <summary>Its list of layers: both paddings, both activations, a residual sum, four resolutions.</summary>
    public const string Layers = """
        {
         "input": {"size": 32, "channels": "RGB", "value": "(pixel-128)/128"},
         "layers": [
          {"name": "stem", "op": "conv", "k": [3, 3], "stride": 2, "groups": 1, "pad": "same", "act": "relu6", "from": -1},
          {"name": "dw1", "op": "conv", "k": [5, 5], "stride": 1, "groups": 6, "pad": "sym", "act": "relu6", "from": 0},
          {"name": "project1", "op": "conv", "k": [1, 1], "stride": 1, "groups": 1, "pad": "sym", "act": "none", "from": 1},
          {"name": "sum1", "op": "add", "act": "none", "from": [0, 2]},
          {"name": "expand2", "op": "conv", "k": [1, 1], "stride": 1, "groups": 1, "pad": "same", "act": "relu", "from": 3},
          {"name": "dw2", "op": "conv", "k": [3, 3], "stride": 2, "groups": 9, "pad": "same", "act": "relu6", "from": 4},
          {"name": "project2", "op": "conv", "k": [1, 1], "stride": 1, "groups": 1, "pad": "same", "act": "none", "from": 5},
          {"name": "dw3", "op": "conv", "k": [3, 3], "stride": 2, "groups": 5, "pad": "sym", "act": "relu6", "from": 6},
          {"name": "last", "op": "conv", "k": [1, 1], "stride": 1, "groups": 1, "pad": "sym", "act": "relu6", "from": 7},
          {"name": "logits", "op": "conv", "k": [1, 1], "stride": 1, "groups": 1, "pad": "sym", "act": "none", "from": "mean of last"}
         ],
         "features": "last"
        }
        """;

    private static readonly (string Name, int[] Shape)[] Weights =
    [
        ("stem", [6, 3, 3, 3]), ("dw1", [6, 1, 5, 5]), ("project1", [6, 6, 1, 1]), ("expand2", [9, 6, 1, 1]), ("dw2", [9, 1, 3, 3]), ("project2", [5, 9, 1, 1]),
        ("dw3", [5, 1, 3, 3]), ("last", [8, 5, 1, 1]), ("logits", [10, 8, 1, 1]),
    ];

    /// <summary>Its tensors.</summary>
    public static List<SafetensorsEntry> Tensors()
    {
        List<SafetensorsEntry> tensors = [];
        foreach ((string name, int[] shape) in Weights)
        {
            int count = shape.Aggregate((product, side) => product * side);
            uint seed = (uint)tensors.Count;
            tensors.Add(new($"{name}.weight", shape, Numbers.Uniform(count, 50 + seed, MathF.Sqrt(3f * shape[0] / count))));
            tensors.Add(new($"{name}.bias", [shape[0]], Numbers.Uniform(shape[0], 51 + seed, 0.2f)));
        }
        return tensors;
    }

    /// <summary>Writes it to a file with the list in its metadata, or in a file beside it.</summary>
    public static string Write(string path, bool isListBeside = false)
    {
        File.WriteAllBytes(path, new SafetensorsFile(isListBeside ? [] : [new("architecture", Layers)], Tensors()).ToBytes());
        if (isListBeside)
            File.WriteAllText(Path.ChangeExtension(path, ".json"), Layers);
        return path;
    }
}
