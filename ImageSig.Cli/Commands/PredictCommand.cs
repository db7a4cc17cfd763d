using System.CommandLine;
using System.Diagnostics;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Imaging;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig predict</c>: the label of each image by each model, with its confidence and the time it took.</summary>
internal static class PredictCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string[]> models = new("--model", "-m") { Description = "Model file; more than one may be given", HelpName = "MODEL", Required = true };
        Argument<string[]> images = new("IMAGE") { Description = "Image files, or folders of them", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object per image and model, one a line");
        ExampleCommand command = new(
            "predict", "Classifies images.",
            "imagesig predict -m fire.safetensors camera.jpg",
            "imagesig predict -m fire.safetensors -m fog.safetensors photos --json | jq -r '[.image, .label] | @tsv'")
        {
            models, images, json,
        };
        command.SetAction((parse, cancellation) =>
        {
            string[] paths = parse.GetRequiredValue(models);
            (string, ImageClassifier)[] classifiers = [.. paths.Select(path => (path, ImageClassifier.Load(path)))];
            IReadOnlyList<string> files = ImageArguments.Expand(parse.GetRequiredValue(images));
            PredictionWriter writer = parse.GetValue(json)
                ? new PredictionWriter.Lines(terminal.Results)
                : new PredictionWriter.Table(terminal.Results, files, paths, [.. classifiers.SelectMany(entry => entry.Item2.Classes)]);
            return Task.FromResult(Run(terminal, classifiers, files, writer, cancellation));
        });
        return command;
    }

    private static int Run(
        Terminal terminal, (string Path, ImageClassifier Classifier)[] models, IReadOnlyList<string> files, PredictionWriter writer,
        CancellationToken cancellation)
    {
        int code = ExitCode.Done;
        foreach (string file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                // Models that want the same pixels share one decode.
                Dictionary<DecodeOptions, (Image Image, TimeSpan Time)> decoded = [];
                foreach ((string path, ImageClassifier classifier) in models)
                {
                    DecodeOptions wanted = classifier.Features.ToDecodeOptions();
                    if (!decoded.TryGetValue(wanted, out (Image Image, TimeSpan Time) read))
                    {
                        long start = Stopwatch.GetTimestamp();
                        Image image = ImageReader.Read(file, classifier.Features);
                        decoded[wanted] = read = (image, Stopwatch.GetElapsedTime(start));
                    }
                    writer.Write(file, path, classifier.Predict(read.Image), read.Time);
                }
            }
            catch (Exception problem) when (ImageReader.IsUnreadable(problem))
            {
                // One bad image must not hide the answers for the others.
                terminal.Complain(Failures.Describe(problem));
                code = ExitCode.Failed;
            }
        }
        return code;
    }
}
