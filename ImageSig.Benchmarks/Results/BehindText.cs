namespace ImageSig.Benchmarks.Results;

/// <summary>Where ImageSig is behind, of all runs: what other programs do in less time, and goals that are missed.</summary>
internal static class BehindText
{
    /// <summary>Both tables as Markdown, those without a row left out.</summary>
    public static string Of(IEnumerable<BenchmarkResults> all)
    {
        BenchmarkResults[] runs = [.. all.Where(results => !results.IsOfNative)];
        return string.Join('\n', [.. Faster(runs), .. Missed(runs)]);
    }

    /// <summary>Each program that was faster in a run, in all of them.</summary>
    private static string[] Faster(BenchmarkResults[] runs)
    {
        string[] rows =
        [
            .. runs.SelectMany(run => run.Measurements).Where(one => !one.Program.StartsWith(BenchmarkMeasurement.Ours, StringComparison.Ordinal))
                .Select(one => (one.Topic, one.Setting, one.Program)).Distinct().Where(one => runs.Any(run => Ratio(run, one) < 1))
                .Select(one => $"| {one.Topic}, {one.Setting} | {one.Program} | {string.Join(" | ", runs.Select(run => Ratio(run, one) is { } ratio ? BenchmarkText.Ratio(ratio) : "–"))} |"),
        ];
        return rows.Length == 0 ? [] :
        [
            $"| times of others as multiples of ImageSig's, where one is below 1 | program | {string.Join(" | ", runs.Select(BenchmarkText.Title))} |", $"|---|---|{string.Concat(runs.Select(_ => "---|"))}",
            .. rows, "",
        ];

        static double? Ratio(BenchmarkResults run, (string Topic, string Setting, string Program) one) => run.TimesOurs(one.Topic, one.Setting, one.Program);
    }

    /// <summary>Each goal that a run, or two of one processor, missed.</summary>
    private static string[] Missed(BenchmarkResults[] runs)
    {
        string[] rows =
        [
            .. runs.SelectMany(run => BenchmarkGoal.All.Select(goal => (Where: BenchmarkText.Title(run), Outcome: goal.In(run))))
                .Concat(BenchmarkText.Pairs(runs).SelectMany(pair => WidthGoal.All.Select(goal => (Where: pair.Wide.Processor, Outcome: goal.In(pair.Wide, pair.Narrow)))))
                .Where(goal => goal.Outcome is { IsMet: false }).Select(goal => (goal.Outcome! with { What = $"{goal.Outcome!.What}, {goal.Where}" }).Row),
        ];
        return rows.Length == 0 ? [] : [.. GoalOutcome.Head, .. rows, ""];
    }
}
