using System.CommandLine;
using System.Globalization;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Measurement;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig bench predict</c>: how fast models answer image files on this machine.</summary>
internal static class PredictionBenchCommand
{
    private const double DefaultSeconds = 3;

    public static Command Create(Terminal terminal)
    {
        Option<string[]> models = new("--model", "-m") { Description = "Model file; more than one may be given", HelpName = "MODEL", Required = true };
        Argument<string[]> images = new("IMAGE") { Description = "Image files, or folders of them", Arity = ArgumentArity.OneOrMore };
        Option<double> seconds = OptionKinds.Number("--seconds", Bounds.Number(0, 3600) with { ExcludesMin = true }, "How long to measure [default: 3]");
        Option<int> threads = OptionKinds.Whole("--threads", TrainingOptions.ThreadBounds, "Images answered at the same time [default: 1]");
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object");
        ExampleCommand command = new(
            "predict", "Measures predictions from file to label: images a second, the time of each stage, memory, energy where the system tells it.",
            "imagesig bench predict -m fire.safetensors photos",
            "imagesig bench predict -m fire.safetensors -m fog.safetensors photos",
            "imagesig bench predict -m fire.safetensors camera.jpg --seconds 10 --json")
        {
            models, images, seconds, threads, json,
        };
        command.SetAction((parse, cancellation) =>
        {
            string[] paths = parse.GetRequiredValue(models);
            int workers = parse.ValueOr(threads, 1);
            ClassifierSet classifiers = ClassifierSet.Load(paths);
            IReadOnlyList<string> given = ImageArguments.Expand(parse.GetRequiredValue(images));
            List<string> files = Readable(terminal, classifiers, given, cancellation);
            if (files.Count == 0)
                return Task.FromResult(ExitCode.Failed);
            double wanted = parse.GetValue(seconds) is var duration and > 0 ? duration : DefaultSeconds;
            PredictionBenchmark result = PredictionBenchmark.Run(classifiers, files, TimeSpan.FromSeconds(wanted), workers, cancellation);
            if (parse.GetValue(json))
                terminal.Results.WriteLine(JsonMembers.Line(PredictionBenchJson.Of(paths, files.Count, workers, result)));
            else
                Write(terminal.Results, classifiers.Classifiers, workers, result);
            return Task.FromResult(files.Count == given.Count ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    /// <summary>Those that are images; others are told.</summary>
    private static List<string> Readable(Terminal terminal, ClassifierSet classifiers, IReadOnlyList<string> files, CancellationToken cancellation)
    {
        List<string> readable = [];
        foreach (string file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                _ = classifiers.Predict(file);
                readable.Add(file);
            }
            catch (Exception problem) when (ImageReader.IsUnreadable(problem))
            {
                terminal.Complain(Failures.Describe(problem));
            }
        }
        return readable;
    }

    private static void Write(TextWriter output, IReadOnlyList<ImageClassifier> classifiers, int threads, PredictionBenchmark result)
    {
        string features = string.Join(", ", classifiers.Select(classifier => classifier.Features.Input == ModelInput.Pixels ? "pixels to floats" : "signatures").Distinct());
        (string Name, double Time)[] stages = [("read and decode", result.Decode), ("resize", result.Resize), (features, result.Features), (classifiers.Count == 1 ? "model" : "models", result.Network)];
        double whole = stages.Sum(stage => stage.Time);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Quantity.Count(result.Frames)} images in {result.Seconds:F1} s with {threads} {(threads == 1 ? "thread" : "threads")}: {Quantity.Rate(result.Frames / result.Seconds)}; half within {result.Median:F3} ms, 99 of 100 within {result.Percentile99:F3} ms"));
        output.WriteLine();
        TextTable table = new("stage", ">median ms", ">share");
        foreach ((string name, double time) in stages)
            table.Add(name, time.ToString("F3", CultureInfo.InvariantCulture), Quantity.Percent(time / whole));
        table.Write(output);
        output.WriteLine();
        output.WriteLine($"memory: at most {Quantity.Size(result.PeakMemory)} in all; {Quantity.Size(result.Allocated)} allocated for an image");
        output.WriteLine(result.Joules is { } joules
            ? string.Create(CultureInfo.InvariantCulture, $"energy: {1000 * joules:F2} mJ an image, of all processors with whatever else they did")
            : "energy: the system does not tell");
    }
}
