using System.CommandLine;
using ImageSig.Checking;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig check</c>: a data set looked through for what spoils a training or its figures.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> path = new("DIR") { Description = "Data set to look through, as for train" };
        Option<string> format = DataSetArguments.FormatOfClasses();
        Option<bool> labels = OptionKinds.Switch("--labels", $"Look for wrong labels too: trains {LabelCheck.Folds} models, each of which judges the images that the others were trained on");
        Option<string> list = OptionKinds.Path("--fix-list", "FILE.csv", "Table of all findings to write, with what to do");
        Option<string> sheets = OptionKinds.Path("--sheets", "FOLDER", "Folder for a picture of each kind of finding, KIND.png");
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object");
        Option<int> threads = OptionKinds.Threads();
        Option<bool> strict = OptionKinds.Switch("--strict", "End with exit code 1 if anything was found");
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "check", "Looks through a data set: leaks, duplicates, wrong labels, damaged, dark, blurred and empty pictures.",
            "imagesig check photos",
            "imagesig check photos --labels --fix-list mend.csv --sheets look-here")
        {
            path, format, labels, list, sheets, json, threads, strict, quiet,
        };
        command.SetAction((parse, cancellation) =>
        {
            string? listPath = parse.GetValue(list), folder = parse.GetValue(sheets);
            if (listPath is not null)
                OutputPath.CheckFile(listPath, OutputKind.CheckList);
            if (folder is not null)
                OutputPath.MakeFolder(folder);
            ImageSplits splits = ImageSplits.OpenToCheck(parse.GetRequiredValue(path), minClasses: 1, parse.GetValue(format));
            if (parse.GetValue(labels) && LabelCheck.Lack(splits.Training) is { } lack)
                terminal.Complain(lack);
            DataSetArguments.TellUnlabeled(terminal, splits.Training, splits.Validation, splits.Test);
            DataCheck check = ProgressDisplay.Watch(terminal, parse.GetValue(quiet), progress =>
                Run(splits, parse.GetValue(labels), parse.GetValue(threads), progress, cancellation));
            // Files first: nobody may be reading what is printed.
            if (listPath is not null)
                CheckList.Write(listPath, check);
            if (folder is not null)
                foreach (Group<CheckKind, CheckFinding> kind in check.Findings.Where(finding => finding.Images.Count > 0).GroupBy(finding => finding.Kind))
                    ContactSheet.Draw(check, [.. kind]).SavePng(Path.Combine(folder, $"{CheckWords.Of(kind.Key).Word}.png"));
            if (parse.GetValue(json))
                terminal.Results.WriteLine(JsonMembers.Line(CheckJson.Of(check)));
            else
                CheckTable.Write(terminal.Results, check);
            return Task.FromResult(check.Findings.Count > 0 && parse.GetValue(strict) ? ExitCode.Failed : ExitCode.Done);
        });
        return command;
    }

    private static DataCheck Run(ImageSplits splits, bool labels, int threads, ProgressDisplay progress, CancellationToken cancellation)
    {
        DataCheck check = DataCheck.Run(splits, threads, progress, cancellation);
        return labels ? check.WithLabels(splits.Training, TrainingRecipe.Named().WithTraining(options => options with { Threads = threads }), progress, cancellation) : check;
    }
}
