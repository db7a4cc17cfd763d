namespace ImageSig;

/// <summary>A labelled data set as a folder: one sub-folder per class, images anywhere below it.</summary>
/// <remarks>Classes and images are in ordinal order of their names, on every platform. Names that start with a dot are passed over.</remarks>
public sealed class ImageFolder
{
    private ImageFolder(string path, IReadOnlyList<string> classes, IReadOnlyList<LabelledPath> images, int unlabelled)
    {
        Unlabelled = unlabelled;
        Path = path;
        Classes = classes;
        Images = images;
    }

    /// <summary>The folder, as it was given.</summary>
    public string Path { get; }

    /// <summary>The names of the sub-folders, sorted.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Every file below the class folders, class by class, sorted.</summary>
    public IReadOnlyList<LabelledPath> Images { get; }

    /// <summary>How many files lie beside the class folders; they belong to no class and are left out.</summary>
    public int Unlabelled { get; }

    /// <summary>Lists a folder; no file is opened yet.</summary>
    /// <param name="path">The folder that holds one sub-folder per class.</param>
    /// <param name="fewestClasses">2 for training; 1 will do for evaluating.</param>
    /// <exception cref="DatasetException">No such folder, too few classes, or a class without files.</exception>
    public static ImageFolder Open(string path, int fewestClasses = 2)
    {
        if (!Directory.Exists(path))
            throw new DatasetException(File.Exists(path)
                ? $"{path}: this is a file; give the folder that holds one sub-folder of images per class."
                : $"{path}: no such folder; give the folder that holds one sub-folder of images per class.");

        string[] classes = [.. Directory.EnumerateDirectories(path)
            .Select(folder => System.IO.Path.GetFileName(folder))
            .Where(name => !name.StartsWith('.'))
            .Order(StringComparer.Ordinal)];
        if (classes.Length < fewestClasses)
            throw new DatasetException(classes.Length == 0
                ? $"{path}: no class found, at least {fewestClasses} expected; put the images of each class into a sub-folder with its name."
                : $"{path}: only one class found ('{classes[0]}'), at least {fewestClasses} expected; put the images of each class into a sub-folder with its name.");

        List<LabelledPath> images = [];
        for (int label = 0; label < classes.Length; label++)
        {
            string folder = System.IO.Path.Combine(path, classes[label]);
            int before = images.Count;
            images.AddRange(FolderWalk.Files(folder, within: path).Select(file => new LabelledPath(file, label)));
            if (images.Count == before)
                throw new DatasetException($"{folder}: this class holds no file; add images to it or remove the folder.");
        }
        int unlabelled = Directory.EnumerateFiles(path).Count(file => !System.IO.Path.GetFileName(file).StartsWith('.'));
        return new ImageFolder(path, classes, images, unlabelled);
    }
}
