using ImageSig.Tensors;

namespace ImageSig;

/// <summary>Rules of answering between their type and a model file: a JSON and up to three tensors.</summary>
internal static class AnswersMetadata
{
    /// <summary>The key of the JSON.</summary>
    public const string Key = "answers";

    private const string ScaleName = "answers.scale", MeansName = "answers.means", DirectionsName = "answers.directions";

    /// <summary>The JSON; null for no rules, which a file says by leaving it out.</summary>
    public static AnswersJson? ToJson(AnswerRules rules) => rules == AnswerRules.None ? null : new AnswersJson(rules.Temperature, rules.Familiarity?.Limit);

    /// <summary>The tensors.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="features">F, of the last feature layer.</param>
    public static IEnumerable<SafetensorsEntry> ToTensors(AnswerRules rules, int features)
    {
        if (rules.Familiarity is not { } familiarity)
            yield break;
        yield return new(ScaleName, [features], familiarity.Scale);
        yield return new(MeansName, [familiarity.Means.Length / features, features], familiarity.Means);
        if (familiarity.Directions.Length > 0)
            yield return new(DirectionsName, [familiarity.Directions.Length / features, features], familiarity.Directions);
    }

    /// <summary>Reads and checks them.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="features">F, of the architecture.</param>
    /// <param name="classes">The classes.</param>
    /// <param name="tensors">Of the file, by name; those of the rules are taken out.</param>
    /// <exception cref="InvalidDataException">They contradict the architecture, or are out of their bounds.</exception>
    public static AnswerRules ToRules(AnswersJson json, int features, IReadOnlyList<string> classes, ModelTensors tensors)
    {
        if (!(json.Temperature >= Temperature.Min && json.Temperature <= Temperature.Max))
            throw new InvalidDataException($"the temperature is {json.Temperature}; {Temperature.Min} to {Temperature.Max} is possible; the file is damaged.");
        if (json.Limit is not { } limit)
            return new AnswerRules(json.Temperature);
        int known = classes.Count(name => !NegativeClass.Is(name));
        if (!(limit > 0 && double.IsFinite(limit)) || known == 0)
            throw new InvalidDataException($"the distance from which an image is unknown is {limit}, of {known} classes; the file is damaged.");
        float[] scale = tensors.Take(ScaleName, [features]);
        float[] means = tensors.Take(MeansName, [known, features]);
        float[] directions = tensors.RowsOf(DirectionsName) is { } rows and <= Familiarity.MaxDirections ? tensors.Take(DirectionsName, [rows, features]) : [];
        return new AnswerRules(json.Temperature, new Familiarity(scale, means, directions, limit));
    }
}
