using System.CommandLine;
using System.Diagnostics;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Imaging;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig features</c>: the signatures of a folder of images as arrays, for other programs to train on.</summary>
internal static class FeaturesCommand
{
    /// <summary>Images worked on together; bounds the memory.</summary>
    private const int Chunk = 128;

    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("DIR") { Description = "Folder with one sub-folder of images per class" };
        Option<string> output = OptionKinds.Path("--output", "FEATURES.npy", "Array [N, S, F] float32 to write: images, streams, signature terms", "-o");
        output.Required = true;
        Option<string> labels = OptionKinds.Path("--labels", "LABELS.npy", "Array [N] int64 to write: the index of each image's class, classes in the order of their names");
        FeatureArguments features = new();
        Option<int> threads = OptionKinds.Threads();
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "features", "Computes the signature features of a folder of images.",
            "imagesig features photos -o features.npy --labels labels.npy",
            "imagesig features photos -o features.npy --depth 3 --two-direction")
        {
            folder, output, labels,
        };
        features.AddTo(command);
        command.Add(threads);
        command.Add(quiet);
        command.SetAction((parse, cancellation) =>
        {
            FeatureExtractor extractor = new(features.Apply(parse, new FeatureOptions()));
            string path = parse.GetRequiredValue(output);
            string? labelPath = parse.GetValue(labels);
            if (labelPath is not null && Path.GetFullPath(labelPath) == Path.GetFullPath(path))
                throw new UsageException($"--output and --labels are both {path}; give two files.");
            OutputPath.CheckFile(path);
            if (labelPath is not null)
                OutputPath.CheckFile(labelPath);
            ImageFolder images = ImageFolder.Open(parse.GetRequiredValue(folder), fewestClasses: 1);
            (int written, List<UnreadableImage> unreadable) = ProgressDisplay.Watch(terminal, parse.GetValue(quiet), progress =>
                Write(images, extractor, path, labelPath, parse.GetValue(threads), progress, cancellation));

            terminal.Results.WriteLine($"{path}: [{written}, {extractor.Streams}, {extractor.FeatureCount}] float32");
            if (labelPath is not null)
                terminal.Results.WriteLine($"{labelPath}: [{written}] int64, {string.Join(", ", images.Classes.Select((name, label) => $"{label} = {name}"))}");
            return Task.FromResult(UnreadableList.Tell(terminal, unreadable));
        });
        return command;
    }

    private static (int Written, List<UnreadableImage> Unreadable) Write(
        ImageFolder folder, FeatureExtractor extractor, string path, string? labelPath, int threads,
        ProgressDisplay progress, CancellationToken cancellation)
    {
        using NpyWriter<float> features = new(path, extractor.Streams, extractor.FeatureCount);
        using NpyWriter<long>? labels = labelPath is null ? null : new(labelPath);
        List<UnreadableImage> unreadable = [];
        int total = folder.Images.Count;
        float[][] samples = [.. Enumerable.Range(0, Math.Min(Chunk, total)).Select(_ => new float[extractor.SampleLength])];
        string?[] problems = new string?[samples.Length];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        long begin = Stopwatch.GetTimestamp();
        for (int start = 0; start < total; start += Chunk)
        {
            int first = start, count = Math.Min(Chunk, total - start);
            Parallel.For(0, count, options, i => problems[i] = Extract(extractor, folder.Images[first + i].Path, samples[i]));
            for (int i = 0; i < count; i++)
            {
                LabelledPath image = folder.Images[start + i];
                if (problems[i] is { } problem)
                {
                    unreadable.Add(new UnreadableImage(image.Path, problem));
                    continue;
                }
                features.Append(samples[i]);
                labels?.Append([image.Label]);
            }
            int done = start + count;
            progress.Report(new PipelineProgress("features", done, total, done / Stopwatch.GetElapsedTime(begin).TotalSeconds));
        }
        if (unreadable.Count == total)
            throw new DatasetException($"{folder.Path}: none of {total} files can be read as an image; the first one: {unreadable[0].Reason}");
        features.Complete();
        labels?.Complete();
        return (total - unreadable.Count, unreadable);
    }

    /// <summary>Writes the features of one file, or says why it cannot be read.</summary>
    private static string? Extract(FeatureExtractor extractor, string path, Span<float> features)
    {
        try
        {
            extractor.Extract(extractor.Fit(Image.Load(path, new DecodeOptions { Strict = true })), features);
            return null;
        }
        catch (Exception problem) when (problem is ImageFormatException or IOException or UnauthorizedAccessException)
        {
            return (problem as ImageFormatException)?.InnerException?.Message ?? problem.Message;
        }
    }
}
