using ImageSig.Tensors.Kernels;

namespace ImageSig;

/// <summary>What stands between a network's scores and an answer: how sure it is, and whether it knows the image at all. A model without says what softmax says, and knows everything.</summary>
/// <param name="Temperature">What scores are divided by; 1 leaves them as they are.</param>
/// <param name="Familiarity">Tells unknown images; null where nothing does.</param>
internal sealed record AnswerRules(float Temperature = 1, Familiarity? Familiarity = null)
{
    public static AnswerRules None { get; } = new();

    /// <summary>The same with the familiarity of the last feature layer alone.</summary>
    public AnswerRules OfLastAlone => this with { Familiarity = Familiarity?.OfLastAlone };

    /// <summary>Probabilities from scores, in place: <c>softmax(scores / temperature)</c>.</summary>
    /// <param name="scores">[K].</param>
    public void ToChances(Span<float> scores)
    {
        // A division by 1 leaves every bit as it is.
        foreach (ref float score in scores)
            score /= Temperature;
        SoftmaxKernel.Rows(scores, scores.Length, scores);
    }
}
