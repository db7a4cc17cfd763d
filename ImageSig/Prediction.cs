namespace ImageSig;

/// <summary>What a model says of one image.</summary>
/// <param name="Label">The most probable class.</param>
/// <param name="Confidence">Its probability, 0…1.</param>
/// <param name="Probabilities">Every class with its probability, in the model's order; they sum to 1.</param>
/// <param name="Times">How long each stage took.</param>
public sealed record Prediction(string Label, float Confidence, IReadOnlyList<ClassProbability> Probabilities, PredictionTimes Times)
{
    /// <summary>The position of the label among the model's classes.</summary>
    public required int LabelIndex { get; init; }
}

/// <summary>One class and its probability.</summary>
/// <param name="Class">The name of the class.</param>
/// <param name="Probability">0…1.</param>
public readonly record struct ClassProbability(string Class, float Probability);

/// <summary>Where the time of a prediction went.</summary>
/// <param name="Decode">Reading and decoding the file; zero for an image in memory.</param>
/// <param name="Features">Resizing, signatures, standardizing.</param>
/// <param name="Model">The network.</param>
public readonly record struct PredictionTimes(TimeSpan Decode, TimeSpan Features, TimeSpan Model);
