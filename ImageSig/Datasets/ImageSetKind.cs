namespace ImageSig;

/// <summary>One way of keeping labeled images, told by what lies at a path.</summary>
public abstract class ImageSetKind
{
    /// <summary>A short name, such as "folder".</summary>
    public abstract string Name { get; }

    /// <summary>Whether what lies at <paramref name="path"/> is of this kind; a look at names or first bytes, never an exception.</summary>
    public abstract bool Recognizes(string path);

    /// <summary>Opens what <see cref="Recognizes"/> recognized; no image is read yet.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="minClasses">How many classes there must be.</param>
    /// <exception cref="DatasetException">It cannot serve as a data set.</exception>
    public abstract ImageSet Open(string path, int minClasses);
}

/// <summary>The kinds of data set that <see cref="ImageSet.Open"/> knows.</summary>
public static class ImageSetKinds
{
    private static readonly Lock Gate = new();

    // A folder of class folders is what anything is taken for that no other kind recognizes: it stands last.
    private static volatile ImageSetKind[] kinds = [ImageFolder.Kind];

    /// <summary>The names of the kinds, in the order in which they are asked.</summary>
    public static IReadOnlyList<string> Names => [.. kinds.Select(kind => kind.Name)];

    /// <summary>Adds a kind for the whole process; it is asked before those that are there.</summary>
    /// <exception cref="ArgumentException">A kind of that name is there already.</exception>
    public static void Register(ImageSetKind kind)
    {
        ArgumentNullException.ThrowIfNull(kind);
        lock (Gate)
        {
            if (kinds.Any(known => known.Name == kind.Name))
                throw new ArgumentException($"ImageSetKinds: a kind named '{kind.Name}' is registered already.", nameof(kind));
            kinds = [kind, .. kinds];
        }
    }

    /// <summary>The kind of what lies at a path.</summary>
    internal static ImageSetKind Of(string path) => kinds.FirstOrDefault(kind => kind.Recognizes(path)) ?? ImageFolder.Kind;
}
