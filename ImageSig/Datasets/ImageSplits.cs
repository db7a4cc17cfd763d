namespace ImageSig;

/// <summary>A data set as it lies on the disk: one set to train on, or a folder that holds splits, such as <c>train</c>, <c>val</c> and <c>test</c>.</summary>
/// <param name="Training">What to train on.</param>
/// <param name="Validation">What chooses the epoch; null where nothing is kept for it, and a part of the training images is drawn.</param>
/// <param name="Test">What to report on; null where nothing is kept for it.</param>
public sealed record ImageSplits(ImageSet Training, ImageSet? Validation = null, ImageSet? Test = null)
{
    private static readonly string[] TrainingNames = ["train", "training"], ValidationNames = ["val", "valid", "validation"], TestNames = ["test", "testing"];

    /// <summary>Whether the folder held splits.</summary>
    public bool AreSplits => Validation is not null || Test is not null;

    /// <summary>Opens a folder of splits, or else the data set that lies there.</summary>
    /// <param name="path">A folder counts as one of splits where it holds <c>train</c> and at least one of <c>val</c> and <c>test</c> (or their longer
    /// names), no other folder, and in each of them folders of classes.</param>
    /// <exception cref="DatasetException">There is nothing to train on, or a split holds a class that is not trained.</exception>
    public static ImageSplits Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Directory.Exists(path))
            return new ImageSplits(ImageSet.Open(path));
        string[] folders = ImageFolder.ClassFolders(path);
        string? training = Only(TrainingNames), validation = Only(ValidationNames), test = Only(TestNames);
        string[] splits = [.. ((string?[])[training, validation, test]).OfType<string>()];
        if (training is null || splits.Length < 2 || splits.Length != folders.Length || !splits.All(HoldsClasses))
            return new ImageSplits(ImageSet.Open(path));

        ImageSplits found = new(
            ImageFolder.Open(Path.Combine(path, training)),
            validation is null ? null : ImageFolder.Open(Path.Combine(path, validation), minClasses: 1),
            test is null ? null : ImageFolder.Open(Path.Combine(path, test), minClasses: 1));
        foreach (ImageSet other in ((ImageSet?[])[found.Validation, found.Test]).OfType<ImageSet>())
            found.Training.CheckHasClassesOf(other);
        return found;

        string? Only(string[] names) => folders.Where(folder => names.Contains(folder, StringComparer.OrdinalIgnoreCase)).ToArray() is [string one] ? one : null;

        bool HoldsClasses(string split) => ImageFolder.ClassFolders(Path.Combine(path, split)).Length > 0;
    }
}
