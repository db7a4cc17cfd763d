using ImageSig.ImageSharp;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Fuzz;

/// <summary>What reads a stranger's bytes, by name. Each either succeeds or refuses them in one of the documented ways and in one line; anything else that is thrown is a finding.</summary>
internal static class Targets
{
    private const int MostPixels = 1_000_000;

    /// <summary>The file of this process for what is read by path; its ending is the target's.</summary>
    private static readonly string Scratch = Path.Combine(Path.GetTempPath(), $"imagesig-fuzz-{Environment.ProcessId}");

    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new Dictionary<string, Action<byte[]>>
    {
        ["jpeg"] = Picture,
        ["png"] = file => Picture(PngChecksums.Mend(file)),
        ["bmp"] = Picture,
        ["pnm"] = Picture,
        ["mjpeg"] = MotionJpeg,
        ["imagesharp"] = Foreign,
        ["npy"] = Npy,
        ["safetensors"] = Safetensors,
        ["model"] = ModelFile,
        ["checkpoint"] = Checkpoint,
        ["csv"] = Table,
        ["celeba"] = file => InFolder(file, "list_attr_celeba.txt"),
        ["cifar"] = file => InFolder(file, "data_batch_1.bin"),
        ["idx"] = Idx,
        ["backbone"] = file => AtPath(file, ".backbone", path => Try(() => BackboneFile.Read(path), IsModel)),
    };

    /// <summary>The training whose checkpoint is read: the smallest network.</summary>
    public static CheckpointFile CheckpointAt(string path, out Model model)
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", "fc").WithTraining(options => options with { Epochs = 2 });
        model = Model.Create(new FcSpec(Neurons: 2), new Shape(2, 3), outputs: 2, seed: 1);
        return new(new(path, Resume: true), TrainingFingerprint.Of(recipe, ["a", "b"], []), model);
    }

    private static void Picture(byte[] file)
    {
        // Which way of decoding follows from the file, so that the same bytes take the same way.
        int way = file.Length;
        DecodeOptions options = new() { MaxPixels = MostPixels, Strict = way % 3 == 0, Scale = 1 << way % 4, SmoothChroma = way % 5 != 0 };
        Try(() => ImageInfo.Read(file, options), IsPicture);
        Try(() => Image.Decode(file, options), IsPicture);
        Try(() => Image.DecodeFitted(file, 8, 8, (ImageFit)(way % 3), options), IsPicture);
    }

    private static void MotionJpeg(byte[] file)
    {
        MotionJpegReader.IsMotionJpeg(new MemoryStream(file));
        using MotionJpegReader reader = new(new MemoryStream(file), maxBytes: 4096);
        while (reader.Next(new() { MaxPixels = MostPixels }) is not null)
        {
        }
    }

    private static void Foreign(byte[] file)
    {
        ImageSharpFormats.Register();
        Picture(file);
    }

    private static void Npy(byte[] file) => AtPath(file, ".npy", path =>
    {
        Try(() => NpyFile.ReadHeader(path), IsData);
        Try(() => NpyFile.Read<float>(path), IsData);
        Try(() => NpyFile.Read<long>(path), IsData);
    });

    private static void Safetensors(byte[] file)
    {
        Try(() => SafetensorsFile.ReadMetadata(file), IsData);
        Try(() => SafetensorsFile.Read(file), IsData);
    }

    private static void ModelFile(byte[] file) => Try(() => ImageClassifier.Load(new MemoryStream(Stamped(file))), IsModel);

    private static void Checkpoint(byte[] file) => AtPath(Stamped(file), ".checkpoint", path =>
    {
        Try(() => CheckpointFile.EpochIn(path), IsModel);
        Try(() => CheckpointFile.SettingsIn(path), IsModel);
        Try(() => CheckpointAt(path, out _).Read(), IsModel);
    });

    private static void Table(byte[] file) => AtPath(file, ".csv", path =>
    {
        Try(() => WithPictures(ImageSplits.Open(path)), IsDataset);
        Try(() => WithPictures(ImageSplits.OpenAttributes(path, Path.GetTempPath())), IsDataset);
    });

    private static void Idx(byte[] file) => AtPath(file, ".idx", path =>
    {
        Try(() => IdxFile.Read(path, dimensions: 1), IsDataset);
        Try(() => IdxFile.Read(path, dimensions: 3), IsDataset);
    });

    /// <summary>A data set that is a folder with a file of this name.</summary>
    private static void InFolder(byte[] file, string name)
    {
        string folder = Directory.CreateDirectory(Scratch).FullName;
        File.WriteAllBytes(Path.Combine(folder, name), file);
        Try(() => WithPictures(ImageSplits.Open(folder)), IsDataset);
    }

    /// <summary>A data set, after its first pictures were asked for as a training does and as they are.</summary>
    private static ImageSplits WithPictures(ImageSplits splits)
    {
        const int Most = 3;
        FeatureOptions features = new() { Width = 8, Height = 8 };
        foreach (ImageSet set in ((ImageSet?[])[splits.Training, splits.Validation, splits.Test]).OfType<ImageSet>())
            for (int index = 0; index < Math.Min(set.Count, Most); index++)
            {
                int number = index;
                Try(() => set.Read(number, features), ImageReader.IsUnreadable);
                Try(() => set.DecodeWhole(number, new() { MaxPixels = MostPixels }), ImageReader.IsUnreadable);
            }
        return splits;
    }

    private static bool IsPicture(Exception refusal) => refusal is ImageFormatException;

    private static bool IsData(Exception refusal) => refusal is InvalidDataException;

    private static bool IsModel(Exception refusal) => refusal is ModelFileException;

    private static bool IsDataset(Exception refusal) => refusal is DatasetException;

    /// <summary>With a checksum that fits, so that what stands behind it is reached.</summary>
    private static byte[] Stamped(byte[] file)
    {
        ReadOnlySpan<byte> key = "\"checksum\":\""u8;
        int at = file.AsSpan().IndexOf(key);
        if (at >= 0 && at + key.Length + Checksum.Blank.Length <= file.Length)
            Checksum.Stamp(file);
        return file;
    }

    private static void AtPath(byte[] file, string ending, Action<string> read)
    {
        File.WriteAllBytes(Scratch + ending, file);
        read(Scratch + ending);
    }

    private static void Try(Func<object?> read, Func<Exception, bool> isDocumented)
    {
        try
        {
            read();
        }
        catch (Exception refusal) when (isDocumented(refusal))
        {
            if (refusal.Message.AsSpan().ContainsAny('\n', '\r'))
                throw new InvalidOperationException($"more than one line: {refusal.Message}", refusal);
        }
    }
}
