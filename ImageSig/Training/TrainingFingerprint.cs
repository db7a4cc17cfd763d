using System.Numerics;
using System.Text.Json;
using ImageSig.NN;

namespace ImageSig;

/// <summary>Everything that decides the bits of a training: a checkpoint fits only the training that made it. Its JSON stands in the checkpoint.</summary>
/// <param name="Recipe">The recipe's name.</param>
/// <param name="Model">The architecture, as in model files.</param>
/// <param name="Preprocessing">Likewise.</param>
/// <param name="Augmentations">Likewise.</param>
/// <param name="Training">Without threads and memory, which change the time alone.</param>
/// <param name="Validation">The share held back.</param>
/// <param name="Members">How many members are trained first.</param>
/// <param name="Teachers">Architecture and checksum of each teacher that was given.</param>
/// <param name="Classes">Their names.</param>
/// <param name="Images">How many there are.</param>
/// <param name="Pixels">CRC-32C over labels and pixels.</param>
/// <param name="Features">What becomes of features before they are taken; null for nothing.</param>
internal sealed record TrainingFingerprint(
    string Recipe, JsonElement Model, PreprocessingJson Preprocessing, string Augmentations, TrainingOptions Training, double Validation,
    int Members, IReadOnlyList<string> Teachers, IReadOnlyList<string> Classes, int Images, string Pixels,
    string? Features = null)
{
    private const string EpochsPath = "training.epochs";
    private static readonly string[] ImagePaths = ["classes", "images", "pixels"];

    public static TrainingFingerprint Of(TrainingRecipe recipe, IReadOnlyList<string> classes, IReadOnlyList<LabeledImage> images, bool halves = false, CancellationToken cancellationToken = default)
    {
        uint crc = uint.MaxValue;
        foreach (LabeledImage image in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            crc = BitOperations.Crc32C(crc, (uint)image.Label);
            foreach (bool? answer in image.Answers ?? [])
                crc = BitOperations.Crc32C(crc, (byte)(answer is { } known ? known ? 1 : 0 : 2));
            crc = Checksum.Continue(crc, image.Image.Pixels);
        }
        using JsonDocument model = JsonDocument.Parse(recipe.Model.ToJson());
        return new TrainingFingerprint(
            recipe.Name, model.RootElement.Clone(), MetadataConversion.ToJson(recipe.Features), RecipeNames.Of(recipe.Augmentations),
            recipe.Training with { Threads = 1, MemoryLimit = 0 }, recipe.Validation,
            recipe.Members, [.. recipe.Teachers.Select(teacher => teacher.Identity)], classes, images.Count, $"{crc:x8}",
            halves ? "float16" : null);
    }

    /// <exception cref="InvalidDataException">It is of another version of this program.</exception>
    public static TrainingFingerprint Parse(string json)
    {
        try
        {
            return JsonFields.Read(json, fields => new TrainingFingerprint(
                fields.Text("recipe"), fields.Element("model"), fields.Object("preprocessing", PreprocessingJson.Read), fields.Text("augmentations"),
                fields.Object("training", TrainingOptionsJson.Read), fields.Number("validation"), fields.Whole("members"), fields.Texts("teachers"), fields.Texts("classes"),
                fields.Whole("images"), fields.Text("pixels"), fields.TextIfAny("features")));
        }
        catch (JsonException other)
        {
            throw new InvalidDataException("it was written by another version of ImageSig", other);
        }
    }

    public string ToJson() => JsonMembers.Stored(
        new JsonMembers(
            ("recipe", Recipe), ("model", Model), ("preprocessing", Preprocessing.Members()), ("augmentations", Augmentations), ("training", TrainingOptionsJson.Members(Training)),
            ("validation", Validation), ("members", Members), ("teachers", Teachers), ("classes", Classes), ("images", Images), ("pixels", Pixels), ("?features", Features)),
        leavesOutNull: false);

    /// <summary>The recipe that this is of, without its teachers.</summary>
    /// <exception cref="InvalidDataException">An architecture that is not known.</exception>
    /// <exception cref="ImageSig.Tensors.SettingException">A name that is not known.</exception>
    public TrainingRecipe ToRecipe() => new()
    {
        Name = Recipe,
        Model = ModelKinds.FromJson(Model.GetRawText()),
        Features = MetadataConversion.ToOptions(Preprocessing),
        Augmentations = RecipeNames.Augmentation(Augmentations),
        Training = Training,
        Validation = Validation,
        Members = Members,
    };

    /// <summary>What keeps a training of this fingerprint from going on with <paramref name="now"/>; null for nothing. The number of epochs may change: the
    /// learning rate follows the schedule of the new number from there on.</summary>
    /// <param name="now">Of the training that is to go on.</param>
    /// <param name="unreadable">The images that it lacks since they cannot be read; null for none.</param>
    public string? Mismatch(TrainingFingerprint now, IReadOnlyList<UnreadableImage>? unreadable = null)
    {
        SortedDictionary<string, string> was = Leaves(ToJson()), became = Leaves(now.ToJson());
        string[] different = [.. was.Keys.Concat(became.Keys).Distinct().Where(path => path != EpochsPath && was.GetValueOrDefault(path) != became.GetValueOrDefault(path))];
        string[] settings = [.. different.Except(ImagePaths).Select(path => $"{path} was {was.GetValueOrDefault(path, "none")}, is {became.GetValueOrDefault(path, "none")}")];
        return settings.Length > 0 ? $"it belongs to a training with other settings: {string.Join("; ", settings)}"
            : different.Length == 0 ? null
            : Images > now.Images && unreadable is [var first, ..]
                ? $"it belongs to a training with {Images} images, and {now.Images} can be read now; mend {first.Path} ({first.Reason.TrimEnd('.')}){(unreadable.Count > 1 ? $" and {unreadable.Count - 1} more" : "")} to go on"
            : "it belongs to a training with other images";
    }

    /// <summary>All values, by names such as <c>training.epochs</c>.</summary>
    private static SortedDictionary<string, string> Leaves(string json)
    {
        SortedDictionary<string, string> leaves = new(StringComparer.Ordinal);
        using JsonDocument document = JsonDocument.Parse(json);
        Add(document.RootElement, "");
        return leaves;

        void Add(JsonElement element, string path)
        {
            if (element.ValueKind != JsonValueKind.Object)
                leaves[path] = element.GetRawText();
            else
                foreach (JsonProperty property in element.EnumerateObject())
                    Add(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
        }
    }
}
