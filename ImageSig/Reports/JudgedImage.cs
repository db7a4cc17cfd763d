using ImageSig.Imaging;

namespace ImageSig.Reports;

/// <summary>A picture that a model was asked about.</summary>
/// <param name="Number">Its place among the pictures of the report, from 0.</param>
/// <param name="Image">At the model's size: what the model sees.</param>
/// <param name="Label">The index of its class.</param>
/// <param name="Name">What messages call it, within its set.</param>
/// <param name="Answer">What the model says.</param>
internal sealed record JudgedImage(int Number, Image Image, int Label, string Name, Prediction Answer)
{
    public bool IsRight => Answer.LabelIndex == Label;

    /// <summary>How much more probable the answer is than the next class, 0…1: the model hesitates where this is small.</summary>
    public float Margin => Answer.Confidence - Answer.Probabilities.Where((_, index) => index != Answer.LabelIndex).Max(other => other.Probability);
}
