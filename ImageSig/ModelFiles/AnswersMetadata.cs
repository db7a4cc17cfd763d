using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Rules of answering between their type and a model file: a JSON, and up to three tensors for each layer that images are measured in.</summary>
internal static class AnswersMetadata
{
    /// <summary>The key of the JSON.</summary>
    public const string Key = "answers";

    private const string Last = "answers", Scale = ".scale", Means = ".means", Directions = ".directions";

    /// <summary>The JSON; null for no rules, which a file says by leaving it out.</summary>
    public static AnswersJson? ToJson(AnswerRules rules) => rules == AnswerRules.None ? null : new AnswersJson(rules.Temperature, rules.Familiarity?.Limit, rules.Familiarity?.LastLimit);

    /// <summary>The tensors.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="stages">Of the model.</param>
    public static IEnumerable<SafetensorsEntry> ToTensors(AnswerRules rules, IReadOnlyList<FeatureStage> stages) => rules.Familiarity is not { } familiarity
        ? []
        : [.. Tensors(Last, familiarity.Last), .. familiarity.Stages.Zip(stages).SelectMany(pair => Tensors(NameOf(pair.Second), pair.First))];

    /// <summary>Reads and checks them.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="draft">The architecture.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="tensors">Of the file, by name; those of the rules are taken out.</param>
    /// <exception cref="InvalidDataException">They contradict the architecture, or are out of their bounds.</exception>
    public static AnswerRules ToRules(AnswersJson json, ModelDraft draft, IReadOnlyList<string> classes, ModelTensors tensors)
    {
        if (!(json.Temperature >= Temperature.Min && json.Temperature <= Temperature.Max))
            throw new InvalidDataException($"the temperature is {json.Temperature}; {Temperature.Min} to {Temperature.Max} is possible; the file is damaged.");
        if (json.Limit is not { } limit)
            return new AnswerRules(json.Temperature);
        int known = classes.Count(name => !NegativeClass.Is(name));
        if (!(limit > 0 && double.IsFinite(limit)) || known == 0)
            throw new InvalidDataException($"the distance from which an image is unknown is {limit}, of {known} classes; the file is damaged.");
        FeatureDistance last = Take(Last, known, draft.FeatureCount, tensors);
        // Models from before there were stages, and the smallest ones, have none.
        if (json.LastLimit is not { } lastLimit)
            return new AnswerRules(json.Temperature, new Familiarity(last, [], limit));
        if (!(lastLimit > 0 && double.IsFinite(lastLimit)) || draft.Stages.Count == 0)
            throw new InvalidDataException($"the distance in the last layer from which an image is unknown is {lastLimit}, of {draft.Stages.Count} further layers; the file is damaged.");
        return new AnswerRules(json.Temperature, new Familiarity(last, [.. draft.Stages.Select(stage => Take(NameOf(stage), 1, stage.Count, tensors))], limit, lastLimit));
    }

    /// <summary>Whether a tensor is one of the rules'.</summary>
    /// <param name="name">Of a tensor.</param>
    public static bool Has(string name) => HasRows(name) || IsOf(name, Scale);

    /// <summary>Whether a tensor is one of rows, each of them in a unit of its own.</summary>
    /// <param name="name">Of a tensor.</param>
    public static bool HasRows(string name) => IsOf(name, Means) || IsOf(name, Directions);

    private static bool IsOf(string name, string kind) => name.StartsWith($"{Last}.", StringComparison.Ordinal) && name.EndsWith(kind, StringComparison.Ordinal);

    private static string NameOf(FeatureStage stage) => $"{Last}.{stage.Layer}";

    private static IEnumerable<SafetensorsEntry> Tensors(string name, FeatureDistance distance)
    {
        int features = distance.Count;
        yield return new(name + Scale, [features], distance.Scale);
        yield return new(name + Means, [distance.Means.Length / features, features], distance.Means);
        if (distance.Directions.Length > 0)
            yield return new(name + Directions, [distance.Directions.Length / features, features], distance.Directions);
    }

    private static FeatureDistance Take(string name, int groups, int features, ModelTensors tensors) => new(
        tensors.Take(name + Scale, [features]),
        tensors.Take(name + Means, [groups, features]),
        tensors.RowsOf(name + Directions) is { } rows and <= FeatureDistance.MaxDirections ? tensors.Take(name + Directions, [rows, features]) : []);
}

/// <summary>The JSON of <c>answers</c>.</summary>
internal sealed record AnswersJson(float Temperature, double? Limit = null, double? LastLimit = null)
{
    public static AnswersJson Read(JsonFields json) => new(json.Single("temperature"), json.NumberIfAny("limit"), json.NumberIfAny("lastLimit"));

    public JsonMembers Members() => new(("temperature", Temperature), ("limit", Limit), ("lastLimit", LastLimit));
}
