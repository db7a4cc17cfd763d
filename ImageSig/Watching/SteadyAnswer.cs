namespace ImageSig.Watching;

/// <summary>What a model says of the last pictures together: a label that does not flicker.</summary>
internal abstract class SteadyAnswer
{
    /// <summary>The label; null until one is clear.</summary>
    public string? Label { get; protected set; }

    /// <summary>How sure it is, 0…1; 0 until there is one.</summary>
    public double Confidence { get; protected set; }

    /// <summary>Takes an answer in.</summary>
    /// <returns>Whether the label is another one now.</returns>
    public abstract bool Take(Prediction prediction);

    /// <summary>That of a model, which has no answer yet.</summary>
    public static SteadyAnswer Of(ImageClassifier classifier, SteadyOptions options) =>
        classifier.HasAttributes ? new SteadyAttributes(classifier.Classes, options) : new SteadyClass(classifier.Classes, options);
}
