using ImageSig.Imaging;

namespace ImageSig;

/// <summary>Images with what is known of each: what a model is trained and judged on. A kind of data set is one class that derives from this one
/// and, to be found by <see cref="Open"/>, one <see cref="ImageSetKind"/>.</summary>
/// <remarks>The order of the images is part of the set: the same order gives the same model file.</remarks>
public abstract class ImageSet
{
    /// <summary>What messages call the set, such as the path of its folder.</summary>
    public abstract string Name { get; }

    /// <summary>What is known of each image.</summary>
    public abstract Targets Targets { get; }

    /// <summary>N: how many images.</summary>
    public int Count => Targets.Count;

    /// <summary>What messages call an image, such as its path.</summary>
    /// <param name="index">0…N − 1.</param>
    public abstract string NameOf(int index);

    /// <summary>What messages call a class.</summary>
    /// <param name="label">The index of the class.</param>
    public virtual string NameOfClass(int label) => $"{Name}, {(AsksQuestions ? "attribute" : "class")} '{Targets.Names[label]}'";

    /// <summary>Reads an image as the features want it, at their size or larger. A damaged one is refused: a model must not learn from half a picture.</summary>
    /// <param name="index">0…N − 1.</param>
    /// <param name="features">The size that is needed.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    /// <exception cref="FileNotFoundException">It is missing.</exception>
    /// <exception cref="ImageFormatException">It is damaged, or not an image.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidOperationException">The set's own <see cref="Decode"/> gave null.</exception>
    public Image Read(int index, FeatureOptions features)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        Image image = DecodeFitted(index, features);
        if (image is null)
            throw new InvalidOperationException($"{NameOf(index)}: the set's Decode gave no image; it is to give one, or to throw ImageFormatException.");
        return image.Damage is { } damage ? throw ImageReader.Refusal(NameOf(index), damage) : image;
    }

    /// <summary>Opens the data set at a path, whatever its kind; no image is read yet.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="minClasses">2 for training; 1 will do for evaluating.</param>
    /// <param name="kind">One of <see cref="ImageSetKinds.Names"/>; told by what lies there if null.</param>
    /// <exception cref="DatasetException">There is nothing that can serve as a data set.</exception>
    /// <exception cref="Tensors.SettingException">There is no such kind.</exception>
    /// <exception cref="IOException">A folder or file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder or file may not be read.</exception>
    public static ImageSet Open(string path, int minClasses = 2, string? kind = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ImageSetKinds.Of(path, kind).Open(path, minClasses);
    }

    /// <summary>The file that holds an image and nothing else; null where there is none.</summary>
    internal virtual string? FileOf(int index) => null;

    /// <summary>Where pictures are kept, if they are.</summary>
    internal virtual ImageCache? Cache => null;

    /// <summary>Whether an image that was read once is read again in no time, so that it need not be held in memory.</summary>
    internal virtual bool Keeps(int index, FeatureOptions features) => false;

    /// <summary>Throws where a set holds nothing but pictures of another size.</summary>
    /// <exception cref="DatasetException">It does; the message says which.</exception>
    internal virtual void CheckHolds(FeatureOptions features) { }

    /// <summary>Decodes an image for a set that stands on this one.</summary>
    internal Image DecodeWhole(int index, DecodeOptions options) => Decode(index, options);

    /// <summary>Throws unless every class of another set is one of this set, as when one is trained on and the other tested on.</summary>
    /// <exception cref="DatasetException">A class is not here; the message lists those that are.</exception>
    internal void CheckHasClassesOf(ImageSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _ = ClassNames.IndicesOf(other, Targets.Names, LacksName, AsksQuestions);
    }

    /// <summary>The name, and how many images there are.</summary>
    public override string ToString() => $"{Name}: {Count} images";

    /// <summary>Decodes an image. Called from several threads at once.</summary>
    /// <param name="index">0…N − 1.</param>
    /// <param name="options">No larger than is needed, and nothing damaged.</param>
    /// <exception cref="FileNotFoundException">It is missing.</exception>
    /// <exception cref="ImageFormatException">It is damaged, or not an image.</exception>
    protected abstract Image Decode(int index, DecodeOptions options);

    /// <summary>Decodes an image and, where that saves work, brings it to the features' size on the way. Called from several threads at once.</summary>
    /// <param name="index">0…N − 1.</param>
    /// <param name="features">The size that is needed; whoever asked brings a larger image to it.</param>
    /// <exception cref="ImageFormatException">It is missing, damaged, or not an image.</exception>
    protected virtual Image DecodeFitted(int index, FeatureOptions features)
    {
        ArgumentNullException.ThrowIfNull(features);
        return Decode(index, features.ToDecodeOptions());
    }

    /// <summary>Whether its images answer questions, rather than have a class each.</summary>
    internal bool AsksQuestions => Targets is AnswerTargets;

    /// <summary>How messages begin that say what the set does not know.</summary>
    internal string LacksName => $"{Name} has no {(AsksQuestions ? "attribute" : "class")}";

    /// <summary>The questions of a set that asks some.</summary>
    /// <exception cref="DatasetException">It has classes instead.</exception>
    internal AnswerTargets ToQuestions() => Targets as AnswerTargets
        ?? throw new DatasetException($"{Name}: its images have classes ({string.Join(", ", Targets.Names)}); answers to questions were expected, as a table of attributes holds them.");

    /// <summary>The classes of a set that has some.</summary>
    /// <exception cref="DatasetException">It answers questions instead.</exception>
    internal ClassTargets ToClasses() => Targets as ClassTargets
        ?? throw new DatasetException($"{Name}: its images answer questions ({string.Join(", ", Targets.Names)}); one class for each image was expected.");
}
