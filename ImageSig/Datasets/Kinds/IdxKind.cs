using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A folder of IDX files as MNIST, Fashion-MNIST and their kin come: gray pictures in <c>train-images-idx3-ubyte</c>, labels in
/// <c>train-labels-idx1-ubyte</c>, and <c>t10k-…</c> to test on; compressed (.gz) or not. Names of the classes, one a line, may lie beside them as <c>classes.txt</c>.</summary>
internal sealed class IdxKind : ImageSetKind
{
    private const string NamesFile = "classes.txt";

    public override string Name => "idx";

    public override bool Recognizes(string path) => Directory.Exists(path) && Pictures(path).Length > 0;

    public override ImageSet Open(string path, int minClasses) => Open(path, Found(path), minClasses);

    public override ImageSplits OpenSplits(string path, int minClasses)
    {
        string[] files = Found(path);
        return ImageSplits.Of(part => Array.FindAll(files, file => PartOf(file) == part) is { Length: > 0 } own ? Open($"{path} ({Path.GetFileName(own[0])})", own, part == SplitPart.Training ? minClasses : 1, path) : null);
    }

    private static StoredImages Open(string name, string[] files, int minClasses, string? folder = null)
    {
        (IdxFile Images, IdxFile Labels)[] pairs = [.. files.Select(Read)];
        int[] ends = new int[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
            ends[i] = (i == 0 ? 0 : ends[i - 1]) + pairs[i].Images.Shape[0];
        byte[] labels = [.. pairs.SelectMany(pair => pair.Labels.Bytes)];
        return new StoredImages(name, StoredImages.Label(name, labels, StoredImages.ReadNames(Path.Combine(folder ?? name, NamesFile)), minClasses), Picture);

        Image Picture(int index)
        {
            int pair = Array.FindIndex(ends, end => index < end);
            IdxFile images = pairs[pair].Images;
            (int height, int width) = (images.Shape[1], images.Shape[2]);
            int within = index - (pair == 0 ? 0 : ends[pair - 1]);
            return Image.FromPixels(images.Bytes.AsSpan(within * height * width, height * width), new PixelLayout(PixelFormat.Gray8, width, height));
        }
    }

    private static (IdxFile Images, IdxFile Labels) Read(string path)
    {
        string labelPath = Path.Combine(Path.GetDirectoryName(path) ?? "", Path.GetFileName(path).Replace("images", "labels", StringComparison.Ordinal).Replace("idx3", "idx1", StringComparison.Ordinal));
        // One of the two may have been unpacked.
        string? found = new[] { labelPath, labelPath + ".gz", Path.ChangeExtension(labelPath, null) }.FirstOrDefault(File.Exists);
        if (found is null)
            throw new DatasetException($"{labelPath}: no such file; the labels of {Path.GetFileName(path)} were expected there.");
        (IdxFile images, IdxFile labels) = (IdxFile.Read(path, dimensions: 3), IdxFile.Read(found, dimensions: 1));
        if (images.Bytes.Length == 0)
            throw new DatasetException($"{path}, byte 4: {string.Join(" x ", images.Shape)} bytes; at least one picture was expected.");
        if (images.Shape[0] != labels.Shape[0])
            throw new DatasetException($"{found}: {labels.Shape[0]} labels, {Path.GetFileName(path)} has {images.Shape[0]} pictures.");
        return (images, labels);
    }

    private static string[] Found(string folder)
    {
        string[] files = Directory.Exists(folder) ? Pictures(folder) : [];
        return files.Length > 0 ? files : throw new DatasetException($"{folder}: no file whose name holds images and idx3 found, such as train-images-idx3-ubyte.");
    }

    /// <summary>The files of pictures, in ordinal order; a compressed one beside the same unpacked does not count.</summary>
    private static string[] Pictures(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(file => Path.GetFileName(file) is var name && name.Contains("images", StringComparison.Ordinal) && name.Contains("idx3", StringComparison.Ordinal))
            .Where(file => !(file.EndsWith(".gz", StringComparison.Ordinal) && File.Exists(file[..^3])))
            .Order(StringComparer.Ordinal),
    ];

    private static SplitPart PartOf(string file)
    {
        string name = Path.GetFileName(file);
        if (name.Contains("t10k", StringComparison.Ordinal) || name.Contains("test", StringComparison.Ordinal))
            return SplitPart.Test;
        return name.Contains("val", StringComparison.Ordinal) ? SplitPart.Validation : SplitPart.Training;
    }
}
