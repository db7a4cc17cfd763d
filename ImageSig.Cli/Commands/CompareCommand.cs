using System.CommandLine;
using System.Globalization;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Comparison;
using ImageSig.NN;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig compare</c>: which model to take for a set of images.</summary>
internal static class CompareCommand
{
    private const int MaxMinutes = 100_000;
    private static readonly TimeSpan DefaultTime = TimeSpan.FromHours(1);

    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("DIR") { Description = "Folder with one sub-folder of images per class; or with such folders named train, and val or test or both; or another data set as for train" };
        Option<string> output = OptionKinds.Path("--output", "FOLDER", "Folder for comparison.csv, .md, .svg and .json and for the trained models; made if it is not there", "-o");
        output.DefaultValueFactory = _ => "imagesig-comparison";
        Option<string> format = DataSetArguments.FormatOfClasses();
        Option<string[]> models = Models();
        Option<string> backbone = OptionKinds.Path("--backbone", "FILE", $"Pretrained network, which is then compared too, as {ModelKinds.Transfer}: a .safetensors file with the list of its layers inside, or beside it as .json");
        Option<TimeSpan> time = Time();
        Option<int> epochs = OptionKinds.Whole("--epochs", TrainingOptions.EpochBounds, "Passes over the training images, for every network, not for the baselines [default: each as its recipe says]");
        Option<ulong> seed = OptionKinds.Seed("Decides what is held back, initial weights and order");
        seed.DefaultValueFactory = _ => 1;
        Option<int> threads = OptionKinds.Threads();
        Option<bool> resume = OptionKinds.Switch("--resume", "Go on where an earlier run stopped, or left some out: what is in the folder's comparison.json is not trained again, and is judged with the rest");
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object");
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "compare", "Trains every model on the same images, judges all on the same others, and says which one to take.",
            "imagesig compare photos",
            "imagesig compare photos --models pixels,histogram,grid,cnn --time 10m -o results",
            "imagesig compare photos --backbone mcunet.safetensors",
            "imagesig compare photos --time 2h --resume",
            "imagesig compare photos --json | jq .recommended")
        {
            folder, output, format, models, backbone, time, epochs, seed, threads, resume, json, quiet,
        };
        command.SetAction((parse, cancellation) =>
        {
            string place = parse.GetRequiredValue(output);
            ImageSplits data = ImageSplits.Open(parse.GetRequiredValue(folder), minClasses: 2, parse.GetValue(format)).ToTrainOn();
            Contestant[] contestants = Choose(parse.IsGiven(models) ? parse.GetValue(models) : null, parse.GetValue(backbone));
            Contest contest = new(data, new(parse.GetValue(seed), parse.GetValue(threads), parse.IsGiven(epochs) ? parse.GetValue(epochs) : null));
            Prepare(place, contestants, parse.GetValue(resume));
            DataSetArguments.TellUnlabeled(terminal, data.Training, data.Validation, data.Test);
            if (data.Test is null)
                terminal.Complain($"{data.Training.Name} keeps no images for a test: a fifth of every class is held back for it.");
            ComparisonResult result = ProgressDisplay.Watch(terminal, parse.GetValue(quiet), progress => Run(
                terminal, contest, contestants, parse.GetValue(resume) ? Earlier(terminal, place, contest) : [], parse.ValueOr(time, DefaultTime), place, progress, cancellation));
            if (parse.GetValue(json))
                terminal.Results.WriteLine(JsonMembers.Line(ComparisonJson.Of(result)));
            else
                ComparisonTable.Write(terminal.Results, result);
            return Task.FromResult(result.Entries.Count > 0 ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static ComparisonResult Run(
        Terminal terminal, Contest contest, Contestant[] contestants, IReadOnlyList<ComparedJson> earlier, TimeSpan time, string folder, ProgressDisplay progress, CancellationToken cancellation)
    {
        int done = 0;
        // What is asked for is trained again where it was something else then, or its model is gone; until that is done, the folder keeps what it has of it.
        ComparedJson[] outdated = [.. earlier.Where(IsOutdated)], known = [.. earlier.Except(outdated)];
        try
        {
            return contest.Run(contestants, [.. known.Select(compared => compared.Entry)], time, Keep, name => new ContestantProgress(progress, name), cancellation);
        }
        catch (OperationCanceledException) when (done > 0)
        {
            terminal.Complain($"{folder} keeps what was compared so far: {done} of {contestants.Length} models; --resume goes on with the others.");
            throw;
        }

        void Keep(ComparisonResult result, string name, Trained? trained)
        {
            trained?.Save(ModelPath(folder, name));
            ComparedJson[] stays = [.. outdated.Where(compared => result.Entries.All(entry => entry.Name != compared.Entry.Name))];
            ComparisonFiles.Write(folder, result, new ComparisonState(contest.Stamp, [.. result.Entries.Select(Identified), .. stays]));
            done++;
            progress.Report(new StageProgress("compare", done, contestants.Length, 0, name));
        }

        bool IsOutdated(ComparedJson compared)
        {
            if (contestants.FirstOrDefault(contestant => contestant.Name == compared.Entry.Name) is not { } asked)
                return false;
            string model = ModelPath(folder, asked.Name);
            string? reason = asked.Identity != compared.Identity ? $"what {ComparisonFiles.StateIn(folder)} has of it is of another --backbone or another version of imagesig"
                : asked.HasModel && !File.Exists(model) ? $"its model {model} is gone"
                : null;
            if (reason is not null)
                terminal.Complain($"{asked.Name} is trained again: {reason}.");
            return reason is not null;
        }

        ComparedJson Identified(ComparisonEntry entry) =>
            known.FirstOrDefault(compared => compared.Entry == entry) ?? new(contestants.First(contestant => contestant.Name == entry.Name).Identity, entry);
    }

    /// <summary>What an earlier run left.</summary>
    /// <exception cref="DatasetException">They are of other images or settings.</exception>
    private static IReadOnlyList<ComparedJson> Earlier(Terminal terminal, string folder, Contest contest)
    {
        string path = ComparisonFiles.StateIn(folder);
        if (!File.Exists(path))
        {
            terminal.Complain($"{path} is not there: no comparison to go on with; this one begins anew.");
            return [];
        }
        return ComparisonState.Read(path, contest.Stamp);
    }

    /// <summary>What could spoil the end of the work is found at its beginning.</summary>
    private static void Prepare(string folder, Contestant[] contestants, bool resume)
    {
        OutputPath.MakeFolder(folder);
        foreach (string path in ComparisonFiles.In(folder))
            OutputPath.CheckFile(path, OutputKind.Comparison);
        if (!resume)
            ComparisonState.CheckEmpty(ComparisonFiles.StateIn(folder));
        foreach (Contestant contestant in contestants)
            OutputPath.CheckFile(ModelPath(folder, contestant.Name), OutputKind.Model);
    }

    private static string ModelPath(string folder, string name) => Path.Combine(folder, $"{name}.safetensors");

    /// <exception cref="UsageException">A pretrained network is asked for, and none was given.</exception>
    private static Contestant[] Choose(string[]? names, string? backbone)
    {
        IReadOnlyList<Contestant> known = Contestants.With(backbone is null ? null : BackboneFile.Read(backbone));
        return names is null
            ? [.. known]
            : [.. names.Select(name => known.FirstOrDefault(contestant => contestant.Name == name)
                ?? throw new UsageException($"--models names {name}, and no pretrained network was given; add --backbone FILE, or leave it out."))];
    }

    private static Option<TimeSpan> Time() => new("--time")
    {
        Description = "How long all together takes, such as 90s, 10m or 1h30m, or whole minutes; what is not done by then is left out [default: 1h]",
        HelpName = "10m",
        CustomParser = argument =>
            Duration.Parse(OptionKinds.Only(argument)) is { } length ? length
            : int.TryParse(OptionKinds.Only(argument), NumberStyles.None, CultureInfo.InvariantCulture, out int minutes) && minutes is > 0 and <= MaxMinutes ? TimeSpan.FromMinutes(minutes)
            : OptionKinds.Refuse<TimeSpan>(argument, "--time", $"{Duration.Expected}, or whole minutes"),
    };

    private static Option<string[]> Models()
    {
        IReadOnlyList<string> names = Contestants.Names;
        return new("--models")
        {
            Description = $"What to compare, with commas between them: {string.Join(", ", names)} [default: all, in this order]",
            HelpName = "NAME[,NAME]",
            CustomParser = argument =>
            {
                string[] asked = OptionKinds.Only(argument).Split(',');
                return asked.Except(names).Any() || asked.Distinct().Count() != asked.Length
                    ? OptionKinds.Refuse<string[]>(argument, "--models", $"some of {string.Join(", ", names)}, each once, with commas between them")
                    : asked;
            },
        };
    }
}
