using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig features</c>: the signatures of a folder of images as arrays, for other programs to train on.</summary>
internal static class FeaturesCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("DIR") { Description = "Folder with one sub-folder of images per class" };
        Option<string> output = OptionKinds.Path("--output", "FEATURES.npy", "Array [N, S, F] float32 to write: images, streams, signature terms", "-o");
        output.Required = true;
        Option<string> labels = OptionKinds.Path("--labels", "LABELS.npy", "Array [N] int64 to write: the index of each image's class, classes in the order of their names");
        DataSetArguments dataSet = new();
        FeatureArguments features = new();
        Option<int> threads = OptionKinds.Threads();
        Option<int> memory = MemoryLimit.Option();
        Option<bool> strict = UnreadableList.Strict();
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "features", "Computes the signature features of a folder of images.",
            "imagesig features photos -o features.npy --labels labels.npy",
            "imagesig features photos -o features.npy --depth 3 --two-direction")
        {
            folder, output, labels,
        };
        dataSet.AddTo(command, "train of several");
        features.AddTo(command);
        command.Add(threads);
        command.Add(memory);
        command.Add(strict);
        command.Add(quiet);
        command.SetAction((parse, cancellation) =>
        {
            FeatureExtractor extractor = new(features.Read(parse));
            string path = parse.GetRequiredValue(output);
            string? labelPath = parse.GetValue(labels);
            if (labelPath is not null && Path.GetFullPath(labelPath) == Path.GetFullPath(path))
                throw new UsageException($"--output and --labels are both {path}; give two files.");
            OutputPath.CheckFile(path, OutputKind.Array);
            if (labelPath is not null)
                OutputPath.CheckFile(labelPath, OutputKind.Array);
            ImageSet images = dataSet.Open(terminal, parse, parse.GetRequiredValue(folder), SplitPart.Training);
            CheckSize(terminal, extractor, images.Count, path, parse.GetValue(threads), MemoryLimit.Of(parse, memory));
            (int written, IReadOnlyList<UnreadableImage> unreadable) = ProgressDisplay.Watch(terminal, parse.GetValue(quiet), progress =>
                FeatureExport.Write(images, extractor, path, labelPath, parse.GetValue(threads), progress, cancellation));

            terminal.Results.WriteLine($"{path}: [{written}, {extractor.SampleShape[0]}, {extractor.SampleShape[1]}] float32");
            if (labelPath is not null)
                terminal.Results.WriteLine($"{labelPath}: [{written}] int64, {string.Join(", ", images.Targets.Names.Select((name, label) => $"{label} = {Printable.Cell(name)}"))}");
            return Task.FromResult(UnreadableList.Tell(terminal, unreadable, parse.GetValue(strict)));
        });
        return command;
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
}
