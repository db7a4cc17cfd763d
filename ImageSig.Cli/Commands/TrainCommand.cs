using System.CommandLine;
using System.CommandLine.Parsing;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig train</c>: a folder of images becomes a model file, and a table says how good it is.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("DIR") { Description = "Folder with one sub-folder of images per class; or with such folders named train, and val or test or both; or a table (.csv, .tsv) of images and classes; or a folder of IDX or CIFAR files" };
        Option<string> output = OptionKinds.Path("--output", "MODEL", "Model file to write (.safetensors)", "-o");
        Option<int> folds = OptionKinds.Whole("--folds", 2, 1000, "Judge the recipe by so many trainings, each on all images but a part, which it is asked about then; with --output a model is trained on all images afterwards");
        Option<string> predictions = OptionKinds.Path("--predictions", "FILE.csv", "With --folds: table of what is said of each image by the model that was not trained on it");
        Option<string> test = OptionKinds.Path("--test", "DIR", "Folder of other images to report on; without it, the report is on the validation split");
        Option<string> format = DataSetArguments.Format(), attributes = DataSetArguments.Attributes();
        Option<string> page = OptionKinds.Path("--report", "FILE", "Page about the model to write as well (.html): curves, figures and pictures of the test images, or without any of the validation images");
        CheckpointArguments checkpointArguments = new();
        RecipeArguments recipeArguments = new();
        CacheArguments cacheArguments = new();
        Option<bool> strict = UnreadableList.Strict();
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object"), quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "train", "Trains a model on a folder with one sub-folder of images per class.",
            "imagesig train photos -o fire.safetensors",
            "imagesig train photos -o fire.safetensors --test more-photos --model fc --epochs 50",
            "imagesig train photos -o fire.safetensors --recipe paper --basepoint false --augment hflip,vflip",
            "imagesig train photos -o fire.safetensors --report fire.html",
            "imagesig train photos --folds 5 --predictions out-of-fold.csv",
            "imagesig train photos -o fire.safetensors --time 10m",
            "imagesig train photos -o fire.safetensors --members 3",
            "imagesig train photos -o small.safetensors --teacher large.safetensors,other.safetensors",
            "imagesig train faces -o faces.safetensors --attributes faces.csv",
            "imagesig train photos -o fire.safetensors --cache fire.cache",
            "imagesig train photos -o fire.safetensors --resume")
        {
            folder, output, test, format, attributes, page, folds, predictions,
        };
        recipeArguments.AddTo(command);
        cacheArguments.AddTo(command);
        checkpointArguments.AddTo(command);
        command.Add(strict);
        command.Add(json);
        command.Add(quiet);
        command.Validators.Add(given =>
        {
            if (given.GetResult(output) is null && given.GetResult(folds) is null)
                given.AddError("Option '--output' is required.");
        });
        command.SetAction((parse, cancellation) =>
        {
            string? path = parse.GetValue(output), pagePath = parse.GetValue(page), predictionsPath = parse.GetValue(predictions);
            CheckPaths(path, pagePath, recipeArguments.Teachers(parse));
            if (predictionsPath is not null && !parse.IsGiven(folds))
                throw new UsageException("--predictions is of folds; give --folds too, or leave it out.");
            // A mistake in the folders should not wait for the end of the training.
            ImageSplits sets = DataSetArguments.WithTest(
                DataSetArguments.Open(parse.GetRequiredValue(folder), parse.GetValue(attributes), parse.GetValue(format), minClasses: 2), parse.GetValue(test));
            CheckAttributes(sets, parse);
            if (sets.Validation is not null && parse.GetResult("--validation") is OptionResult { Implicit: false })
                throw new UsageException($"--validation was given, and {sets.Validation.Name} is there to choose the epoch; leave one of the two out.");
            TrainingRecipe recipe = recipeArguments.Read(parse);
            Tell(terminal, sets, parse.GetRequiredValue(folder));
            CheckpointOptions checkpoint = checkpointArguments.Read(parse, $"{path}.checkpoint");
            FoldsRun? foldsRun = parse.IsGiven(folds) ? new(terminal, recipe, parse.GetValue(folds), predictionsPath, path ?? predictionsPath, checkpoint) : null;
            foldsRun?.Check(sets, recipeArguments);
            if (checkpoint.Resume && foldsRun is null)
                Resumption.Check(terminal, checkpoint.Path, recipeArguments, recipe);
            using ImageCache? cache = cacheArguments.Open(parse);
            sets = cache?.Over(sets) ?? sets;
            TrainRun? run = path is null ? null : new(terminal, sets, recipe, path, pagePath, checkpoint);
            try
            {
                (CrossValidation? judged, (TrainingOutcome, Evaluation?)? trained) = ProgressDisplay.Watch(
                    terminal, parse.GetValue(quiet), progress => (foldsRun?.Do(sets, progress, cancellation), run?.Do(progress, cancellation)));
                judged?.DeleteCheckpoints();
                CacheArguments.Tell(terminal, cache);
                return Task.FromResult(Show(terminal, sets, path, judged, run, trained, parse.GetValue(json), parse.GetValue(strict)));
            }
            catch (SettingException impossible)
            {
                // The library checks what was set, once, before it reads an image.
                throw new UsageException(Failures.Describe(impossible));
            }
        });
        return command;
    }

    /// <summary>What cannot be written should not wait for the end of the training either.</summary>
    private static void CheckPaths(string? path, string? page, string[] teachers)
    {
        if (path is not null)
            OutputPath.CheckFile(path, OutputKind.Model, teachers);
        if (page is null)
            return;
        if (path is null)
            throw new UsageException("--report is about a model, and none is written; give --output too.");
        if (Path.GetFullPath(page) == Path.GetFullPath(path))
            throw new UsageException($"--report and --output are the same file, {path}; give the page a name of its own.");
        OutputPath.CheckFile(page, OutputKind.Report);
    }

    private static int Show(
        Terminal terminal, ImageSplits sets, string? path, CrossValidation? judged, TrainRun? run, (TrainingOutcome Outcome, Evaluation? Test)? trained, bool asJson, bool strict)
    {
        if (asJson)
            terminal.Results.WriteLine(ResultJson.Line(new TrainJson(
                judged is null ? null : FoldsJson.Of(judged), trained is { } written ? TrainedJson.Of(written.Outcome, path!, written.Test, sets.Test?.Name) : null)));
        else if (judged is not null)
            FoldTable.Write(terminal.Results, judged, sets.Training.Name);
        if (trained is not { } model)
            return UnreadableList.Tell(terminal, judged!.All.Unreadable, strict);
        if (!asJson)
            TrainingTable.Write(terminal.Results, model.Outcome, path!, sets.Validation?.Name, model.Test, sets.Test?.Name);
        run!.Warn(model.Outcome, model.Test);
        return UnreadableList.Tell(terminal, [.. model.Outcome.Unreadable, .. model.Test?.Unreadable ?? []], strict);
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

    /// <summary>What is taken for what, where that could surprise.</summary>
    private static void Tell(Terminal terminal, ImageSplits sets, string folder)
    {
        if (sets.AreSplits && sets.Training.Name != folder)
            terminal.Complain($"{folder} holds splits: training on {sets.Training.Name}"
                + (sets.Validation is null ? "" : $", choosing the epoch on {sets.Validation.Name}") + (sets.Test is null ? "." : $", reporting on {sets.Test.Name}."));
        if (sets.Training is ImageFolder { Unlabeled: > 0 and int files })
            terminal.Complain($"{sets.Training.Name}: {Quantity.Count(files)} {(files == 1 ? "file" : "files")} beside the class folders left out: an image's class is the folder that it is in.");
    }
}
