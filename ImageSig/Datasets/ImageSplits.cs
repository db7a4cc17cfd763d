using System.Globalization;
using System.Text;

namespace ImageSig;

/// <summary>A data set as it lies on the disk: one set to train on, and where the data set keeps such, others to validate and to test on.</summary>
/// <param name="Training">What to train on.</param>
/// <param name="Validation">What chooses the epoch; null where nothing is kept for it, and a part of the training images is drawn.</param>
/// <param name="Test">What to report on; null where nothing is kept for it.</param>
public sealed record ImageSplits(ImageSet Training, ImageSet? Validation = null, ImageSet? Test = null)
{
    /// <summary>Whether the data set keeps images apart.</summary>
    public bool AreSplits => Validation is not null || Test is not null;

    /// <summary>What a model is judged on: the test images, or without any those that validate, or else all.</summary>
    public ImageSet Judged => Test ?? Validation ?? Training;

    /// <summary>Why there is nothing to train on, of a table whose rows are all there for something else; null where there is.</summary>
    internal string? NothingToTrainOn { get; init; }

    /// <summary>One part; null where nothing is kept for it.</summary>
    internal ImageSet? Part(SplitPart part) => part switch { SplitPart.Training => Training, SplitPart.Validation => Validation, _ => Test };

    /// <summary>Opens a data set, whatever its kind; no image is read yet.</summary>
    /// <param name="path">A file or folder. A folder counts as one of splits where it holds <c>train</c> and at least one of <c>val</c> and <c>test</c> (or their
    /// longer names), no other folder, and in each of them folders of classes.</param>
    /// <param name="minClasses">How many classes there must be to train on.</param>
    /// <param name="kind">One of <see cref="ImageSetKinds.Names"/>; told by what lies there if null.</param>
    /// <exception cref="DatasetException">There is nothing to train on, or a split holds a class that is not trained.</exception>
    /// <exception cref="Tensors.SettingException">There is no such kind.</exception>
    /// <exception cref="IOException">A folder or file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder or file may not be read.</exception>
    public static ImageSplits Open(string path, int minClasses = 2, string? kind = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return ImageSetKinds.Of(path, kind).OpenSplits(path, minClasses).Checked();
    }

    /// <summary>Opens a data set to be looked through: of a folder, classes without files are no reason to stop.</summary>
    internal static ImageSplits OpenToCheck(string path, int minClasses, string? kind) => ImageSetKinds.Of(path, kind) is var found and not ImageFolderKind
        ? found.OpenSplits(path, minClasses).Checked() : ImageFolderKind.OpenToCheck(path, minClasses).Checked();

    /// <summary>Opens a table of attributes whose images lie elsewhere; no image is read yet.</summary>
    /// <param name="table">A table .csv or .tsv, or else CelebA's list of attributes.</param>
    /// <param name="folder">Where the paths of the table start, or, of CelebA, below which its images are.</param>
    /// <exception cref="DatasetException">It is no such table; the message names the line.</exception>
    /// <exception cref="IOException">A folder or file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder or file may not be read.</exception>
    public static ImageSplits OpenAttributes(string table, string folder)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(folder);
        if (!Directory.Exists(folder))
            throw new DatasetException($"{folder}: no such folder; give the folder of the images that {table} names.");
        if (!File.Exists(table))
            throw new DatasetException($"{table}: no such file; give a table of images and their attributes.");
        return AttributeImages.SplitsOf(
            table, AttributeTableKind.IsTable(table) ? AttributeTableKind.Read(table, folder) : CelebAKind.Read(table, folder)).Checked();
    }

    /// <summary>The same, to be trained on.</summary>
    /// <exception cref="DatasetException">It is a table whose rows are all there for something else.</exception>
    internal ImageSplits ToTrainOn() => NothingToTrainOn is null ? this : throw new DatasetException(NothingToTrainOn);

    /// <summary>A checksum of settings and of the images' names and classes, 8 hexadecimal digits: by it results are known that were made with the same.</summary>
    internal string Stamp(string settings)
    {
        StringBuilder text = new(settings);
        foreach (ImageSet? set in (ImageSet?[])[Training, Validation, Test])
            for (int index = 0; index < (set?.Count ?? 0); index++)
                text.Append(CultureInfo.InvariantCulture, $"\n{set!.ToClasses().Labels[index]} {Path.GetFileName(set.NameOf(index))}");
        return Checksum.Continue(uint.MaxValue, Encoding.UTF8.GetBytes(text.ToString())).ToString("x8", CultureInfo.InvariantCulture);
    }

    private ImageSplits Checked()
    {
        foreach (ImageSet other in ((ImageSet?[])[Validation, Test]).OfType<ImageSet>())
            Training.CheckHasClassesOf(other);
        return this;
    }

    /// <summary>Puts together what the rows of a table are there for.</summary>
    /// <param name="table">The file.</param>
    /// <param name="parts">Those that rows are there for.</param>
    /// <param name="open">Opens a part; all rows where it is null.</param>
    internal static ImageSplits OfTable(string table, IReadOnlyList<SplitPart> parts, Func<SplitPart?, ImageSet> open) =>
        (parts.Count < 2 ? new ImageSplits(open(null)) : Of(part => parts.Contains(part) ? open(part) : null)) with
        {
            NothingToTrainOn = parts.Contains(SplitPart.Training)
                ? null
                : $"{table}: no row to train on, all are for {string.Join(" or ", parts.Order().Select(SplitNames.Of))}; write {SplitNames.Of(SplitPart.Training)}, or nothing, as the split of some.",
        };

    /// <summary>Puts together what a data set keeps apart: where it has nothing to train on, what it has is that.</summary>
    /// <param name="open">Opens a part; null where there is none.</param>
    internal static ImageSplits Of(Func<SplitPart, ImageSet?> open)
    {
        ImageSet?[] parts = [open(SplitPart.Training), open(SplitPart.Validation), open(SplitPart.Test)];
        int first = Array.FindIndex(parts, part => part is not null);
        return new ImageSplits(parts[first]!, first < 1 ? parts[1] : null, first < 2 ? parts[2] : null);
    }
}
