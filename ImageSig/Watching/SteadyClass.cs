namespace ImageSig.Watching;

/// <summary>One of a model's classes, or unknown. Its confidence is the mean probability of the class over the last answers, or the share of them that were unknown.</summary>
/// <param name="classes">The model's classes.</param>
/// <param name="options">How many answers count, and what is clear.</param>
internal sealed class SteadyClass(IReadOnlyList<string> classes, SteadyOptions options) : SteadyAnswer
{
    private readonly SteadyChoice choice = new(options);

    /// <inheritdoc/>
    public override bool Take(Prediction prediction)
    {
        bool changes = choice.Take([.. classes.Select((_, index) => prediction.IsUnknown ? 0.0 : prediction.Probabilities[index].Probability), prediction.IsUnknown ? 1 : 0]);
        if (choice.Index >= 0)
            (Label, Confidence) = (choice.Index < classes.Count ? classes[choice.Index] : NegativeClass.Answer, choice.Means[choice.Index]);
        return changes;
    }
}
