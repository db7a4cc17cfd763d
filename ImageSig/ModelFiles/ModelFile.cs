using System.Text.Json;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>The content of a model file, as docs/model-file.md specifies it.</summary>
internal sealed record ModelFile(
    Model Model, FeatureOptions Features, IReadOnlyList<string> Classes, Standardization? Standardization, TrainingReport Training)
{
    /// <summary>The version of files that hold nothing but F32.</summary>
    public const int FormatVersion = 1;

    /// <summary>The version of files with smaller numbers, and the highest that is read.</summary>
    private const int SmallVersion = 2;

    private const string Format = "imagesig";
    private const int MaxMessage = 600;
    private const string MeanName = "preprocessing.mean", ScaleName = "preprocessing.scale";

    /// <summary>Whether the names are attributes, each answered by itself, and not classes of which an image has one.</summary>
    public bool HasAttributes { get; init; }

    /// <summary>How the numbers are kept.</summary>
    public WeightStorage Storage { get; init; }

    /// <summary>How scores become an answer.</summary>
    public AnswerRules Rules { get; init; } = AnswerRules.None;

    /// <summary>Writes the file beside its destination and renames it.</summary>
    public void Write(string path)
    {
        byte[] bytes = ToReadableBytes(path);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    /// <summary>The bytes of the file: the same model gives the same bytes.</summary>
    public byte[] ToBytes()
    {
        List<KeyValuePair<string, string>> metadata =
        [
            new("format", Format),
            new("format_version", $"{(Storage == WeightStorage.Float32 ? FormatVersion : SmallVersion)}"),
            new("checksum", Checksum.Blank),
            new("model", Model.Spec.ToJson()),
            new("preprocessing", JsonMembers.Stored(MetadataConversion.ToJson(Features).Members())),
            new(HasAttributes ? "attributes" : "classes", JsonMembers.Stored(Classes)),
            new("training", JsonMembers.Stored(TrainingJson.Members(Training, isBrief: Storage != WeightStorage.Float32))),
        ];
        if (AnswersMetadata.ToJson(Rules) is { } answers)
            metadata.Add(new(AnswersMetadata.Key, JsonMembers.Stored(answers.Members())));
        byte[] file = new SafetensorsFile(metadata, StoredTensors.Encode(Tensors(), Storage)).ToBytes();
        Checksum.Stamp(file);
        return file;
    }

    /// <summary>The bytes of a file that can be read again.</summary>
    /// <param name="name">What a message calls it.</param>
    /// <exception cref="ModelFileException">A number is not finite.</exception>
    public byte[] ToReadableBytes(string name)
    {
        foreach (SafetensorsEntry tensor in Tensors())
            foreach (float value in tensor.Values)
                if (!float.IsFinite(value))
                    throw new ModelFileException($"{name}: tensor '{tensor.Name}' of the model to be written holds a value that is not finite; no such file can be read again.");
        return ToBytes();
    }

    /// <summary>All arrays, as floats.</summary>
    public IReadOnlyList<SafetensorsEntry> Tensors()
    {
        List<SafetensorsEntry> tensors = [];
        if (Standardization is { } standardization)
        {
            tensors.Add(new(MeanName, [standardization.Mean.Length], standardization.Mean));
            tensors.Add(new(ScaleName, [standardization.Scale.Length], standardization.Scale));
        }
        tensors.AddRange(AnswersMetadata.ToTensors(Rules, Model.Stages));
        foreach (Parameter parameter in Model.Parameters)
            tensors.Add(new(parameter.Name, parameter.Shape.ToArray(), parameter.Value.Span.ToArray()));
        return tensors;
    }

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ModelFileException">Not a model that can be used here.</exception>
    public static ModelFile Read(string path)
    {
        if (Directory.Exists(path))
            throw new ModelFileException($"{path}: this is a folder; give a model that 'imagesig train' wrote.");
        try
        {
            return Read(SafetensorsFile.BytesIn(path), path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"{path}: no such file; give a model that 'imagesig train' wrote.", path, missing);
        }
    }

    /// <summary>Reads and checks what a stream holds from its position to its end.</summary>
    /// <exception cref="ModelFileException">Not a model that can be used here.</exception>
    public static ModelFile Read(Stream stream)
    {
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), "the stream");
    }

    /// <summary>Reads and checks the bytes of a file.</summary>
    /// <param name="bytes">All of them.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ModelFileException">Not a model that can be used here.</exception>
    public static ModelFile Read(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return Parse(bytes);
        }
        catch (Exception damage) when (damage is InvalidDataException or JsonException or SettingException)
        {
            throw new ModelFileException($"{name}: {OneLine(damage)}", damage);
        }
    }

    /// <summary>Whether a safetensors file with this metadata says that it is a model of ours.</summary>
    public static bool IsOfModel(IReadOnlyList<KeyValuePair<string, string>> metadata) => Value(metadata, "format") == Format;

    /// <summary>Reads and checks the bytes of a file.</summary>
    /// <exception cref="InvalidDataException">Damaged, foreign or too new.</exception>
    public static ModelFile Parse(ReadOnlySpan<byte> file)
    {
        IReadOnlyList<KeyValuePair<string, string>> metadata = Metadata(file);
        if (!IsOfModel(metadata))
            throw new InvalidDataException("this safetensors file is not an ImageSig model; give one that 'imagesig train' wrote.");
        if (!int.TryParse(Value(metadata, "format_version"), out int version) || version < 1)
            throw new InvalidDataException("the format version is not a number; the file is damaged, copy it again.");
        if (version > SmallVersion)
            throw new InvalidDataException($"the model has format version {version}, this program reads up to {SmallVersion}; update ImageSig.");
        if (!Checksum.Matches(file))
            throw new InvalidDataException("the checksum does not fit the content; the file was cut or changed, copy it again.");

        FeatureOptions features = MetadataConversion.ToOptions(Json(metadata, "preprocessing", PreprocessingJson.Read));
        ModelSpec spec = ModelKinds.FromJson(Required(metadata, "model"));
        bool hasAttributes = Value(metadata, "attributes") is not null;
        string[] classes = Parsed(metadata, hasAttributes ? "attributes" : "classes", JsonFields.ReadTexts);
        TrainingReport training = Json(metadata, "training", TrainingJson.Read);
        int least = hasAttributes ? 1 : 2;
        if (classes.Length < least || classes.Distinct(StringComparer.Ordinal).Count() != classes.Length || classes.Any(string.IsNullOrEmpty))
            throw new InvalidDataException($"{classes.Length} {(hasAttributes ? "attributes" : "classes")} are listed; at least {least} different names were expected.");
        if (training.TrainingImages.Count != classes.Length || training.ValidationImages.Count != classes.Length)
            throw new InvalidDataException($"the training summary counts the images of {training.TrainingImages.Count} and {training.ValidationImages.Count} classes, the model has {classes.Length}; the file is damaged.");
        features.Check();
        if (features.Input != spec.Input)
            throw new InvalidDataException($"the architecture '{spec.Name}' takes {RecipeNames.Of(spec.Input)}, the preprocessing makes {RecipeNames.Of(features.Input)}; the file is damaged.");
        AnswersJson? answers = Value(metadata, AnswersMetadata.Key) is null ? null : Json(metadata, AnswersMetadata.Key, AnswersJson.Read);
        SafetensorsFile container = SafetensorsFile.Read(file, version == FormatVersion ? SafetensorsScope.Float32 : SafetensorsScope.Small);
        (IReadOnlyList<SafetensorsEntry> tensors, WeightStorage storage) = StoredTensors.Decode(container.Tensors);
        return Assemble(tensors, features, spec, classes, training, answers) with { HasAttributes = hasAttributes, Storage = storage };
    }

    /// <summary>The container's metadata. Whatever is wrong with a container, the remedy is the same.</summary>
    private static IReadOnlyList<KeyValuePair<string, string>> Metadata(ReadOnlySpan<byte> file)
    {
        try
        {
            return SafetensorsFile.ReadMetadata(file, SafetensorsScope.Small);
        }
        catch (InvalidDataException damage)
        {
            throw new InvalidDataException($"this is not a model file: {damage.Message.TrimEnd('.')}. Give a model that 'imagesig train' wrote, or copy it again.", damage);
        }
    }

    private static ModelFile Assemble(
        IReadOnlyList<SafetensorsEntry> tensors, FeatureOptions features, ModelSpec spec, string[] classes, TrainingReport training, AnswersJson? answers)
    {
        ModelTensors left = new(tensors);
        Standardization? standardization = null;
        if (features.Standardize)
            standardization = new(left.Take(MeanName, [features.FeatureCount]), left.Take(ScaleName, [features.FeatureCount]));

        // The architecture is believed only if the file holds as many values as it asks for: nothing larger is ever allocated.
        Shape input = features.SampleShape;
        ModelDraft draft = ModelDraft.Of(spec, input, classes.Length);
        AnswerRules rules = answers is null
            ? AnswerRules.None
            : AnswersMetadata.ToRules(answers, draft, classes, left);
        if (draft.StoredCount != left.Count)
            throw new InvalidDataException($"the architecture '{spec.Name}' on {input} and {classes.Length} classes has {draft.StoredCount} parameters, the file holds {left.Count}.");
        Model model = Model.Blank(draft);
        foreach (Parameter parameter in model.Parameters)
            left.Take(parameter.Name, parameter.Shape.ToArray()).CopyTo(parameter.Value.Span);
        if (left.First is { } stranger)
            throw new InvalidDataException($"tensor '{stranger}' does not belong to the architecture '{spec.Name}'.");
        return new ModelFile(model, features, classes, standardization, training) { Rules = rules };
    }

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> metadata, string key) =>
        metadata.FirstOrDefault(entry => entry.Key == key).Value;

    private static string Required(IReadOnlyList<KeyValuePair<string, string>> metadata, string key) =>
        Value(metadata, key) ?? throw new InvalidDataException($"the metadata lacks '{key}'; the file is damaged.");

    private static T Json<T>(IReadOnlyList<KeyValuePair<string, string>> metadata, string key, Func<JsonFields, T> read) =>
        Parsed(metadata, key, text => JsonFields.Read(text, read));

    private static T Parsed<T>(IReadOnlyList<KeyValuePair<string, string>> metadata, string key, Func<string, T> parse)
    {
        string text = Required(metadata, key);
        try
        {
            return parse(text);
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"the metadata '{key}' is not what this format holds; the file is damaged.", damage);
        }
    }

    /// <summary>Messages quote what a file says, which may be anything, of any length.</summary>
    private static string OneLine(Exception problem)
    {
        string line = problem.Message.ReplaceLineEndings(" ");
        return line.Length <= MaxMessage ? line : $"{line[..(MaxMessage / 2)]} … {line[^(MaxMessage / 2)..]}";
    }
}
