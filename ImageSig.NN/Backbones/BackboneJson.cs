using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Reads and writes the list of layers of a backbone: docs/networks.md specifies it.</summary>
internal static partial class BackboneJson
{
    private const int MaxSteps = 1000, MaxChannels = 8192, MaxKernel = 7, MaxStride = 4, Colors = 3;

    private static readonly Named<BackbonePadding>[] Paddings =
        [new("sym", BackbonePadding.Symmetric), new("same", BackbonePadding.Same), new("valid", BackbonePadding.Valid)];

    private static readonly Named<Activation>[] Activations =
        [new("none", Activation.None), new("relu", Activation.Relu), new("relu6", Activation.Relu6)];

    /// <summary>Reads a list.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="name">What to call it, or null where the list says so.</param>
    /// <param name="weightShape">The shape of a step's weights [outputs, …] in the file, which tells its outputs; null where the list does.</param>
    /// <exception cref="InvalidDataException">It cannot be used; the message says why.</exception>
    public static BackboneList Parse(string text, string? name, Func<string, IReadOnlyList<int>?> weightShape)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return Parse(document.RootElement, name, weightShape);
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException("the list of layers is not JSON.", damage);
        }
    }

    /// <summary>The same of what is parsed already.</summary>
    public static BackboneList Parse(JsonElement json, string? name, Func<string, IReadOnlyList<int>?> weightShape)
    {
        (float[] scale, float[] shift) = Input(Member(json, "input", JsonValueKind.Object, "the list of layers"));
        string? last = json.TryGetProperty("features", out JsonElement features) && features.ValueKind == JsonValueKind.String ? features.GetString() : null;
        List<BackboneStep> steps = [];
        HashSet<string> names = [];
        foreach (JsonElement layer in Member(json, "layers", JsonValueKind.Array, "the list of layers").EnumerateArray())
        {
            // What reads a mean is the classifier, which is left out.
            if (layer.ValueKind == JsonValueKind.Object && layer.TryGetProperty("from", out JsonElement from) && from.ValueKind == JsonValueKind.String)
                break;
            BackboneStep step = Step(layer, steps, weightShape);
            if (!Plain().IsMatch(step.Name))
                throw new InvalidDataException("a layer's name must be 1 to 100 letters, digits, dots, dashes, slashes and underscores.");
            if (!names.Add(step.Name))
                throw new InvalidDataException($"two layers are called '{step.Name}'.");
            steps.Add(step);
            if (steps.Count > MaxSteps)
                throw new InvalidDataException($"there are more than {MaxSteps} layers.");
            if (step.Name == last)
                break;
        }
        if (steps.Count == 0)
            throw new InvalidDataException("there are no layers.");
        if (last is not null && steps[^1].Name != last)
            throw new InvalidDataException($"there is no layer '{last}' to take the features of.");
        name ??= Text(json, "name", "the list of layers");
        if (!Plain().IsMatch(name))
            throw new InvalidDataException("a backbone's name must be 1 to 100 letters, digits, dots, dashes, slashes and underscores.");
        return new BackboneList(name, scale, shift, steps);
    }

    /// <summary>Writes a step as <see cref="Parse(JsonElement, string, Func{string, IReadOnlyList{int}})"/> reads it.</summary>
    public static void Write(Utf8JsonWriter json, BackboneStep step)
    {
        json.WriteStartObject();
        json.WriteString("name", step.Name);
        json.WriteString("op", step.Operation == BackboneOperation.Sum ? "add" : "conv");
        if (step.Operation == BackboneOperation.Sum)
        {
            json.WriteStartArray("from");
            foreach (int from in step.From)
                json.WriteNumberValue(from);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNumber("from", step.From[0]);
            json.WriteStartArray("k");
            json.WriteNumberValue(step.KernelHeight);
            json.WriteNumberValue(step.KernelWidth);
            json.WriteEndArray();
            json.WriteNumber("outputs", step.Outputs);
            json.WriteNumber("stride", step.Stride);
            json.WriteNumber("groups", step.Operation == BackboneOperation.Depthwise ? step.Outputs : 1);
            json.WriteString("pad", Paddings.First(padding => padding.Value == step.Padding).Name);
        }
        json.WriteString("act", Activations.First(activation => activation.Value == step.Activation).Name);
        json.WriteEndObject();
    }

    /// <summary>A member that is a string.</summary>
    public static string Text(JsonElement json, string name, string owner) => Member(json, name, JsonValueKind.String, owner).GetString()!;

    private static BackboneStep Step(JsonElement layer, List<BackboneStep> before, Func<string, IReadOnlyList<int>?> weightShape)
    {
        string name = Text(layer, "name", $"layer {before.Count}");
        string owner = $"layer '{name}'";
        string operation = Text(layer, "op", owner);
        Activation activation = Choice(layer, "act", owner, Activations);
        if (operation == "add")
        {
            int[] both = [.. Member(layer, "from", JsonValueKind.Array, owner).EnumerateArray().Select(Source)];
            if (both.Length != 2 || both.Contains(-1) || before[both[0]].Outputs != before[both[1]].Outputs)
                throw new InvalidDataException($"{owner}: a sum needs two layers of equally many channels.");
            return new BackboneStep(name, BackboneOperation.Sum, both, before[both[0]].Outputs, before[both[0]].Outputs, activation);
        }
        if (operation != "conv")
            throw new InvalidDataException($"{owner}: there is no operation '{operation}', only conv and add.");
        int from = Source(Member(layer, "from", JsonValueKind.Number, owner));
        int inputs = from < 0 ? Colors : before[from].Outputs;
        int outputs = layer.TryGetProperty("outputs", out _)
            ? Whole(layer, "outputs", owner, 1, MaxChannels)
            : weightShape(name) is [int first, ..] ? first : throw new InvalidDataException($"tensor '{name}.weight' is missing.");
        if (outputs is < 1 or > MaxChannels)
            throw new InvalidDataException($"{owner}: {outputs} channels; 1 to {MaxChannels} are possible.");
        int groups = Whole(layer, "groups", owner, 1, MaxChannels);
        if (groups != 1 && (groups != inputs || groups != outputs))
            throw new InvalidDataException($"{owner}: {groups} groups of {inputs} channels to {outputs}; 1 group, or one for each channel and as many outputs, are possible.");
        int[] kernel = [.. Member(layer, "k", JsonValueKind.Array, owner).EnumerateArray().Select(side => Value(side, "k", owner, 1, MaxKernel))];
        BackbonePadding padding = Choice(layer, "pad", owner, Paddings);
        if (kernel.Length != 2 || (padding == BackbonePadding.Symmetric && (kernel[0] != kernel[1] || kernel[0] % 2 == 0)))
            throw new InvalidDataException($"{owner}: k must be [height, width]; with symmetric padding both equal and odd.");
        bool isDepthwise = groups == inputs && groups == outputs && groups > 1;
        return new BackboneStep(name, isDepthwise ? BackboneOperation.Depthwise : BackboneOperation.Convolution, [from], inputs, outputs, activation)
        {
            KernelHeight = kernel[0],
            KernelWidth = kernel[1],
            Stride = Whole(layer, "stride", owner, 1, MaxStride),
            Padding = padding,
        };

        int Source(JsonElement json) => Value(json, "from", owner, -1, before.Count - 1);
    }

    /// <summary><c>y = scale · pixel + shift</c> of the colors, 0…255.</summary>
    private static (float[] Scale, float[] Shift) Input(JsonElement input)
    {
        if (Text(input, "channels", "input") is not "RGB" and var channels)
            throw new InvalidDataException($"input: channels are '{channels}'; RGB is possible.");
        if (input.TryGetProperty("scale", out _))
            return (Numbers("scale"), Numbers("shift"));
        if (input.TryGetProperty("mean", out _))
        {
            float[] mean = Numbers("mean"), deviation = Numbers("std");
            return ([.. deviation.Select(value => (float)(1 / (255.0 * value)))], [.. mean.Zip(deviation, (average, value) => (float)(-(double)average / value))]);
        }
        string text = Text(input, "value", "input");
        Match divided = Divided().Match(text), shifted = Shifted().Match(text);
        double divisor = Number(divided.Success ? divided : shifted, "divisor", 0);
        if (!(divisor > 0) || !double.IsFinite(divisor))
            throw new InvalidDataException($"input: the value is '{text}'; pixel/D, pixel/D-S or (pixel-S)/D is possible, or mean and std of the colors.");
        double shift = divided.Success ? -Number(divided, "shift", 0) : -Number(shifted, "shift", 0) / divisor;
        return ([.. Sequences.Repeat((float)(1 / divisor), Colors)], [.. Sequences.Repeat((float)shift, Colors)]);

        float[] Numbers(string name)
        {
            float[] numbers = [.. Member(input, name, JsonValueKind.Array, "input").EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out float number) ? number : float.NaN)];
            return numbers.Length == Colors && numbers.All(float.IsFinite) && (name != "std" || numbers.All(number => number > 0))
                ? numbers
                : throw new InvalidDataException($"input: {name} must be {Colors} numbers, one for each color.");
        }
    }

    private static double Number(Match match, string group, double otherwise) => !match.Groups[group].Success ? otherwise : double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    private static JsonElement Member(JsonElement json, string name, JsonValueKind kind, string owner) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement member) && member.ValueKind == kind
            ? member
            : throw new InvalidDataException($"{owner} has no '{name}' that is {kind switch { JsonValueKind.String => "a text", JsonValueKind.Number => "a number", JsonValueKind.Array => "a list", _ => "an object" }}.");

    private static int Whole(JsonElement json, string name, string owner, int min, int max) => Value(Member(json, name, JsonValueKind.Number, owner), name, owner, min, max);

    private static int Value(JsonElement json, string name, string owner, int min, int max) =>
        json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out int value) && value >= min && value <= max
            ? value
            : throw new InvalidDataException($"{owner}: {name} must be a whole number from {min} to {max}.");

    private static T Choice<T>(JsonElement json, string name, string owner, Named<T>[] choices)
    {
        string text = Text(json, name, owner);
        foreach (Named<T> choice in choices)
            if (choice.Name == text)
                return choice.Value;
        throw new InvalidDataException($"{owner}: {name} is '{text}'; {string.Join(", ", choices.Select(choice => choice.Name))} are possible.");
    }

    [GeneratedRegex(@"^[\w.\-/]{1,100}$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex(@"^pixel\s*/\s*(?<divisor>\d{1,9}(\.\d{1,9})?)(\s*-\s*(?<shift>\d{1,9}(\.\d{1,9})?))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Divided();

    [GeneratedRegex(@"^\(pixel\s*-\s*(?<shift>\d{1,9}(\.\d{1,9})?)\)\s*/\s*(?<divisor>\d{1,9}(\.\d{1,9})?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Shifted();
}
