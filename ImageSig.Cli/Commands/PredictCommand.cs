using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Predict;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig predict</c>: the label of each image by each model, with its confidence and the time it took.</summary>
internal static class PredictCommand
{
    /// <summary>Names that decide how wide the columns of a table are, so that its memory does not grow with their number: a longer one that comes later runs over.</summary>
    private const int NamesAhead = 1000;

    public static Command Create(Terminal terminal)
    {
        Option<string[]> models = new("--model", "-m") { Description = "Model file; more than one may be given", HelpName = "MODEL", Required = true };
        Argument<string[]> images = new("IMAGE") { Description = "Image files, or folders of them; - for one on standard input", Arity = ArgumentArity.ZeroOrMore };
        Option<string> list = OptionKinds.Path("--list", "FILE", "File with the path of an image or folder on each line; - for standard input");
        Option<bool> endWithNul = OptionKinds.Switch("--null", "Paths in the list end with NUL, as find -print0 writes them, not with the end of their line");
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object per image and model, one a line");
        Option<bool> csv = OptionKinds.Switch("--csv", "Comma-separated values under one line of names");
        Option<int> top = OptionKinds.Whole("--top", 1, 1000, "Tell the N most probable classes");
        Option<double> threshold = OptionKinds.Number("--threshold", Bounds.Number(0, 1), "What is less certain than R is 'unknown'");
        Option<bool> acceptAll = OptionKinds.Switch("--accept-all", "Take every image for one of the model's classes, those too that are unlike all of them and else are 'unknown'");
        Option<string> copyTo = OptionKinds.Path("--copy-to", "FOLDER", "Copy each image to the folder in FOLDER that has its label as name");
        Option<string> moveTo = OptionKinds.Path("--move-to", "FOLDER", "Move each image there instead");
        Option<string> expect = new("--expect") { Description = "Exit with 3 if an image has another label than this", HelpName = "LABEL" };
        Option<int> threads = OptionKinds.Threads();
        Option<bool> strict = UnreadableList.Strict();
        ExampleCommand command = new(
            "predict", "Classifies images.",
            "imagesig predict -m fire.safetensors camera.jpg",
            "imagesig predict -m fire.safetensors -m fog.safetensors photos --json | jq -r '[.image, .label] | @tsv'",
            "find /var/cam -newer last -name '*.jpg' | imagesig predict -m fire.safetensors --list - --csv > answers.csv",
            "imagesig predict -m fire.safetensors inbox --move-to sorted --threshold 0.8",
            "imagesig predict -m fire.safetensors camera.jpg --expect nofire || ring-the-bell")
        {
            models, images, list, endWithNul, json, csv, top, threshold, acceptAll, copyTo, moveTo, expect, threads, strict,
        };
        command.SetAction((parse, cancellation) =>
        {
            string[] paths = parse.GetRequiredValue(models), given = parse.GetValue(images) ?? [];
            if (given.Length == 0 && parse.GetValue(list) is null)
                throw new UsageException($"{images.Name} is missing: {images.Description}; or give a list of them with --list.");
            if (parse.GetValue(endWithNul) && parse.GetValue(list) is null)
                throw new UsageException($"{endWithNul.Name} is about a list; give --list too, or leave it out.");
            if (given.Append(parse.GetValue(list)).Count(StandardInput.Is) > 1)
                throw new UsageException($"{StandardInput.Name} was given twice, and standard input can be read once.");
            if (parse.GetValue(json) && parse.GetValue(csv))
                throw new UsageException("--json and --csv are two forms of the same; leave one of them out.");
            AnswerRule rule = new(!parse.GetValue(acceptAll), parse.GetValue(threshold), parse.IsGiven(top) ? parse.GetValue(top) : null);
            ClassifierSet classifiers = ClassifierSet.Load(paths);
            CheckClasses(parse, paths, classifiers, threshold, top, copyTo, moveTo, expect);
            LabelFolders? folders = Folders(parse, paths, given, copyTo, moveTo);
            CheckExpected(parse.GetValue(expect), paths, classifiers);
            IEnumerable<InputFile> files = ImageArguments.Walk(given.Concat(parse.GetValue(list) is { } path ? ImageArguments.Listed(path, parse.GetValue(endWithNul), cancellation) : []))
                .Select(entry => entry with { Needed = entry.Needed || parse.GetValue(strict) });
            // The columns of a table need names before the first row; and folders that are sorted into must not be walked through at the same time.
            int ahead = folders is not null ? int.MaxValue : parse.GetValue(json) || parse.GetValue(csv) ? 0 : NamesAhead;
            (IReadOnlyList<InputFile> known, files) = Ahead(files, ahead);
            PredictionWriter writer = parse.GetValue(json) ? new PredictionWriter.Lines(terminal.Results, rule)
                : parse.GetValue(csv) ? new PredictionWriter.Csv(terminal.Results, rule)
                : new PredictionWriter.Table(terminal.Results, [.. known.Select(entry => entry.File)], paths, classifiers.Classifiers, rule);
            PredictRun run = new(terminal, classifiers, paths, rule, writer, folders, parse.GetValue(expect));
            // One image alone needs no second thread.
            bool one = known.Count == 1 || (parse.GetValue(list) is null && given is [string only] && !Directory.Exists(only));
            return Task.FromResult(run.Over(files, one ? 1 : parse.GetValue(threads), cancellation));
        });
        return command;
    }

    /// <summary>The first items, as many as are asked for if there are as many, and all of them: the others come when they are taken.</summary>
    private static (IReadOnlyList<T> First, IEnumerable<T> All) Ahead<T>(IEnumerable<T> items, int count)
    {
        IEnumerator<T> walk = items.GetEnumerator();
        List<T> first = [];
        while (first.Count < count && walk.MoveNext())
            first.Add(walk.Current);
        return (first, All());

        IEnumerable<T> All()
        {
            using (walk)
            {
                foreach (T item in first)
                    yield return item;
                while (walk.MoveNext())
                    yield return walk.Current;
            }
        }
    }

    /// <summary>Attributes have no one label, which these options are about.</summary>
    private static void CheckClasses(ParseResult parse, string[] paths, ClassifierSet classifiers, params Option[] ofClasses)
    {
        if (ofClasses.FirstOrDefault(parse.IsGiven) is not { } option)
            return;
        foreach ((string path, ImageClassifier classifier) in paths.Zip(classifiers.Classifiers))
            if (classifier.HasAttributes)
                throw new UsageException($"{option.Name} is of classes, and {path} tells attributes; leave it out.");
    }

    private static void CheckExpected(string? label, string[] paths, ClassifierSet classifiers)
    {
        if (label is null or NegativeClass.Answer)
            return;
        foreach ((string path, ImageClassifier classifier) in paths.Zip(classifiers.Classifiers))
            if (!classifier.Classes.Contains(label))
                throw new UsageException($"--expect is '{label}', which {path} never says; its classes are {string.Join(", ", classifier.Classes)}.");
    }

    private static LabelFolders? Folders(ParseResult parse, string[] models, string[] given, Option<string> copyTo, Option<string> moveTo)
    {
        (string? copies, string? moves) = (parse.GetValue(copyTo), parse.GetValue(moveTo));
        if ((copies ?? moves) is not { } folder)
            return null;
        string name = copies is null ? moveTo.Name : copyTo.Name;
        if (copies is not null && moves is not null)
            throw new UsageException($"{copyTo.Name} and {moveTo.Name} were given; leave one of them out.");
        if (models.Length > 1)
            throw new UsageException($"{name} needs one label for each image, and {models.Length} models were given; leave one.");
        if (given.FirstOrDefault(StandardInput.Is) is { } input)
            throw new UsageException($"{name} needs files, and {input} is none; name the image's file.");
        if (File.Exists(folder))
            throw new IOException($"{name}: {folder} is a file; give a folder, or a name that is free.");
        return new LabelFolders(folder, moves is not null);
    }
}
