using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.NN;
using ImageSig.Sweeping;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig sweep</c>: trainings that differ in a few options, beside one another.</summary>
internal static class SweepCommand
{
    private const string Keeper = "another sweep keeps its results";

    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("DIR") { Description = "Data set, as for train" };
        Option<string> output = OptionKinds.Path("--output", "FILE.csv", "Table of all trainings; those that are in it already are not done again [default: imagesig-sweep.csv, or with --paper imagesig-TABLE.csv]", "-o");
        Option<string> test = OptionKinds.Path("--test", "DIR", "Folder of other images to judge on; without any, the images that chose the epoch judge"), format = DataSetArguments.FormatOfClasses();
        SweepArguments sweep = new();
        CacheArguments caching = new();
        Option<ShardOfWork> shard = ShardOfWork.Option("Do this part alone, such as 2/4, for other processes or machines to do the others; its table is FILE.2-of-4.csv");
        Option<bool> collect = OptionKinds.Switch("--collect", "Train nothing: put the tables of all shards together, and say what is missing");
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object"), quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "sweep", "Trains with every combination of some options, judges all on the same images, and shows what they change.",
            "imagesig sweep photos --vary learning-rate=1e-3,3e-4 --vary window=4,8 --seeds 3",
            "imagesig sweep photos --model fc --vary \"augment=none|hflip,vflip\" --epochs 20 -o changes.csv",
            "imagesig sweep photos --vary depth=1,2,3,4 -o depths.csv --shard 2/4",
            "imagesig sweep photos --vary depth=1,2,3,4 -o depths.csv --collect",
            "imagesig sweep photos --paper table2 -o table2.csv")
        {
            folder, output, test, format,
        };
        sweep.AddTo(command);
        caching.AddWithFeaturesTo(command);
        foreach (Option option in (Option[])[shard, collect, json, quiet])
            command.Add(option);
        command.SetAction((parse, cancellation) =>
        {
            IReadOnlyList<Variation> variations = sweep.Variations(parse);
            IReadOnlyList<SweepPoint> points = sweep.Points(parse);
            ImageSplits sets = DataSetArguments.WithTest(DataSetArguments.Open(parse.GetRequiredValue(folder), attributes: null, parse.GetValue(format), minClasses: 2).ToTrainOn(), parse.GetValue(test));
            if (sets is { Test: null, Validation: null } && points.FirstOrDefault(point => point.Recipe.Validation == 0) is not null)
                throw new UsageException("--validation is 0, and there are no images to judge on; give --test, or hold some back.");
            string whole = parse.GetValue(output) ?? $"imagesig-{sweep.Paper(parse)?.Name ?? "sweep"}.csv";
            SweepFile file = new([.. variations.Select(variation => variation.Name)], sweep.Stamp(parse, points, sets, caching));
            DataSetArguments.TellUnlabeled(terminal, sets.Training, sets.Validation, sets.Test);
            IReadOnlyList<SweepRow> rows;
            List<(string Training, Exception Reason)> failures = [];
            if (parse.GetValue(collect))
            {
                if (parse.GetValue(shard) is not null)
                    throw new UsageException("--shard does a part, and --collect puts parts together; leave one of the two out.");
                OutputPath.CheckFile(whole, OutputKind.Sweep);
                using TrainingLock alone = TrainingLock.Take(whole, Keeper);
                if (Collect(terminal, points, file, whole) is not { } collected)
                    return Task.FromResult(ExitCode.Failed);
                rows = collected;
            }
            else
            {
                string path = parse.GetValue(shard)?.FileOf(whole) ?? whole;
                points = [.. parse.GetValue(shard)?.Of(points) ?? points];
                OutputPath.CheckFile(path, OutputKind.Sweep);
                using ImageCache? cache = caching.Open(parse);
                rows = ProgressDisplay.Watch(terminal, parse.GetValue(quiet), progress => Run(terminal, cache?.Over(sets) ?? sets, variations, points, file, path, failures, progress, cancellation));
                CacheArguments.Tell(terminal, cache);
            }
            Show(terminal, JudgedOn(sets), variations, SweepGroup.Of(rows), sweep.Paper(parse), parse.GetValue(json));
            foreach ((string training, Exception reason) in failures)
                terminal.Complain($"{training}: {Failures.Describe(reason)}");
            return Task.FromResult(
                failures.Count == 0 ? ExitCode.Done
                : rows.Count == 0 && failures.TrueForAll(failure => failure.Reason is SettingException) ? ExitCode.WrongUsage
                : ExitCode.Failed);
        });
        return command;
    }

    private static IReadOnlyList<SweepRow> Run(
        Terminal terminal, ImageSplits sets, IReadOnlyList<Variation> variations, IReadOnlyList<SweepPoint> points, SweepFile file, string path, List<(string Training, Exception Reason)> failures,
        ProgressDisplay progress, CancellationToken cancellation)
    {
        int begun = 0;
        SeriesProgress series = new(progress, "sweep", points.Count);
        using TrainingLock alone = TrainingLock.Take(path, Keeper);
        try
        {
            using Sweep sweep = new(sets, points);
            IReadOnlyList<SweepRow> rows = sweep.Run(file, path, Begin, Fail, series, cancellation);
            series.End();
            return rows;
        }
        catch (OperationCanceledException)
        {
            terminal.Complain($"{path} keeps what was trained so far, {begun - 1} of {points.Count} trainings; the same command goes on from there.");
            throw;
        }

        void Begin(int index)
        {
            begun = index + 1;
            series.Begin(index, Settings(index));
        }

        void Fail(int index, Exception reason) => failures.Add((Settings(index), reason));

        string Settings(int index) => string.Join(", ", variations.Zip(points[index].Values).Select(pair => $"{pair.First.Name} {pair.Second}").Append($"seed {points[index].Seed}"));
    }

    /// <summary>All rows, in the order of the trainings, written to the file of the whole; null where some are missing, which is said.</summary>
    private static IReadOnlyList<SweepRow>? Collect(Terminal terminal, IReadOnlyList<SweepPoint> points, SweepFile file, string whole)
    {
        (ShardOfWork Shard, string Path)[] shards = [.. ShardOfWork.Beside(whole)];
        SweepRow[] found = [.. file.Read(whole), .. shards.SelectMany(part => file.Read(part.Path))];
        SweepRow?[] rows = [.. points.Select(point => found.FirstOrDefault(point.Is))];
        if (found.Length > 0)
            file.Write(whole, [.. rows.OfType<SweepRow>(), .. Sweep.Others(points, found)]);
        int missing = rows.Count(row => row is null);
        if (missing == 0)
            return [.. rows.OfType<SweepRow>()];
        int count = shards.Length == 0 ? 1 : shards[^1].Shard.Count;
        ShardOfWork[] again = [.. Sequences.Range(1, count).Select(number => new ShardOfWork(number, count)).Where(part => part.Of(rows).Contains(null))];
        terminal.Complain($"{whole}: {Quantity.Count(missing)} of {Quantity.Count(points.Count)} trainings are missing; "
            + (count == 1 ? "run the sweep, whole or in shards, and collect again." : $"run {string.Join(", ", again.Select(part => $"--shard {part}"))} again, and collect again."));
        return null;
    }

    private static string JudgedOn(ImageSplits sets) => sets.Test is { } test ? $"{Quantity.Count(test.Count)} test images of {test.Name}"
        : sets.Validation is { } validation ? $"{Quantity.Count(validation.Count)} validation images of {validation.Name}, which chose the epoch"
        : $"the validation split of {sets.Training.Name}, which chose the epoch";

    private static void Show(Terminal terminal, string judgedOn, IReadOnlyList<Variation> variations, IReadOnlyList<SweepGroup> groups, PaperTable? paper, bool asJson)
    {
        if (asJson)
            terminal.Results.WriteLine(JsonMembers.Line(SweepJson.Of(judgedOn, variations, groups, paper)));
        else if (groups.Count > 0)
            SweepTable.Write(terminal.Results, judgedOn, variations, groups, paper);
    }
}
