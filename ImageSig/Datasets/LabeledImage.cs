using ImageSig.Imaging;

namespace ImageSig;

/// <summary>One image of a data set, read and brought to size.</summary>
/// <param name="Image">[H, W, 3].</param>
/// <param name="Label">The index of its class.</param>
/// <param name="Name">What messages call it.</param>
/// <param name="Answers">[Q], where the set answers questions, whose images are all of class 0; null where it has classes.</param>
internal readonly record struct LabeledImage(Image Image, int Label, string Name = "", IReadOnlyList<bool?>? Answers = null)
{
    /// <summary>The same image in the order of a model's outputs.</summary>
    /// <param name="places">The place of each class, or question, of the set.</param>
    /// <param name="outputs">How many places there are; what is not asked is not known.</param>
    public LabeledImage InPlaces(int[] places, int outputs)
    {
        if (Answers is null)
            return this with { Label = places[Label] };
        bool?[] answers = new bool?[outputs];
        for (int question = 0; question < places.Length; question++)
            answers[places[question]] = Answers[question];
        return this with { Answers = answers };
    }
}
