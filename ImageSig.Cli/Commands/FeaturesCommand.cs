using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.NN;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig features</c>: the signatures of a folder of images as arrays, for other programs to train on; or its pictures in a cache, for training here.</summary>
internal static class FeaturesCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("DIR") { Description = "Folder with one sub-folder of images per class, or another data set as for train" };
        Option<string> output = OptionKinds.Path("--output", "FEATURES.npy", "Array [N, S, F] float32 to write: images, streams, signature terms", "-o");
        Option<string> labels = OptionKinds.Path("--labels", "LABELS.npy", "Array [N] int64 to write: the index of each image's class, classes in the order of their names");
        Option<string> cache = OptionKinds.Path("--cache", "FOLDER", "Instead: fill this folder with the pictures at size of all parts of the data set, for train, and list them, so that train takes the folder as a data set");
        Option<string> model = OptionKinds.Choice("--for", "With --cache: pictures as training takes them for this model, unless told otherwise [default: grid]", ModelKinds.Names);
        Option<ShardOfWork> shard = ShardOfWork.Option("Do this part alone, such as 2/4, for other processes or machines to do the others");
        DataSetArguments dataSet = new();
        FeatureArguments features = new();
        Option<int> threads = OptionKinds.Threads();
        Option<int> memory = MemoryLimit.Option();
        Option<bool> strict = UnreadableList.Strict();
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "features", "Computes the signature features of a folder of images, or fills a cache for training.",
            "imagesig features photos -o features.npy --labels labels.npy",
            "imagesig features photos -o features.npy --depth 3 --two-direction",
            "imagesig features photos --cache part-2 --shard 2/4")
        {
            folder, output, labels, cache, model, shard,
        };
        dataSet.AddTo(command, "train of several");
        features.AddTo(command);
        command.Add(threads);
        command.Add(memory);
        command.Add(strict);
        command.Add(quiet);
        command.SetAction((parse, cancellation) =>
        {
            string path = parse.GetRequiredValue(folder);
            ShardOfWork part = parse.GetValue(shard) ?? new(1, 1);
            if (parse.GetValue(cache) is { } kept)
            {
                if (parse.IsGiven(output) || parse.IsGiven(labels))
                    throw new UsageException("--cache keeps pictures for training, and --output and --labels write arrays; do one after the other.");
                if (features.OfPaths.Append(memory).FirstOrDefault(parse.IsGiven) is { } idle)
                    throw new UsageException($"{idle.Name} is about features, and --cache keeps pictures, which are the same for all; leave it out.");
                if (Directory.Exists(kept) && OutputPath.AreOne(kept, path))
                    throw new UsageException($"--cache and DIR are the same folder, {path}; give the cache one of its own.");
                FeatureExtractor size = new(features.Read(parse, TrainingRecipe.Named(TrainingRecipe.Default, parse.ValueOr(model, ModelKinds.Grid)).Features));
                ImageSplits splits = dataSet.OpenAll(parse, path);
                CheckPart(part, path, splits.Training.Count, splits.Validation?.Count ?? 0, splits.Test?.Count ?? 0);
                DataSetArguments.TellUnlabeled(terminal, splits.Training, splits.Validation, splits.Test);
                PictureList list = ProgressDisplay.Watch(terminal, parse.GetValue(quiet), progress =>
                    Fill(splits, path, kept, size, part, parse.GetValue(threads), progress, cancellation));
                UnreadableImage[] unreadable = [.. list.Images.Where(image => image.Key is null).Select(image => new UnreadableImage(image.Name, image.Reason!))];
                terminal.Results.WriteLine($"{kept}: {Quantity.Count(list.Images.Count - unreadable.Length)} of {Quantity.Count(list.Total)} pictures of {size.Options.Width}x{size.Options.Height}");
                return Task.FromResult(UnreadableList.Tell(terminal, unreadable, parse.GetValue(strict)));
            }
            if (parse.IsGiven(model))
                throw new UsageException("--for chooses the pictures of a cache; add --cache, or leave it out.");
            return Task.FromResult(Export(
                terminal, new(features.Read(parse, new())), parse.GetValue(output) ?? throw new UsageException("Neither --output nor --cache says what to write; give one of the two."),
                parse.GetValue(labels), () => Part(dataSet.Open(terminal, parse, path, SplitPart.Training), part),
                new(parse.GetValue(threads), MemoryLimit.Of(parse, memory), parse.GetValue(strict), parse.GetValue(quiet)), cancellation));
        });
        return command;
    }

    private static PictureList Fill(
        ImageSplits splits, string name, string folder, FeatureExtractor size, ShardOfWork part, int threads, ProgressDisplay progress, CancellationToken cancellation)
    {
        using ImageCache cache = ImageCache.Open(folder);
        return CacheFilling.Run(splits, name, cache, size, part.Number - 1, part.Count, threads, progress, cancellation);
    }

    private static ImageSet Part(ImageSet images, ShardOfWork shard)
    {
        CheckPart(shard, images.Name, images.Count);
        return shard.Count == 1 ? images : new ImageSubset(images, [.. shard.Of(Sequences.Range(0, images.Count))], images.Name);
    }

    /// <summary>Refuses a part without an image.</summary>
    /// <param name="shard">The part.</param>
    /// <param name="name">Of the data set.</param>
    /// <param name="counts">Images of the data set's training, validation and test; of each the shard has its part.</param>
    private static void CheckPart(ShardOfWork shard, string name, params int[] counts)
    {
        if (shard.Count > 1 && shard.Number > counts.Max())
            throw new UsageException($"--shard is {shard}, and {name} has {Quantity.Count(counts.Sum())} images, none of them of that part; ask for fewer parts, {Quantity.Count(counts.Max())} at most.");
    }

    private static int Export(
        Terminal terminal, FeatureExtractor extractor, string path, string? labelPath, Func<ImageSet> open, ExportSettings settings, CancellationToken cancellation)
    {
        if (labelPath is not null && Path.GetFullPath(labelPath) == Path.GetFullPath(path))
            throw new UsageException($"--output and --labels are both {path}; give two files.");
        OutputPath.CheckFile(path, OutputKind.Array);
        if (labelPath is not null)
            OutputPath.CheckFile(labelPath, OutputKind.Array);
        ImageSet images = open();
        CheckSize(terminal, extractor, images.Count, path, settings.Threads, settings.Memory);
        (int written, IReadOnlyList<UnreadableImage> unreadable) = ProgressDisplay.Watch(terminal, settings.Quiet, progress =>
            FeatureExport.Write(images, extractor, path, labelPath, settings.Threads, progress, cancellation));

        terminal.Results.WriteLine($"{path}: [{written}, {extractor.SampleShape[0]}, {extractor.SampleShape[1]}] float32");
        if (labelPath is not null)
            terminal.Results.WriteLine($"{labelPath}: [{written}] int64, {string.Join(", ", images.Targets.Names.Select((name, label) => $"{label} = {Printable.Cell(name)}"))}");
        return UnreadableList.Tell(terminal, unreadable, settings.Strict);
    }

    /// <summary>Refuses what neither the memory nor the disk holds, and says how large a very large file will be.</summary>
    private static void CheckSize(Terminal terminal, FeatureExtractor extractor, int images, string path, int threads, long limit)
    {
        const double WorthSaying = 1e9;
        MemoryLimit.Check($"features of {extractor.SampleShape} numbers an image", FeatureExport.MemoryFor(extractor, images, threads), limit,
            "lower --depth or --image-size, or allow more with --memory");
        double bytes = (double)images * extractor.SampleLength * sizeof(float);
        OutputPath.CheckSpace(path, bytes);
        if (bytes >= WorthSaying)
            terminal.Complain($"{path} will hold {Quantity.Size((long)bytes)}.");
    }

    private sealed record ExportSettings(int Threads, long Memory, bool Strict, bool Quiet);
}
