using ImageSig.Tensors;

namespace ImageSig;

/// <summary>The kinds of data set that <see cref="ImageSet.Open"/> and <see cref="ImageSplits.Open"/> know.</summary>
public static class ImageSetKinds
{
    private static readonly Lock Gate = new();

    // A folder of class folders is what anything is taken for that no other kind recognizes: it stands last.
    private static volatile ImageSetKind[] kinds = [new ListedPicturesKind(), new CelebAKind(), new AttributeTableKind(), new TableKind(), new IdxKind(), new CifarKind(), new ImageFolderKind()];

    /// <summary>The names of the kinds, in the order in which they are asked.</summary>
    public static IReadOnlyList<string> Names => [.. kinds.Select(kind => kind.Name)];

    /// <summary>The names of those whose images can have classes.</summary>
    internal static IReadOnlyList<string> NamesOfClasses => [.. kinds.Where(kind => !kind.AsksQuestions).Select(kind => kind.Name)];

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

    /// <summary>The kind of a name, or else of what lies at a path.</summary>
    /// <exception cref="SettingException">No kind has that name.</exception>
    internal static ImageSetKind Of(string path, string? name)
    {
        ImageSetKind[] known = kinds;
        if (name is null)
            return known.FirstOrDefault(kind => kind.Recognizes(path)) ?? known[^1];
        return Array.Find(known, kind => kind.Name == name)
            ?? throw new SettingException($"There is no kind of data set '{name}', only {string.Join(", ", known.Select(kind => kind.Name))}.");
    }
}
