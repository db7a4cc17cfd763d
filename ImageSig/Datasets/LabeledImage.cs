using ImageSig.Imaging;

namespace ImageSig;

/// <summary>One image of a data set, brought to size: in memory, or in a set that reads it again in no time.</summary>
internal readonly record struct LabeledImage
{
    // An Image, or the LoadedSet that has it at the index.
    private readonly object? source;
    private readonly int index;
    private readonly string? name;

    /// <summary>An image in memory.</summary>
    /// <param name="image">[H, W, 3].</param>
    /// <param name="label">The index of its class.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="answers">[Q], where the set answers questions, whose images are all of class 0; null where it has classes.</param>
    public LabeledImage(Image image, int label, string name = "", IReadOnlyList<bool?>? answers = null) =>
        (source, this.name, Label, Answers) = (image, name, label, answers);

    /// <summary>An image that is read from its set whenever it is asked for.</summary>
    public LabeledImage(LoadedSet set, int index, int label, IReadOnlyList<bool?>? answers) =>
        (source, this.index, Label, Answers) = (set, index, label, answers);

    /// <summary>[H, W, 3].</summary>
    public Image Image => source as Image ?? ((LoadedSet)source!).Read(index);

    /// <summary>W and H, without reading it.</summary>
    public (int Width, int Height) Size => source is Image image ? (image.Width, image.Height) : ((LoadedSet)source!).Size;

    /// <summary>The index of its class.</summary>
    public int Label { get; private init; }

    /// <summary>What messages call it.</summary>
    public string Name => name ?? ((LoadedSet)source!).NameOf(index);

    /// <summary>[Q], where the set answers questions; null where it has classes.</summary>
    public IReadOnlyList<bool?>? Answers { get; private init; }

    /// <summary>The same image without the memory that its set takes: read once more if it is asked for.</summary>
    public LabeledImage Unloaded() => source is LoadedSet set ? new(set.Unloaded, index, Label, Answers) : this;

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
