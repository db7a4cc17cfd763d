namespace ImageSig;

/// <summary>One way of keeping labeled images, told by what lies at a path.</summary>
public abstract class ImageSetKind
{
    /// <summary>A short name, such as "folder".</summary>
    public abstract string Name { get; }

    /// <summary>Whether its images always answer questions, so that they have no classes.</summary>
    internal virtual bool AsksQuestions => false;

    /// <summary>Whether what lies at <paramref name="path"/> is of this kind; a look at names or first bytes, never an exception.</summary>
    public abstract bool Recognizes(string path);

    /// <summary>Opens what <see cref="Recognizes"/> recognized, all its images; none is read yet.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="minClasses">How many classes there must be.</param>
    /// <exception cref="DatasetException">It cannot serve as a data set.</exception>
    public abstract ImageSet Open(string path, int minClasses);

    /// <summary>Opens what <see cref="Recognizes"/> recognized, with what is kept for validation and for testing apart where the data set says so.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="minClasses">How many classes there must be to train on.</param>
    /// <exception cref="DatasetException">It cannot serve as a data set.</exception>
    public virtual ImageSplits OpenSplits(string path, int minClasses) => new(Open(path, minClasses));
}
