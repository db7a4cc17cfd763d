using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A labeled data set as a folder: one sub-folder per class, images anywhere below it.</summary>
/// <remarks>Classes and images are in ordinal order of their names, on every platform. What <see cref="FolderWalk"/> passes over is passed over here.</remarks>
public sealed class ImageFolder : ImageSet
{
    private ImageFolder(string path, IReadOnlyList<string> classes, IReadOnlyList<LabeledPath> images, int unlabeled)
    {
        Unlabeled = unlabeled;
        Path = path;
        Images = images;
        Targets = new ClassTargets(classes, [.. images.Select(image => image.Label)]);
    }

    /// <summary>The folder, as it was given.</summary>
    public string Path { get; }

    /// <summary>The folder, as it was given.</summary>
    public override string Name => Path;

    /// <summary>The class of every image.</summary>
    public override ClassTargets Targets { get; }

    /// <summary>The names of the sub-folders, sorted.</summary>
    public IReadOnlyList<string> Classes => Targets.Classes;

    /// <summary>Every file below the class folders, class by class, sorted.</summary>
    public IReadOnlyList<LabeledPath> Images { get; }

    /// <summary>How many files lie beside the class folders; they belong to no class and are left out.</summary>
    public int Unlabeled { get; }

    /// <summary>Lists a folder; no file is opened yet.</summary>
    /// <param name="path">The folder that holds one sub-folder per class.</param>
    /// <param name="minClasses">2 for training; 1 will do for evaluating.</param>
    /// <exception cref="DatasetException">No such folder, too few classes, or a class without files.</exception>
    public static ImageFolder Open(string path, int minClasses = 2) => Open(path, minClasses, takesEmpty: false);

    /// <summary>The same to be looked through, so that a class without files is no reason to stop, as long as another has some.</summary>
    /// <exception cref="DatasetException">No such folder, too few classes, or no file in any.</exception>
    internal static ImageFolder OpenToCheck(string path, int minClasses) => Open(path, minClasses, takesEmpty: true);

    private static ImageFolder Open(string path, int minClasses, bool takesEmpty)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Directory.Exists(path))
            throw new DatasetException(File.Exists(path)
                ? $"{path}: this is a file; give the folder that holds one sub-folder of images per class."
                : $"{path}: no such folder; give the folder that holds one sub-folder of images per class.");

        string[] classes = ClassFolders(path);
        if (classes.Length == 0 && CacheReport.ContentsIfAny(path).Count > 0)
            throw new DatasetException($"{path}: this is a cache without a list of its pictures, as a training leaves it; fill it with imagesig features --cache, which makes the list, or give the folder of the images.");
        if (classes.Length < minClasses)
            throw new DatasetException(classes.Length == 0
                ? $"{path}: no class found, at least {minClasses} expected; put the images of each class into a sub-folder with its name."
                : $"{path}: only one class found ('{classes[0]}'), at least {minClasses} expected; put the images of each class into a sub-folder with its name.");

        List<LabeledPath> images = [];
        string? empty = null;
        for (int label = 0; label < classes.Length; label++)
        {
            string folder = System.IO.Path.Combine(path, classes[label]);
            int before = images.Count;
            images.AddRange(FolderWalk.Files(folder, within: path).Select(file => new LabeledPath(file, label)));
            if (images.Count == before)
                empty ??= folder;
        }
        if (empty is not null && (!takesEmpty || images.Count == 0))
            throw new DatasetException($"{empty}: this class holds no file; add images to it or remove the folder.");
        int unlabeled = Directory.EnumerateFiles(path).Count(file => !FolderWalk.IsPassedOver(System.IO.Path.GetFileName(file)));
        return new ImageFolder(path, classes, images, unlabeled);
    }

    /// <summary>The labels of classes without files; there are such only in what was opened to be checked.</summary>
    internal IEnumerable<int> EmptyClasses => Sequences.Range(0, Classes.Count).Except(Images.Select(image => image.Label));

    /// <inheritdoc/>
    public override string NameOf(int index) => Images[index].Path;

    /// <inheritdoc/>
    public override string NameOfClass(int label) => System.IO.Path.Combine(Path, Classes[label]);

    internal override string? FileOf(int index) => Images[index].Path;

    /// <inheritdoc/>
    protected override Image Decode(int index, DecodeOptions options) => ImageReader.Load(Images[index].Path, options);

    /// <inheritdoc/>
    protected override Image DecodeFitted(int index, FeatureOptions features) => ImageReader.Read(Images[index].Path, features);

    /// <summary>The names of the sub-folders that stand for classes, in ordinal order.</summary>
    internal static string[] ClassFolders(string path) =>
    [
        .. Directory.EnumerateDirectories(path)
            .Select(folder => System.IO.Path.GetFileName(folder))
            .Where(name => !FolderWalk.IsPassedOver(name))
            .Order(StringComparer.Ordinal),
    ];
}
