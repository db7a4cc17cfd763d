using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Report;
using ImageSig.Reports;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig report</c>: how a model does on labeled images, as a page to look at.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> model = new("MODEL") { Description = "Model file" };
        Argument<string> folder = new("DIR") { Description = "Folder with one sub-folder of images per class, or another data set as for train" };
        Option<string> output = OptionKinds.Page("--output", "Page to write (.html)", "-o");
        output.Required = true;
        DataSetArguments dataSet = new();
        Option<int> threads = OptionKinds.Threads();
        Option<bool> strict = UnreadableList.Strict();
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "report", "Writes a page about a model and labeled images: figures, mistakes and what they were seen in, as one HTML file.",
            "imagesig report fire.safetensors more-photos -o report.html")
        {
            model, folder, output, threads, strict, quiet,
        };
        dataSet.AddTo(command, "test, or else val, of several");
        command.SetAction((parse, cancellation) =>
        {
            string path = parse.GetRequiredValue(output), modelPath = parse.GetRequiredValue(model);
            OutputPath.CheckFile(path, OutputKind.Report, modelPath);
            ImageClassifier classifier = ImageClassifier.Load(modelPath);
            ImageSet images = dataSet.Open(terminal, parse, parse.GetRequiredValue(folder), SplitPart.Test);
            ModelReport report = ProgressDisplay.Watch(terminal, parse.GetValue(quiet), progress =>
                ModelReport.Of(classifier, images, parse.GetValue(threads), progress, cancellation));
            ReportPage.Write(path, report, modelPath);
            terminal.Results.WriteLine($"{path}: {Quantity.Percent(report.Evaluation!.Confusion.Accuracy)} {(classifier.HasAttributes ? "of all answers right in" : "right of")} {Quantity.Count(report.Evaluation.Count)} images, {Quantity.Size(new FileInfo(path).Length)}");
            return Task.FromResult(UnreadableList.Tell(terminal, report.Evaluation.Unreadable, parse.GetValue(strict)));
        });
        return command;
    }
}
