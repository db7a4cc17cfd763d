using System.CommandLine;
using System.CommandLine.Parsing;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Report;
using ImageSig.Reports;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig train</c>: a folder of images becomes a model file, and a table says how good it is.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("DIR") { Description = "Folder with one sub-folder of images per class; or with such folders named train, and val or test or both; or a table (.csv, .tsv) of images and classes; or a folder of IDX or CIFAR files" };
        Option<string> output = OptionKinds.Path("--output", "MODEL", "Model file to write (.safetensors)", "-o");
        output.Required = true;
        Option<string> test = OptionKinds.Path("--test", "DIR", "Folder of other images to report on; without it, the report is on the validation split");
        Option<string> format = DataSetArguments.Format(), attributes = DataSetArguments.Attributes();
        Option<string> page = OptionKinds.Path("--report", "FILE", "Page about the model to write as well (.html): curves, figures and pictures of the test images, or without any of the validation images");
        Option<bool> resume = OptionKinds.Switch("--resume", "Go on where an interrupted run of the same command stopped (it left MODEL.checkpoint); with other --epochs, on the learning rates of that many from there on");
        RecipeArguments recipeArguments = new();
        CacheArguments cacheArguments = new();
        Option<bool> strict = UnreadableList.Strict();
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "train", "Trains a model on a folder with one sub-folder of images per class.",
            "imagesig train photos -o fire.safetensors",
            "imagesig train photos -o fire.safetensors --test more-photos --model fc --epochs 50",
            "imagesig train photos -o fire.safetensors --recipe paper --basepoint false --augment hflip,vflip",
            "imagesig train photos -o fire.safetensors --report fire.html",
            "imagesig train photos -o fire.safetensors --members 3",
            "imagesig train photos -o small.safetensors --teacher large.safetensors,other.safetensors",
            "imagesig train faces -o faces.safetensors --attributes faces.csv",
            "imagesig train photos -o fire.safetensors --cache fire.cache",
            "imagesig train photos -o fire.safetensors --resume")
        {
            folder, output, test, format, attributes, page,
        };
        recipeArguments.AddTo(command);
        cacheArguments.AddTo(command);
        command.Add(resume);
        command.Add(strict);
        command.Add(quiet);
        command.SetAction((parse, cancellation) =>
        {
            string path = parse.GetRequiredValue(output);
            OutputPath.CheckFile(path, OutputKind.Model, recipeArguments.Teachers(parse));
            string? pagePath = parse.GetValue(page);
            if (pagePath is not null)
            {
                if (Path.GetFullPath(pagePath) == Path.GetFullPath(path))
                    throw new UsageException($"--report and --output are the same file, {path}; give the page a name of its own.");
                OutputPath.CheckFile(pagePath, OutputKind.Report);
            }
            // A mistake in the folders should not wait for the end of the training.
            ImageSplits sets = DataSetArguments.WithTest(
                DataSetArguments.Open(parse.GetRequiredValue(folder), parse.GetValue(attributes), parse.GetValue(format), minClasses: 2), parse.GetValue(test));
            CheckAttributes(sets, parse);
            if (sets.Validation is not null && parse.GetResult("--validation") is OptionResult { Implicit: false })
                throw new UsageException($"--validation was given, and {sets.Validation.Name} is there to choose the epoch; leave one of the two out.");
            TrainingRecipe recipe = recipeArguments.Read(parse);
            Tell(terminal, sets, parse.GetRequiredValue(folder));
            CheckpointOptions checkpoint = new($"{path}.checkpoint", parse.GetValue(resume));
            if (checkpoint.Resume)
                Resumption.Check(terminal, checkpoint.Path, recipeArguments, recipe);
            using ImageCache? cache = cacheArguments.Open(parse);
            sets = cache?.Over(sets) ?? sets;
            (TrainingOutcome outcome, Evaluation? report) = ProgressDisplay.Watch(
                terminal, parse.GetValue(quiet), progress => Run(terminal, sets, path, pagePath, recipe, checkpoint, progress, cancellation));
            TrainingTable.Write(terminal.Results, outcome, path, sets.Validation?.Name, report, sets.Test?.Name);
            Warn(terminal, outcome, report);
            CacheArguments.Tell(terminal, cache);
            return Task.FromResult(UnreadableList.Tell(terminal, [.. outcome.Unreadable, .. report?.Unreadable ?? []], parse.GetValue(strict)));
        });
        return command;
    }

    /// <summary>What is said of the loss of classes must not be passed over.</summary>
    private static void CheckAttributes(ImageSplits sets, ParseResult parse)
    {
        if (sets.Training.Targets is not AnswerTargets)
            return;
        if (parse.GetResult("--report") is OptionResult)
            throw new UsageException($"--report is about classes, and {sets.Training.Name} has attributes, whose figures are printed; leave it out.");
        if (((string[])["--loss", "--label-smoothing"]).FirstOrDefault(name => parse.GetResult(name) is OptionResult { Implicit: false }) is { } option)
            throw new UsageException($"{option} is about classes, and {sets.Training.Name} has attributes, which are learned with binary cross-entropy; leave it out.");
    }

    private static (TrainingOutcome Outcome, Evaluation? Report) Run(
        Terminal terminal, ImageSplits sets, string path, string? pagePath, TrainingRecipe recipe, CheckpointOptions checkpoint, ProgressDisplay progress,
        CancellationToken cancellation)
    {
        try
        {
            TrainingOutcome outcome = ImageClassifier.Train(sets.Training, recipe, sets.Validation, progress, checkpoint, cancellation);
            // Saved before the report: if testing fails, the training is not lost.
            outcome.Classifier.Save(path);
            outcome.DeleteCheckpoint();
            if (pagePath is null)
                return (outcome, sets.Test is null ? null : outcome.Classifier.Evaluate(sets.Test, recipe.Training.Threads, progress, cancellation));
            ModelReport report = sets.Test is null
                ? ModelReport.Of(outcome, sets.Validation ?? sets.Training, recipe.Training.Threads, cancellation)
                : ModelReport.Of(outcome.Classifier, sets.Test, recipe.Training.Threads, progress, cancellation) with { Training = outcome };
            ReportPage.Write(pagePath, report, path);
            return (outcome, sets.Test is null ? null : report.Evaluation);
        }
        catch (SettingException impossible)
        {
            // The library checks what was set, once, before it reads an image.
            throw new UsageException(Failures.Describe(impossible));
        }
        catch (OperationCanceledException) when (File.Exists(checkpoint.Path))
        {
            terminal.Complain($"{checkpoint.Path} keeps what was learned; the same command with --resume goes on from there.");
            throw;
        }
    }

    /// <summary>What is taken for what, where that could surprise.</summary>
    private static void Tell(Terminal terminal, ImageSplits sets, string folder)
    {
        if (sets.AreSplits && sets.Training.Name != folder)
            terminal.Complain($"{folder} holds splits: training on {sets.Training.Name}"
                + (sets.Validation is null ? "" : $", choosing the epoch on {sets.Validation.Name}") + (sets.Test is null ? "." : $", reporting on {sets.Test.Name}."));
        if (sets.Training is ImageFolder { Unlabeled: > 0 and int files })
            terminal.Complain($"{sets.Training.Name}: {Quantity.Count(files)} {(files == 1 ? "file" : "files")} beside the class folders left out: an image's class is the folder that it is in.");
    }

    /// <summary>Pictures that make the figures say less than they seem to.</summary>
    private static void Warn(Terminal terminal, TrainingOutcome outcome, Evaluation? report)
    {
        if (outcome.UnderTwoLabels is { } labels)
            terminal.Complain($"{Pictures(labels.Count)} under two labels: {labels.First} and {labels.Twin}{(labels.Count > 1 ? " are the first" : "")}.");
        if ((report ?? outcome.Validation) is { } judged && outcome.SeenInTraining(judged) is { } seen)
            terminal.Complain($"{Pictures(seen.Count)} reported on, and trained on too: {seen.First} is {seen.Twin}{(seen.Count > 1 ? ", the first" : "")}; the figures say little of other pictures.");
    }

    private static string Pictures(int count) => count == 1 ? "1 picture is" : $"{Quantity.Count(count)} pictures are";
}
