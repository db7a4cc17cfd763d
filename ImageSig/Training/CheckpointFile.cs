using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>The state of a training run as a safetensors file, for going on after an interruption.</summary>
internal sealed class CheckpointFile(CheckpointOptions options, TrainingFingerprint fingerprint, Model model)
{
    private const string Format = "imagesig-checkpoint";
    private const int EpochsOfPiece = 2000;
    private readonly string path = options.Path;
    private long lastWrite = Stopwatch.GetTimestamp();
    private int unwrittenEpochs;
    private TrainerState? unwritten;
    private bool ours;

    /// <summary>The images that the training lacks since they cannot be read.</summary>
    public IReadOnlyList<UnreadableImage> Unreadable { get; init; } = [];

    /// <summary>The weights of the members that are done, parameter by parameter; the state is that of the network after them.</summary>
    public List<IReadOnlyList<float[]>> Members { get; } = [];

    /// <summary>The newest state, written or not; null before the first.</summary>
    public TrainerState? Newest { get; private set; }

    /// <summary>The file, where it is of this training; null before its first writing.</summary>
    public string? Written => ours ? path : null;

    /// <summary>Keeps the state; writes it unless the last writing was less long ago than is asked for.</summary>
    public void Keep(TrainerState state)
    {
        Newest = unwritten = state;
        if (Members.Count == fingerprint.Members)
            options.EpochDone?.Invoke(state.History);
        if (++unwrittenEpochs >= options.Epochs && Stopwatch.GetElapsedTime(lastWrite) >= options.Interval)
            Flush();
    }

    /// <summary>Writes the newest state if it is not yet in the file.</summary>
    public void Flush()
    {
        if (unwritten is not { } state)
            return;
        SafetensorsEntry[] tensors =
        [
            .. Named("weights", state.Weights), .. Named("chosen", state.ChosenWeights),
            .. state.Memory.SelectMany(memory => Named($"memory.{memory.Key}", memory.Value)),
            .. Members.SelectMany((weights, index) => Named($"member.{index}", weights)),
        ];
        byte[] bytes = new SafetensorsFile(
            [
                new("format", Format),
                new("format_version", $"{ModelFile.FormatVersion}"),
                new("checksum", Checksum.Blank),
                new("fingerprint", fingerprint.ToJson()),
                new("epoch", state.Epoch.ToString(CultureInfo.InvariantCulture)),
                new("steps", state.Steps.ToString(CultureInfo.InvariantCulture)),
                new("chosen_epoch", state.ChosenEpoch.ToString(CultureInfo.InvariantCulture)),
                .. Pieces(state.History),
            ],
            tensors).ToBytes();
        Checksum.Stamp(bytes);
        AtomicFile.Write(path, stream => stream.Write(bytes));
        unwritten = null;
        unwrittenEpochs = 0;
        TakeAsOurs();
        lastWrite = Stopwatch.GetTimestamp();
    }

    /// <summary>The state in the file; null where there is no file.</summary>
    /// <exception cref="ModelFileException">The file is damaged or belongs to another run.</exception>
    public TrainerState? Read()
    {
        if (!File.Exists(path))
            return null;
        Newest = Read(path, Parse);
        TakeAsOurs();
        return Newest;
    }

    /// <summary>The recipe of the training that left a checkpoint, and architecture and checksum of each of its teachers, which the recipe lacks; null where there is none.</summary>
    /// <exception cref="ModelFileException">The file is damaged or something else.</exception>
    public static (TrainingRecipe Recipe, IReadOnlyList<string> Teachers)? SettingsIn(string path)
    {
        return File.Exists(path) ? Read(path, Settings) : null;

        static (TrainingRecipe, IReadOnlyList<string>) Settings(byte[] bytes)
        {
            TrainingFingerprint fingerprint = TrainingFingerprint.Parse(Open(bytes).Metadata["fingerprint"]);
            return (fingerprint.ToRecipe(), fingerprint.Teachers);
        }
    }

    /// <summary>The last epoch that is done in a checkpoint; null where there is none.</summary>
    /// <exception cref="ModelFileException">The file is damaged or something else.</exception>
    public static int? EpochIn(string path) => File.Exists(path)
        ? Read(path, bytes => int.Parse(Open(bytes).Metadata["epoch"], CultureInfo.InvariantCulture))
        : null;

    /// <summary>The model is saved: the file is of no more use. A file that is not of this run stays.</summary>
    public void Delete()
    {
        if (Written is { } file)
            File.Delete(file);
    }

    private void TakeAsOurs()
    {
        ours = true;
        options.IsOurs?.Invoke();
    }

    private TrainerState Parse(byte[] bytes)
    {
        (SafetensorsFile file, Dictionary<string, string> metadata) = Open(bytes);
        if (TrainingFingerprint.Parse(metadata["fingerprint"]).Mismatch(fingerprint, Unreadable) is { } mismatch)
            throw new InvalidDataException(mismatch);
        Dictionary<string, float[]> tensors = file.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
        int epoch = int.Parse(metadata["epoch"], CultureInfo.InvariantCulture), chosen = int.Parse(metadata["chosen_epoch"], CultureInfo.InvariantCulture);
        long steps = long.Parse(metadata["steps"], CultureInfo.InvariantCulture);
        List<EpochRecord> history = [];
        for (int piece = 0; metadata.TryGetValue(PieceName(piece), out string? text); piece++)
            history.AddRange(EpochJson.Read(text));
        if (epoch < 1 || epoch != history.Count || chosen < 1 || chosen > epoch || steps < epoch || steps > (long)epoch * int.MaxValue)
            throw new InvalidDataException("its numbers contradict each other");
        Members.Clear();
        for (int index = 0; tensors.Keys.Any(name => name.StartsWith($"member.{index}.", StringComparison.Ordinal)); index++)
            Members.Add(Values($"member.{index}"));
        if (Members.Count > fingerprint.Members)
            throw new InvalidDataException($"{Members.Count} members are done, {fingerprint.Members} were asked for");
        if (epoch > fingerprint.Training.Epochs)
            throw new InvalidDataException($"{epoch} epochs are done, {fingerprint.Training.Epochs} were asked for");
        return new TrainerState
        {
            Epoch = epoch,
            Steps = steps,
            ChosenEpoch = chosen,
            History = history,
            Weights = Values("weights"),
            ChosenWeights = Values("chosen"),
            Memory = tensors.Keys.Where(name => name.StartsWith("memory.", StringComparison.Ordinal)).Select(name => name.Split('.')[1]).Distinct()
                .ToDictionary(name => name, name => (IReadOnlyList<float[]>)Values($"memory.{name}")),
        };

        float[][] Values(string kind) => [.. model.Parameters.Select(parameter =>
            tensors[$"{kind}.{parameter.Name}"] is { } values && values.Length == parameter.Count && values.All(float.IsFinite)
                ? values
                : throw new InvalidDataException($"{kind}.{parameter.Name} has another size or is not finite"))];
    }

    /// <summary>The history of long trainings does not fit one text of the metadata, which is a megabyte at most.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Pieces(IReadOnlyList<EpochRecord> history) => history.Chunk(EpochsOfPiece).Select(
        (epochs, piece) => new KeyValuePair<string, string>(PieceName(piece), JsonMembers.Stored(epochs.Select(EpochJson.Members))));

    private static string PieceName(int piece) => piece == 0 ? "history" : $"history.{piece}";

    private static T Read<T>(string path, Func<byte[], T> parse)
    {
        try
        {
            return parse(File.ReadAllBytes(path));
        }
        catch (Exception damage) when (damage is InvalidDataException or JsonException or FormatException or OverflowException or KeyNotFoundException or SettingException)
        {
            throw new ModelFileException($"{path}: this is not a checkpoint to go on from ({damage.Message.TrimEnd('.')}); delete it to begin anew.", damage);
        }
    }

    private static (SafetensorsFile File, Dictionary<string, string> Metadata) Open(byte[] bytes)
    {
        SafetensorsFile file = SafetensorsFile.Read(bytes);
        Dictionary<string, string> metadata = new(file.Metadata);
        return metadata.GetValueOrDefault("format") == Format && metadata.GetValueOrDefault("format_version") == $"{ModelFile.FormatVersion}" && Checksum.Matches(bytes)
            ? (file, metadata)
            : throw new InvalidDataException("it is damaged or something else");
    }

    private IEnumerable<SafetensorsEntry> Named(string kind, IReadOnlyList<float[]> values) =>
        model.Parameters.Select((parameter, index) => new SafetensorsEntry($"{kind}.{parameter.Name}", [values[index].Length], values[index]));
}
