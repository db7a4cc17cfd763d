namespace ImageSig.Watching;

/// <summary>Those of a model's attributes that are on, each steadied by itself and off until yes is clear, with commas between them as <see cref="Prediction.Label"/> has them.
/// The confidence is that of the least certain attribute.</summary>
/// <param name="attributes">The model's attributes.</param>
/// <param name="options">How many answers count, and what is clear.</param>
internal sealed class SteadyAttributes(IReadOnlyList<string> attributes, SteadyOptions options) : SteadyAnswer
{
    private const int No = 0, Yes = 1;
    private readonly SteadyChoice[] choices = [.. attributes.Select(_ => new SteadyChoice(options))];

    /// <inheritdoc/>
    public override bool Take(Prediction prediction)
    {
        for (int index = 0; index < choices.Length; index++)
        {
            double chance = prediction.Probabilities[index].Probability;
            choices[index].Take([1 - chance, chance]);
        }
        if (!choices[0].IsFull)
            return false;
        string? before = Label;
        Label = string.Join(", ", attributes.Where((_, index) => choices[index].Index == Yes));
        Confidence = choices.Min(choice => choice.Means[choice.Index == Yes ? Yes : No]);
        return Label != before;
    }
}
