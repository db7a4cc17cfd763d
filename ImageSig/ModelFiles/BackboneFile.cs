using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Reads pretrained networks: safetensors files with a list of layers, which docs/networks.md specifies.</summary>
public static class BackboneFile
{
    /// <summary>The entry of the file's metadata that holds the list of layers.</summary>
    private const string ListKey = "architecture";

    private const int MaxListBytes = 1 << 20;

    /// <summary>Reads a file of weights. Its list of layers stands in its metadata, or in a file of the same name that ends in <c>.json</c>; a MobileNet v2 of any width under the
    /// names of torchvision, timm or Keras needs none, nor a v1 under those of timm or Keras.</summary>
    /// <param name="path">The .safetensors file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFileException">It is not a network that can be used here; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Backbone Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
            throw new FileNotFoundException(Directory.Exists(path)
                ? $"{path}: this is a folder; give the .safetensors file of a pretrained network."
                : $"{path}: no such file; give the .safetensors file of a pretrained network.", path);
        try
        {
            SafetensorsFile file = Tensors(path);
            if ((file.Metadata.FirstOrDefault(entry => entry.Key == ListKey).Value ?? ListBeside(path)) is { } layers)
                return Backbone.Of(NameOf(path), layers, file.Tensors);
            (string known, IReadOnlyList<SafetensorsEntry> folded) = MobileNetV2Names.Convert(file.Tensors) ?? MobileNetV1Names.Convert(file.Tensors)
                ?? throw new InvalidDataException(
                    $"there is no list of its layers, neither '{ListKey}' in its metadata nor {Path.ChangeExtension(path, ".json")}, and its tensors are not named as those of a MobileNet v1 (of timm or Keras) or v2 (of torchvision, timm or Keras); docs/networks.md says what the list must hold.");
            return Backbone.Of(NameOf(path), known, folded);
        }
        catch (Exception damage) when (damage is InvalidDataException or SettingException)
        {
            throw new ModelFileException($"{path}: {damage.Message}", damage);
        }
    }

    private static SafetensorsFile Tensors(string path)
    {
        byte[] file = SafetensorsFile.BytesIn(path);
        try
        {
            // Counters of batches, whole numbers, stand in files of PyTorch.
            return SafetensorsFile.Read(file, SafetensorsScope.Foreign);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"{damage.Message} Give the .safetensors file of a pretrained network.", damage);
        }
    }

    private static string? ListBeside(string path)
    {
        string list = Path.ChangeExtension(path, ".json");
        if (!File.Exists(list))
            return null;
        return new FileInfo(list).Length <= MaxListBytes
            ? File.ReadAllText(list)
            : throw new InvalidDataException($"{list} is larger than {MaxListBytes} bytes; it is no list of layers.");
    }

    private static string NameOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return string.Concat(name.Take(100).Select(letter => char.IsLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '-'));
    }
}
