namespace ImageSig.Watching;

/// <summary>A label that does not flicker: that of the mean of the last probabilities, held until another is clearly ahead.</summary>
/// <param name="classes">The model's classes.</param>
/// <param name="options">How many answers count, and what is clear.</param>
internal sealed class SteadyAnswer(IReadOnlyList<string> classes, SteadyOptions options)
{
    private readonly Queue<Prediction> last = [];

    /// <summary>The label; null until one is clear.</summary>
    public string? Label { get; private set; }

    /// <summary>The mean probability of the label over the last answers, or of an unknown one the share of them that were unknown.</summary>
    public double Confidence { get; private set; }

    /// <summary>Takes an answer in.</summary>
    /// <returns>Whether the label is another one now.</returns>
    public bool Take(Prediction prediction)
    {
        last.Enqueue(prediction);
        if (last.Count > options.Frames)
            last.Dequeue();
        double unknown = (double)last.Count(answer => answer.IsUnknown) / last.Count;
        double[] known = [.. classes.Select((_, index) => last.Sum(answer => answer.IsUnknown ? 0 : (double)answer.Probabilities[index].Probability) / last.Count)];
        int best = Array.IndexOf(known, known.Max());
        (string candidate, double confidence) = unknown > known[best] ? (NegativeClass.Answer, unknown) : (classes[best], known[best]);
        double present = Label is null ? 0 : Label == NegativeClass.Answer ? unknown : known[IndexOf(Label)];
        // Half a window says little: the first label waits until it is full.
        bool changes = candidate != Label && last.Count == options.Frames && confidence >= options.MinConfidence && (Label is null || confidence >= present + options.Hysteresis);
        (Label, Confidence) = changes ? (candidate, confidence) : (Label, present);
        return changes;
    }

    private int IndexOf(string label)
    {
        for (int index = 0; index < classes.Count; index++)
            if (classes[index] == label)
                return index;
        return -1;
    }
}
