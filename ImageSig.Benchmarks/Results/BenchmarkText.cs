using System.Globalization;

namespace ImageSig.Benchmarks.Results;

/// <summary>Results as Markdown.</summary>
internal static class BenchmarkText
{
    /// <summary>A page of one run: where it was taken, everything that was measured, and the goals.</summary>
    public static string Page(BenchmarkResults results) => string.Join('\n', results.IsOfNative
        ? (string[])[$"# {Title(results)}", "", Written, "", Taken(results), "", .. Natives(results)]
        : [$"# {Title(results)}", "", Written, "", Taken(results), "", .. Table(results), "", "## Goals", "", .. Goals(results), ""]);

    /// <summary>The part of docs/benchmarks.md that is written from the results: of each run its table and goals; what wider registers change on a processor that was measured with both; what
    /// compiling ahead of time does.</summary>
    public static string Section(IReadOnlyCollection<BenchmarkResults> all) => string.Join('\n', [.. Runs([.. all.Where(results => !results.IsOfNative)]), .. all.Where(results => results.IsOfNative)
        .SelectMany(results => (string[])[$"### {Title(results)}", "", Taken(results), "", .. Natives(results)])]);

    private static IEnumerable<string> Runs(IReadOnlyCollection<BenchmarkResults> all) =>
    [
        .. all.SelectMany(results => (string[])[$"### {Title(results)}", "", Taken(results), "", .. Table(results), "", .. Goals(results), ""]),
        .. Pairs(all).SelectMany(pair => Widths(pair.Wide, pair.Narrow)),
    ];

    /// <summary>Runs of the same processor with wider and with narrower registers.</summary>
    public static IEnumerable<(BenchmarkResults Wide, BenchmarkResults Narrow)> Pairs(IReadOnlyCollection<BenchmarkResults> all) => all.Where(results => results.VectorBits == Wide)
        .SelectMany(wide => all.Where(narrow => narrow.Processor == wide.Processor && narrow.VectorBits == Narrow).Select(narrow => (wide, narrow)));

    private const int Wide = 512, Narrow = 256;

    private const string Written = "Written from the JSON file of the same name; [benchmarks.md](../benchmarks.md) says what is compared and how to measure again.";

    /// <summary>The processor and the width of its registers.</summary>
    public static string Title(BenchmarkResults results) => $"{results.Processor}, {(results.IsOfNative ? $"NativeAOT beside the JIT at {results.VectorBits} bits" : $"{results.VectorBits} bits")}";

    private static string Taken(BenchmarkResults results) =>
        $"{results.System}, {results.Runtime}, {results.Date}, one thread; {results.Job}. ImageSig's kernels used registers of {results.VectorBits} bits.";

    private static IEnumerable<string> Table(BenchmarkResults results)
    {
        yield return "| what | setting | program | time | times ImageSig's | spread | allocated |";
        yield return "|---|---|---|---|---|---|---|";
        foreach (Group<(string, string), BenchmarkMeasurement> group in results.Measurements.GroupBy(one => (one.Topic, one.Setting)))
        {
            BenchmarkMeasurement ours = group.First(one => one.Program == BenchmarkMeasurement.Ours);
            foreach (BenchmarkMeasurement one in group)
            {
                string what = one == ours ? $"{one.Topic} | {one.Setting} | **{one.Program}**" : $" | | {one.Program}";
                yield return $"| {what} | {Time(one.Nanoseconds)} | {Ratio(one.Nanoseconds / ours.Nanoseconds)} | {Percent(one.Spread)} | {Bytes(one.Allocated)} |";
            }
        }
    }

    /// <summary>ImageSig's own times at two widths of registers, of two runs.</summary>
    private static IEnumerable<string> Widths(BenchmarkResults wide, BenchmarkResults narrow) =>
    [
        $"### {wide.Processor}, ImageSig at {wide.VectorBits} and at {narrow.VectorBits} bits", "",
        $"| what | setting | {wide.VectorBits} bits | {narrow.VectorBits} bits | share |", "|---|---|---|---|---|",
        .. wide.Measurements.Where(one => one.Program == BenchmarkMeasurement.Ours)
            .Select(one => (One: one, Other: narrow.Find(one.Topic, one.Setting, one.Program)))
            .Where(pair => pair.Other is not null)
            .Select(pair => $"| {pair.One.Topic} | {pair.One.Setting} | {Time(pair.One.Nanoseconds)} | {Time(pair.Other!.Nanoseconds)} | {Ratio(pair.One.Nanoseconds / pair.Other.Nanoseconds)} |"),
        "",
        .. Goals(WidthGoal.All.Select(goal => goal.In(wide, narrow))), "",
    ];

    /// <summary>The times of the same source compiled ahead of time, as shares of those under the JIT.</summary>
    private static string[] Natives(BenchmarkResults results)
    {
        (BenchmarkMeasurement One, double Native)[] pairs = [.. results.Measurements.Where(one => one.Program == BenchmarkMeasurement.Ours)
            .Select(one => (one, results.Find(one.Topic, one.Setting, BenchmarkMeasurement.Native)!.Nanoseconds))];
        return
        [
            "| what | setting | JIT | NativeAOT | share |", "|---|---|---|---|---|",
            .. pairs.Select(pair => $"| {pair.One.Topic} | {pair.One.Setting} | {Time(pair.One.Nanoseconds)} | {Time(pair.Native)} | {Ratio(pair.Native / pair.One.Nanoseconds)} |"),
            "", $"Of {pairs.Length} shares {pairs.Count(pair => Math.Round(pair.Native / pair.One.Nanoseconds, 2) is >= 0.9 and <= 1.1)} lie between 0.9 and 1.1.", "",
        ];
    }

    /// <summary>The goals that one run tells.</summary>
    private static string[] Goals(BenchmarkResults results) => Goals(BenchmarkGoal.All.Select(goal => goal.In(results)));

    /// <summary>The goals that were measured, if any was.</summary>
    private static string[] Goals(IEnumerable<GoalOutcome?> outcomes)
    {
        string[] rows = [.. outcomes.OfType<GoalOutcome>().Select(outcome => outcome.Row)];
        return rows.Length == 0 ? [] : [.. GoalOutcome.Head, .. rows];
    }

    /// <summary>A time in the unit that suits it.</summary>
    public static string Time(double nanoseconds) => nanoseconds switch
    {
        < 1e6 => Three(nanoseconds / 1e3) + " µs",
        < 1e9 => Three(nanoseconds / 1e6) + " ms",
        _ => Three(nanoseconds / 1e9) + " s",
    };

    /// <summary>A multiple, with two decimals or three digits.</summary>
    public static string Ratio(double ratio) => ratio < 10 ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : Three(ratio);

    private static string Percent(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);

    private static string Bytes(long bytes) => bytes switch
    {
        0 => "0",
        < 1000 => $"{bytes} B",
        < 1_000_000 => Three(bytes / 1e3) + " KB",
        _ => Three(bytes / 1e6) + " MB",
    };

    /// <summary>Three digits.</summary>
    private static string Three(double value) => value.ToString(value switch { < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);
}
