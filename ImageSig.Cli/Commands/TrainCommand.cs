using System.CommandLine;
using System.CommandLine.Parsing;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Cli.Runs;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig train</c>: a folder of images becomes a model file, and a table says how good it is.</summary>
internal sealed class TrainCommand
{
    private readonly Terminal terminal;

    private readonly Argument<string> folder = new("DIR")
    {
        Description = "Folder with one sub-folder of images per class; or with such folders named train, and val or test or both; or a table (.csv, .tsv) of images and classes; or a folder of IDX or CIFAR files",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> output = OptionKinds.Path("--output", "MODEL", "Model file to write (.safetensors)", "-o");
    private readonly Option<string> runPath = OptionKinds.Path("--run", "FOLDER", "Folder to make for all that is about this training: best and last model, settings, results.csv, log, report; with --resume alone the run that is there goes on");
    private readonly Option<int> folds = OptionKinds.Whole("--folds", 2, 1000, "Judge the recipe by so many trainings, each on all images but a part, which it is asked about then; with --output a model is trained on all images afterwards");
    private readonly Option<string> predictions = OptionKinds.Path("--predictions", "FILE.csv", "With --folds: table of what is said of each image by the model that was not trained on it");
    private readonly Option<string> test = OptionKinds.Path("--test", "DIR", "Folder of other images to report on; without it, the report is on the validation split");
    private readonly Option<string> format = DataSetArguments.Format(), attributes = DataSetArguments.Attributes();
    private readonly Option<string> page = OptionKinds.Page("--report", "Page about the model to write as well (.html): curves, figures and pictures of the test images, or without any of the validation images");
    private readonly RecipeArguments recipes = new();
    private readonly CacheArguments caching = new();
    private readonly CheckpointArguments checkpoints = new();
    private readonly Option<bool> strict = UnreadableList.Strict(), json = OptionKinds.Switch("--json", "One JSON object"), quiet = OptionKinds.Quiet();
    private readonly ExampleCommand command;

    private TrainCommand(Terminal terminal)
    {
        this.terminal = terminal;
        command = new(
            "train", "Trains a model on a folder with one sub-folder of images per class.",
            "imagesig train photos -o fire.safetensors",
            "imagesig train photos -o fire.safetensors --test more-photos --model fc --epochs 50",
            "imagesig train photos -o fire.safetensors --recipe paper --basepoint false --augment hflip,vflip",
            "imagesig train photos -o fire.safetensors --report fire.html",
            "imagesig train photos --folds 5 --predictions out-of-fold.csv",
            "imagesig train photos --run runs/first --time 10m",
            "imagesig train --run runs/first --resume",
            "imagesig train photos -o fire.safetensors --members 3",
            "imagesig train photos -o small.safetensors --teacher large.safetensors,other.safetensors",
            "imagesig train faces -o faces.safetensors --attributes faces.csv",
            "imagesig train photos -o fire.safetensors --cache fire.cache",
            "imagesig train photos -o fire.safetensors --resume")
        {
            folder, output, runPath, test, format, attributes, page, folds, predictions,
        };
        recipes.AddTo(command);
        caching.AddWithFeaturesTo(command);
        checkpoints.AddTo(command);
        command.Add(strict);
        command.Add(json);
        command.Add(quiet);
        command.Validators.Add(Validate);
        command.SetAction(Act);
    }

    public static Command Create(Terminal terminal) => new TrainCommand(terminal).command;

    private void Validate(CommandResult given)
    {
        bool goesOn = given.GetResult(runPath) is not null && checkpoints.GoesOn(given);
        if (given.GetResult(output) is null && given.GetResult(folds) is null && given.GetResult(runPath) is null)
            given.AddError("Option '--output' is required, or --run, which keeps the model in a folder with all about its training.");
        else if (given.GetResult(folder) is null or { Tokens.Count: 0 } && !goesOn)
            given.AddError($"{folder.Name} is missing: {folder.Description}.");
    }

    private Task<int> Act(ParseResult parse, CancellationToken cancellation)
    {
        using RunFolder? run = parse.GetValue(runPath) is { } runFolder ? new(runFolder) : null;
        if (parse.GetValue(folder) is not { } data)
            return Act(Saved(parse, run!), cancellation);
        if (parse.GetValue(predictions) is not null && !parse.IsGiven(folds))
            throw new UsageException("--predictions is of folds; give --folds too, or leave it out.");
        if (run is not null && parse.IsGiven(folds))
            throw new UsageException("--run is about one training, and --folds makes several; leave one of the two out.");
        if (parse.GetValue(output) is null && run is null && parse.IsGiven(test))
            throw new UsageException("--test is about a model, and none is written; give --output too, or leave it out.");
        CheckPaths(parse, run);
        // A mistake in the folders should not wait for the end of the training.
        ImageSplits sets = DataSetArguments.WithTest(DataSetArguments.Open(data, parse.GetValue(attributes), parse.GetValue(format), minClasses: 2).ToTrainOn(), parse.GetValue(test));
        CheckAttributes(sets, parse);
        if (sets.Validation is not null && parse.GetResult("--validation") is OptionResult { Implicit: false })
            throw new UsageException($"--validation was given, and {sets.Validation.Name} is there to choose the epoch; leave one of the two out.");
        TrainingRecipe recipe = recipes.Read(parse);
        string? path = parse.GetValue(output) ?? run?.Best;
        Tell(path is null ? sets with { Test = null } : sets, data);
        CheckpointOptions checkpoint = checkpoints.Read(parse, run?.Checkpoint ?? $"{path}.checkpoint");
        FoldsRun? foldsRun = parse.IsGiven(folds) ? new(terminal, recipe, parse.GetValue(folds), parse.GetValue(predictions), path ?? parse.GetValue(predictions), checkpoint) : null;
        foldsRun?.Check(sets, recipes);
        // Whether there is something to go on from is for whoever has the folder to say.
        run?.Claim(checkpoint.Resume);
        if (checkpoint.Resume && foldsRun is null)
            Resumption.Check(terminal, checkpoint.Path, recipes, recipe);
        using ImageCache? cache = caching.Open(parse);
        sets = cache?.Over(sets) ?? sets;
        run?.Begin(new(ProgramCommand.Version, Words(parse), Environment.CurrentDirectory, recipes.Texts(recipe)));
        string? pagePath = parse.GetValue(page) ?? run?.Report;
        TrainRun? training = path is null ? null : new(terminal, sets, recipe, path, pagePath, checkpoint, run);
        long before = Environment.WorkingSet;
        (CrossValidation? judged, (TrainingOutcome, Evaluation?)? trained) = ProgressDisplay.Watch(
            terminal, parse.GetValue(quiet), progress => (foldsRun?.Do(sets, before, progress, cancellation), training?.Do(foldsRun is null ? null : before, progress, cancellation)));
        judged?.DeleteCheckpoints();
        CacheArguments.Tell(terminal, cache);
        return Task.FromResult(Show(parse, sets, path, judged, training, trained));
    }

    /// <summary>The command line of a run, as it is kept in its folder, with what is said now.</summary>
    private ParseResult Saved(ParseResult parse, RunFolder run)
    {
        RunSettingsJson settings = run.ReadSettings();
        ParseResult saved = command.Parse(settings.Arguments, parse.Configuration);
        // The folder of the run is given again: it may have been moved, and be named from elsewhere.
        ParseResult whole = saved.Errors.Count == 0 ? command.Parse([.. SavedArguments.Beside(saved, settings.Folder, parse), .. Words(parse)], parse.Configuration) : saved;
        return whole.Errors.Count == 0
            ? whole
            : throw new UsageException($"{parse.GetValue(runPath)}: the options of this run and those that were given do not go together: {whole.Errors[0].Message}");
    }

    /// <summary>What stands behind the name of the command.</summary>
    private IReadOnlyList<string> Words(ParseResult parse) => [.. parse.Tokens.Select(token => token.Value).Skip(parse.Tokens.TakeWhile(token => token.Value != command.Name).Count() + 1)];

    /// <summary>What cannot be written should not wait for the end of the training either.</summary>
    private void CheckPaths(ParseResult parse, RunFolder? run)
    {
        string? path = parse.GetValue(output), pagePath = parse.GetValue(page);
        if (path is not null)
            OutputPath.CheckFile(path, OutputKind.Model, recipes.Teachers(parse));
        run?.Check(checkpoints.GoesOn(parse.CommandResult));
        if (pagePath is null)
            return;
        if (path is null && run is null)
            throw new UsageException("--report is about a model, and none is written; give --output too.");
        if (path is not null && Path.GetFullPath(pagePath) == Path.GetFullPath(path))
            throw new UsageException($"--report and --output are the same file, {path}; give the page a name of its own.");
        OutputPath.CheckFile(pagePath, OutputKind.Report);
    }

    private int Show(ParseResult parse, ImageSplits sets, string? path, CrossValidation? judged, TrainRun? run, (TrainingOutcome Outcome, Evaluation? Test)? trained)
    {
        bool asJson = parse.GetValue(json);
        // Warnings first: nobody may be reading what is printed.
        if (trained is { } warned)
            run!.Warn(warned.Outcome, warned.Test);
        int code = UnreadableList.Tell(
            terminal, trained is { } done ? [.. done.Outcome.Unreadable, .. done.Test?.Unreadable ?? []] : judged!.All.Unreadable, parse.GetValue(strict));
        if (asJson)
            terminal.Results.WriteLine(JsonMembers.Line(TrainJson.Of(
                judged is null ? null : TrainJson.Folds(judged), trained is { } written ? TrainJson.Model(written.Outcome, path!, written.Test, sets.Test?.Name) : null)));
        else if (judged is not null)
            FoldTable.Write(terminal.Results, judged, sets.Training.Name);
        if (trained is { } model && !asJson)
            TrainingTable.Write(terminal.Results, model.Outcome, path!, sets.Validation?.Name, model.Test, sets.Test?.Name);
        return code;
    }

    /// <summary>What is said of the loss of classes must not be passed over.</summary>
    private static void CheckAttributes(ImageSplits sets, ParseResult parse)
    {
        if (sets.Training.Targets is not AnswerTargets)
            return;
        if (((string[])["--loss", "--label-smoothing"]).FirstOrDefault(name => parse.GetResult(name) is OptionResult { Implicit: false }) is { } option)
            throw new UsageException($"{option} is about classes, and {sets.Training.Name} has attributes, which are learned with binary cross-entropy; leave it out.");
    }

    /// <summary>What is taken for what, where that could surprise.</summary>
    private void Tell(ImageSplits sets, string folder)
    {
        if (sets.AreSplits && sets.Training.Name != folder)
            terminal.Complain($"{folder} holds splits: training on {sets.Training.Name}"
                + (sets.Validation is null ? "" : $", choosing the epoch on {sets.Validation.Name}") + (sets.Test is null ? "." : $", reporting on {sets.Test.Name}."));
        string[] named = sets.AreSplits || sets.Training is not ImageFolder ? [] : [.. sets.Training.Targets.Names.Where(name => SplitNames.Of(name) is not null)];
        if (named.Length > 1)
            terminal.Complain($"{folder}: {string.Join(" and ", named)} are taken for classes, not for splits, which hold a folder for each class and have nothing but splits beside them.");
        DataSetArguments.TellUnlabeled(terminal, sets.Training, sets.Validation, sets.Test);
    }
}
