using System.Globalization;

namespace ImageSig;

/// <summary>What a model says of one image. Two predictions are equal where label and probabilities are, however long they took.</summary>
/// <param name="Label">The most probable class, whether or not the image <see cref="IsUnknown"/>; of attributes those that it has, with commas between them.</param>
/// <param name="Confidence">Its probability, 0…1; of attributes that of the least certain answer, 0.5…1.</param>
/// <param name="Probabilities">Every class with its probability, in the model's order; they sum to 1. Of attributes each has a probability of its own.</param>
/// <param name="Times">How long each stage took.</param>
public sealed record Prediction(string Label, float Confidence, IReadOnlyList<ClassProbability> Probabilities, PredictionTimes Times)
{
    /// <summary>The position of the label among the model's classes; −1 of attributes.</summary>
    public required int LabelIndex { get; init; }

    /// <summary>The attributes that the image has, with a probability above one half; null where the model has classes.</summary>
    public IReadOnlyList<string>? Attributes { get; init; }

    /// <summary>Whether the image is unlike those of the model's classes, so that the label is but the nearest of them; or its class is a folder named <c>unknown</c> or
    /// <c>none</c>. Always false of models that have neither (<see cref="ImageClassifier.TellsUnknown"/>).</summary>
    public bool IsUnknown { get; init; }

    /// <summary>How far the image is from those that the model was trained on, in its last feature layer (from the nearest class) and in the layers on the way there, in units of
    /// the limit: above 1 it is unknown, which is so of about 5 in 100 images like those that the model was validated on. Null where the model keeps no distances.</summary>
    public float? Distance { get; init; }

    /// <summary>Whether label, probabilities and what is known are the same, bit for bit.</summary>
    public bool Equals(Prediction? other) =>
        other is not null && Label == other.Label && IsUnknown == other.IsUnknown && Probabilities.SequenceEqual(other.Probabilities);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Label, Confidence, Probabilities.Count);

    internal static Prediction OfAttributes(ClassProbability[] chances, PredictionTimes times)
    {
        string[] had = [.. chances.Where(chance => chance.Probability > 0.5f).Select(chance => chance.Class)];
        return new Prediction(string.Join(", ", had), chances.Min(chance => Math.Max(chance.Probability, 1 - chance.Probability)), chances, times)
        {
            LabelIndex = -1,
            Attributes = had,
        };
    }

    /// <summary>Such as <c>fire 97.3 %</c>, or <c>unknown (fire 97.3 %)</c>.</summary>
    public override string ToString()
    {
        string nearest = string.Create(CultureInfo.InvariantCulture, $"{Label} {100 * Confidence:F1} %");
        return IsUnknown ? $"unknown ({nearest})" : nearest;
    }
}

/// <summary>One class and its probability.</summary>
/// <param name="Class">The name of the class.</param>
/// <param name="Probability">0…1.</param>
public readonly record struct ClassProbability(string Class, float Probability)
{
    /// <summary>Such as <c>fire 97.3 %</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class} {100 * Probability:F1} %");
}

/// <summary>Where the time of a prediction went. Of several models that share a stage (<see cref="ClassifierSet"/>), each is told the whole of it.</summary>
/// <param name="Decode">Reading and decoding the file; zero for an image in memory.</param>
/// <param name="Features">Resizing, signatures, standardizing.</param>
/// <param name="Model">The network.</param>
public readonly record struct PredictionTimes(TimeSpan Decode, TimeSpan Features, TimeSpan Model);

/// <summary>What several models say of one picture of many in a file.</summary>
/// <param name="Frame">Its number, from 1.</param>
/// <param name="Predictions">The answers in the order of the models; null where the picture cannot be read.</param>
/// <param name="Problem">Why it cannot be read, in one line; null where it can.</param>
public sealed record MovingPrediction(int Frame, IReadOnlyList<Prediction>? Predictions, string? Problem);
