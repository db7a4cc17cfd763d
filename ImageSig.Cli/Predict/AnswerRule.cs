namespace ImageSig.Cli.Predict;

/// <summary>When an answer is taken for the class that it names, and how much of it is told.</summary>
/// <param name="Refuses">Whether images that are unlike all classes are unknown.</param>
/// <param name="Threshold">The least confidence of a class; what is less certain is unknown.</param>
/// <param name="Top">How many classes are told, the most probable first; null for the most probable one, and all of them where a machine reads.</param>
internal sealed record AnswerRule(bool Refuses = true, double Threshold = 0, int? Top = null)
{
    /// <summary>Whether the answer is that the image is of none of the classes.</summary>
    public bool IsUnknown(Prediction prediction) => prediction.Attributes is null && ((Refuses && prediction.IsUnknown) || prediction.Confidence < Threshold);

    /// <summary>The class, or <see cref="NegativeClass.Answer"/>.</summary>
    public string Label(Prediction prediction) => IsUnknown(prediction) ? NegativeClass.Answer : prediction.Label;

    /// <summary>Whether the label is the one that is expected. Classes that stand for none of the others are answered as one, and expected as one.</summary>
    public bool IsAsExpected(Prediction prediction, string expected) =>
        Label(prediction) is { } label && (label == expected || (NegativeClass.Is(label) && NegativeClass.Is(expected)));

    /// <summary>The class that an unknown image is nearest to; null where the image is known, or nearest to what is trained as none of the classes.</summary>
    public string? Nearest(Prediction prediction) => IsUnknown(prediction) && !NegativeClass.Is(prediction.Label) ? prediction.Label : null;

    /// <summary>The answer for people: of an unknown image with the nearest class.</summary>
    public string Words(Prediction prediction) => Nearest(prediction) is { } nearest ? WithNearest(nearest) : Label(prediction);

    /// <summary>Everything that <see cref="Words"/> may say of a model's answers.</summary>
    public IEnumerable<string> AllWords(ImageClassifier classifier) => Threshold > 0 || (Refuses && classifier.TellsUnknown)
        ? [NegativeClass.Answer, .. classifier.Classes, .. classifier.Classes.Where(name => !NegativeClass.Is(name)).Select(WithNearest)]
        : classifier.Classes;

    /// <summary>The most probable classes, as many as are told; one where that is not said.</summary>
    public IEnumerable<ClassProbability> Best(Prediction prediction) => prediction.Probabilities.OrderByDescending(chance => chance.Probability).Take(Top ?? 1);

    private static string WithNearest(string name) => $"{NegativeClass.Answer} ({name})";
}
