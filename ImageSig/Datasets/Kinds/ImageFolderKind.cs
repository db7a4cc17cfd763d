namespace ImageSig;

/// <summary>A folder with one sub-folder of images per class, or one with such folders named <c>train</c>, <c>val</c> and <c>test</c>.</summary>
internal sealed class ImageFolderKind : ImageSetKind
{
    public override string Name => "folder";

    public override bool Recognizes(string path) => Directory.Exists(path);

    public override ImageSet Open(string path, int minClasses) => ImageFolder.Open(path, minClasses);

    public override ImageSplits OpenSplits(string path, int minClasses) => OpenSplits(path, minClasses, ImageFolder.Open);

    /// <summary>Opens it to be looked through, classes without files too.</summary>
    public static ImageSplits OpenToCheck(string path, int minClasses) => OpenSplits(path, minClasses, ImageFolder.OpenToCheck);

    private static ImageSplits OpenSplits(string path, int minClasses, Func<string, int, ImageFolder> open)
    {
        string[] folders = Directory.Exists(path) ? ImageFolder.ClassFolders(path) : [];
        SplitPart?[] parts = [.. folders.Select(SplitNames.Of)];
        bool areSplits = folders.Length > 1 && parts.Contains(SplitPart.Training) && !parts.Contains(null)
            && parts.Distinct().Count() == parts.Length && folders.All(folder => ImageFolder.ClassFolders(Path.Combine(path, folder)).Length > 0);
        if (!areSplits)
            return new(open(path, minClasses));
        return ImageSplits.Of(part => Array.IndexOf(parts, part) is >= 0 and int own
            ? open(Path.Combine(path, folders[own]), part == SplitPart.Training ? minClasses : 1)
            : null);
    }
}
