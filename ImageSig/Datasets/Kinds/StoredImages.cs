using ImageSig.Imaging;

namespace ImageSig;

/// <summary>Pictures of one size whose bytes are kept one behind the other, without any encoding: what IDX and CIFAR files hold.</summary>
/// <param name="name">What messages call the set.</param>
/// <param name="targets">The class of each picture.</param>
/// <param name="picture">Gives picture i.</param>
internal sealed class StoredImages(string name, ClassTargets targets, Func<int, Image> picture) : ImageSet
{
    /// <summary>Bytes of the longest list of names: there are at most 256.</summary>
    private const int MaxNames = 1 << 20;

    public override string Name => name;

    public override ClassTargets Targets => targets;

    public override string NameOf(int index) => $"{name}, image {index}";

    protected override Image Decode(int index, DecodeOptions options) => picture(index);

    /// <summary>The class of every picture, in order of their numbers.</summary>
    /// <param name="set">What messages call the set.</param>
    /// <param name="labels">[N] as they are stored.</param>
    /// <param name="names">Class names by number; null where the numbers themselves have to do, of the classes that occur.</param>
    /// <param name="minClasses">How many of them there must be.</param>
    /// <exception cref="DatasetException">There are fewer, or a label has no name.</exception>
    public static ClassTargets Label(string set, byte[] labels, string[]? names, int minClasses)
    {
        int[] present = [.. labels.Distinct().Select(label => (int)label).Order()];
        if (present.Length < minClasses)
            throw new DatasetException($"{set}: {(present.Length == 0 ? "no image" : $"only one class ({present[0]})")} found, at least {minClasses} classes expected.");
        if (names is not null && present[^1] >= names.Length)
            throw new DatasetException($"{set}: an image has label {present[^1]}; there are {names.Length} names of classes, for labels from 0 on.");
        int[] indices = new int[256];
        for (int index = 0; index < present.Length; index++)
            indices[present[index]] = index;
        return names is null
            ? new ClassTargets([.. present.Select(label => $"{label}")], [.. labels.Select(label => indices[label])])
            : new ClassTargets(names, [.. labels.Select(label => (int)label)]);
    }

    /// <summary>Names of classes, one a line; null where there is no such file.</summary>
    /// <exception cref="DatasetException">A name stands there twice, or the file is too large for names.</exception>
    public static string[]? ReadNames(string path)
    {
        if (!File.Exists(path))
            return null;
        ImageReader.CheckOrdinary(path);
        // Of what a link leads to, which has a length of its own.
        using FileStream file = File.OpenRead(path);
        if (file.Length > MaxNames)
            throw new DatasetException($"{path}: the file has more than {MaxNames} bytes; names of classes were expected, one a line.");
        string[] names = [.. DelimitedText.Lines(path).Select(line => line.Trim()).Where(line => line.Length > 0)];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : throw new DatasetException($"{path}: a class is named twice.");
    }
}
