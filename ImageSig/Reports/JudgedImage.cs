using ImageSig.Imaging;

namespace ImageSig.Reports;

/// <summary>A picture that a model was asked about.</summary>
/// <param name="Number">Its place among the pictures of the report, from 0.</param>
/// <param name="Labeled">The picture with its class. Of many a report holds no pixels, and draws few.</param>
/// <param name="Name">What messages call it, within its set.</param>
/// <param name="Answer">What the model says.</param>
internal sealed record JudgedImage(int Number, LabeledImage Labeled, string Name, Prediction Answer)
{
    /// <summary>At the model's size: what the model sees. Read whenever it is asked for.</summary>
    public Image Image => Labeled.Image;

    /// <summary>W and H, without reading it.</summary>
    public (int Width, int Height) Size => Labeled.Size;

    /// <summary>The index of its class.</summary>
    public int Label => Labeled.Label;

    public bool IsRight => Answer.LabelIndex == Label;

    /// <summary>How much more probable the answer is than the next class, 0…1: the model hesitates where this is small.</summary>
    public float Margin => Answer.Confidence - Answer.Probabilities.Where((_, index) => index != Answer.LabelIndex).Max(other => other.Probability);
}
