using ImageSig.Imaging;

namespace ImageSig;

/// <summary>A folder of CIFAR's binary files. CIFAR-10: <c>data_batch_1.bin</c> and on, <c>test_batch.bin</c>, <c>batches.meta.txt</c>; a record is a label and
/// 32x32 pixels, all red ones first, then green, then blue. CIFAR-100: <c>train.bin</c>, <c>test.bin</c>, <c>fine_label_names.txt</c>; a record has two labels, of which
/// the second, finer one counts.</summary>
internal sealed class CifarKind : ImageSetKind
{
    private const int Side = 32, Plane = Side * Side;

    public override string Name => "cifar";

    public override bool Recognizes(string path) => Directory.Exists(path) && Layout.All.Any(layout => layout.FilesOf(path, SplitPart.Training).Length > 0 || layout.FilesOf(path, SplitPart.Test).Length > 0);

    public override ImageSet Open(string path, int minClasses)
    {
        Layout layout = Found(path);
        return Open(path, [.. layout.FilesOf(path, SplitPart.Training), .. layout.FilesOf(path, SplitPart.Test)], layout, path, minClasses);
    }

    public override ImageSplits OpenSplits(string path, int minClasses)
    {
        Layout layout = Found(path);
        return ImageSplits.Of(part => layout.FilesOf(path, part) is { Length: > 0 } files
            ? Open($"{path} ({layout.PatternOf(part)})", files, layout, path, part == SplitPart.Training ? minClasses : 1)
            : null);
    }

    private static StoredImages Open(string name, string[] files, Layout layout, string folder, int minClasses)
    {
        int length = layout.Labels + (3 * Plane);
        (byte[] File, int Start)[] records = [.. files.Select(file => Read(file, length)).SelectMany(file => Sequences.Range(0, file.Length / length).Select(index => (file, index * length)))];
        byte[] labels = [.. records.Select(record => record.File[record.Start + layout.Labels - 1])];
        return new StoredImages(name, StoredImages.Label(name, labels, StoredImages.ReadNames(Path.Combine(folder, layout.Names)), minClasses), index =>
        {
            ReadOnlySpan<byte> planes = records[index].File.AsSpan(records[index].Start + layout.Labels, 3 * Plane);
            Image image = new(Side, Side);
            for (int i = 0; i < Plane; i++)
                (image.Pixels[3 * i], image.Pixels[(3 * i) + 1], image.Pixels[(3 * i) + 2]) = (planes[i], planes[Plane + i], planes[(2 * Plane) + i]);
            return image;
        });
    }

    private static byte[] Read(string file, int length)
    {
        ImageReader.CheckOrdinary(file);
        using FileStream stream = File.OpenRead(file);
        if (stream.Length > Array.MaxLength)
            throw new DatasetException($"{file}: this file has more than {Array.MaxLength} bytes, and CIFAR's are read whole; make several of it.");
        byte[] records = new byte[stream.Length];
        stream.ReadExactly(records);
        int rest = records.Length % length;
        return rest == 0 ? records : throw new DatasetException(
            $"{file}, byte {records.Length - rest}: {rest} bytes are left; records of {length} bytes were expected, a label and 32x32 pixels each.");
    }

    private static Layout Found(string path) => Layout.All.FirstOrDefault(layout => Directory.Exists(path) && layout.FilesOf(path, SplitPart.Training).Length > 0)
        ?? Layout.All.FirstOrDefault(layout => Directory.Exists(path) && layout.FilesOf(path, SplitPart.Test).Length > 0)
        ?? throw new DatasetException($"{path}: neither {string.Join(" nor ", Layout.All.Select(layout => layout.Training))} found; a folder of CIFAR's binary files was expected.");

    /// <summary>One of the two sets.</summary>
    /// <param name="Training">The files to train on.</param>
    /// <param name="Test">The file to test on.</param>
    /// <param name="Names">The file with the names of the classes.</param>
    /// <param name="Labels">Bytes in front of the pixels.</param>
    private sealed record Layout(string Training, string Test, string Names, int Labels)
    {
        public static Layout[] All { get; } = [new("data_batch_*.bin", "test_batch.bin", "batches.meta.txt", 1), new("train.bin", "test.bin", "fine_label_names.txt", 2)];

        public string PatternOf(SplitPart part) => part == SplitPart.Training ? Training : Test;

        public string[] FilesOf(string folder, SplitPart part) =>
            part == SplitPart.Validation ? [] : [.. Directory.EnumerateFiles(folder, PatternOf(part)).Order(StringComparer.Ordinal)];
    }
}
