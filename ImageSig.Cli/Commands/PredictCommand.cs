using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Imaging;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig predict</c>: the label of each image by each model, with its confidence and the time it took.</summary>
internal static class PredictCommand
{
    private const string StandardInput = "-";

    public static Command Create(Terminal terminal)
    {
        Option<string[]> models = new("--model", "-m") { Description = "Model file; more than one may be given", HelpName = "MODEL", Required = true };
        Argument<string[]> images = new("IMAGE") { Description = "Image files, or folders of them; - for one on standard input", Arity = ArgumentArity.OneOrMore };
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object per image and model, one a line");
        Option<bool> acceptAll = OptionKinds.Switch("--accept-all", "Take every image for one of the model's classes, those too that are unlike all of them and else are 'unknown'");
        Option<bool> strict = UnreadableList.Strict();
        ExampleCommand command = new(
            "predict", "Classifies images.",
            "imagesig predict -m fire.safetensors camera.jpg",
            "imagesig predict -m fire.safetensors -m fog.safetensors photos --json | jq -r '[.image, .label] | @tsv'")
        {
            models, images, json, acceptAll, strict,
        };
        command.SetAction((parse, cancellation) =>
        {
            string[] paths = parse.GetRequiredValue(models), given = parse.GetRequiredValue(images);
            ClassifierSet classifiers = ClassifierSet.Load(paths);
            IReadOnlyList<string> files = ImageArguments.Expand(given);
            bool refuses = !parse.GetValue(acceptAll);
            PredictionWriter writer = parse.GetValue(json)
                ? new PredictionWriter.Lines(terminal.Results, refuses)
                : new PredictionWriter.Table(terminal.Results, files, paths, [.. classifiers.Classifiers.SelectMany(classifier => PredictionWriter.Labels(classifier, refuses))], refuses);
            // A file that was named must be answered; a folder may hold others.
            HashSet<string> needed = [.. parse.GetValue(strict) ? files : given];
            return Task.FromResult(Run(terminal, classifiers, paths, files, needed, writer, cancellation));
        });
        return command;
    }

    private static int Run(
        Terminal terminal, ClassifierSet classifiers, string[] models, IReadOnlyList<string> files, HashSet<string> needed, PredictionWriter writer,
        CancellationToken cancellation)
    {
        bool failed = false, answered = false;
        foreach (string file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                foreach ((string name, IReadOnlyList<Prediction> answers) in Answers(terminal, classifiers, file))
                {
                    foreach ((string model, Prediction prediction) in models.Zip(answers))
                        writer.Write(name, model, prediction);
                    cancellation.ThrowIfCancellationRequested();
                    answered = true;
                }
            }
            catch (Exception problem) when (ImageReader.IsUnreadable(problem))
            {
                // One bad image must not hide the answers for the others.
                terminal.Complain(Failures.Describe(problem));
                failed |= needed.Contains(file);
            }
        }
        return failed || !answered ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>The answers for one file: one for each picture in it, which in motion JPEG are many, <c>clip.mjpeg#1</c> and so on.</summary>
    private static IEnumerable<(string Name, IReadOnlyList<Prediction> Answers)> Answers(Terminal terminal, ClassifierSet classifiers, string file)
    {
        if (file == StandardInput)
            yield return (file, PredictInput(classifiers));
        else if (!ImageReader.IsOrdinaryFile(file) || !MotionJpegReader.IsMotionJpeg(file))
            yield return (file, classifiers.Predict(file));
        else
            foreach (MovingPrediction frame in classifiers.PredictFrames(file))
                if (frame.Predictions is { } answers)
                    yield return ($"{file}#{frame.Frame}", answers);
                else
                    terminal.Complain($"{file}#{frame.Frame}: {frame.Problem}");
    }

    private static IReadOnlyList<Prediction> PredictInput(ClassifierSet classifiers)
    {
        using Stream input = Console.OpenStandardInput();
        return classifiers.Predict(input);
    }
}
