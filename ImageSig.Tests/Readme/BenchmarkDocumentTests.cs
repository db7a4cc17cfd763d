using ImageSig.Benchmarks.Results;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>What docs says of speed is what was measured: pages and tables are written from the JSON files in docs/benchmarks, by this test if it is told to, and are compared with them otherwise.</summary>
public class BenchmarkDocumentTests
{
    private const string Write = "IMAGESIG_WRITE_BENCHMARKS", End = "<!-- end -->";

    private static readonly string Folder = Path.Combine(Folders.Repository, "docs", "benchmarks");

    private static IEnumerable<string> Files => Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal);

    [Fact]
    public void Every_page_of_results_is_written_from_its_JSON()
    {
        foreach (string file in Files)
            AssertText(Path.ChangeExtension(file, ".md"), _ => BenchmarkText.Page(Read(file)));
    }

    [Fact]
    public void The_tables_of_benchmarks_md_are_written_from_all_JSON_files() => AssertText(Path.Combine(Folders.Repository, "docs", "benchmarks.md"), text =>
        Between(Between(text, "behind", BehindText.Of(Files.Select(Read))), "results", BenchmarkText.Section([.. Files.Select(Read)])));

    [Fact]
    public void The_table_of_the_readme_is_written_from_them() =>
        AssertText(Path.Combine(Folders.Repository, "README.md"), text => Between(text, "beside", ReadmeText.Of(Files.Select(Read))));

    [Fact]
    public void Every_measurement_stands_beside_one_of_ours()
    {
        Assert.NotEmpty(Files);
        foreach (string file in Files)
        {
            BenchmarkResults results = Read(file);
            Assert.Equal(results.ToJson(), File.ReadAllText(file).ReplaceLineEndings("\n"));
            Assert.All(results.Measurements, one => Assert.True(one.Nanoseconds > 0 && results.Find(one.Topic, one.Setting, BenchmarkMeasurement.Ours) is not null, $"{file}: {one}"));
        }
    }

    [Fact]
    public void The_page_names_what_has_no_plain_loop_and_what_no_other_library_has()
    {
        foreach (BenchmarkResults results in Files.Select(Read).Where(results => !results.IsOfNative))
        {
            ILookup<string, string> programs = results.Measurements.ToLookup(one => one.Topic, one => one.Program);
            Assert.Equal(["decode", "network", "predict", "training step"], programs.Where(topic => !topic.Contains("plain loop")).Select(topic => topic.Key).Order(StringComparer.Ordinal));
            Assert.Equal(["features", "signature kernel"], programs.Where(topic => topic.All(program => program is "plain loop" || program.StartsWith(BenchmarkMeasurement.Ours, StringComparison.Ordinal)))
                .Select(topic => topic.Key).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Two_widths_of_one_processor_stand_side_by_side()
    {
        BenchmarkResults wide = new("P", 512, "S", "R", "2026-01-01", "J", [new("t", "s", "ImageSig", 1500, 0, 0)]);
        BenchmarkResults narrow = wide with { VectorBits = 256, Measurements = [new("t", "s", "ImageSig", 3000, 0, 0)] };
        Assert.Contains("| t | s | 1.50 µs | 3.00 µs | 0.50 |", BenchmarkText.Section([narrow, wide]), StringComparison.Ordinal);
        Assert.DoesNotContain("256", BenchmarkText.Section([wide]), StringComparison.Ordinal);
    }

    [Fact]
    public void Times_of_the_program_compiled_ahead_stand_beside_those_under_the_JIT_and_not_among_the_runs()
    {
        BenchmarkResults native = new("P", 256, "S", "R", "2026-01-01", "J", [new("t", "s", "ImageSig", 1500, 0, 0), new("t", "s", "ImageSig, NativeAOT", 1200, 0, 0)]);
        Assert.Contains("| t | s | 1.50 µs | 1.20 µs | 0.80 |", BenchmarkText.Page(native), StringComparison.Ordinal);
        string section = BenchmarkText.Section([native]);
        Assert.Contains("### P, NativeAOT beside the JIT at 256 bits", section, StringComparison.Ordinal);
        Assert.DoesNotContain("### P, 256 bits", section, StringComparison.Ordinal);
    }

    [Fact]
    public void What_others_do_faster_and_goals_that_are_missed_stand_in_tables_that_may_be_empty()
    {
        BenchmarkResults wide = new("P", 512, "S", "R", "2026-01-01", "J", [new("predict", "conv", "ImageSig", 100_000, 0, 0), new("predict", "conv", "other", 80_000, 0, 0)]);
        BenchmarkResults narrow = wide with { VectorBits = 256, Measurements = [new("predict", "conv", "ImageSig", 200_000, 0, 0), new("predict", "conv", "ImageSig, a new picture", 1, 0, 0)] };
        string behind = BehindText.Of([narrow, wide]);
        Assert.Contains("\n| predict, conv | other | – | 0.80 |\n", behind, StringComparison.Ordinal);
        Assert.Contains("\n| predict, conv, P, 256 bits | – | 100 µs | 200 µs | **missed** |\n", behind, StringComparison.Ordinal);
        Assert.DoesNotContain("new picture", behind, StringComparison.Ordinal);
        Assert.Equal("", BehindText.Of([wide with { Measurements = [wide.Measurements[0]] }]));
    }

    [Fact]
    public void The_readme_has_two_digits_of_each_width_and_a_dash_for_what_was_not_measured()
    {
        BenchmarkResults wide = new("P", 512, "S", "R", "2026-01-01", "J", [.. Times("LibTorch 3", "training step", "cnn, batch of 64", 980), .. Times("LibTorch 3", "network", "fc, 1 image", 1640), .. Times("ML.NET 6", "predict", "grid", 11_320), .. Times("ONNX Runtime 2", "predict", "conv", 9960)]);
        string readme = ReadmeText.Of([wide, wide with { VectorBits = 256 }]);
        Assert.Contains("| LibTorch 3 (PyTorch): a training step | – | – | – | 0.98 / 0.98 |\n", readme, StringComparison.Ordinal);
        Assert.Contains("| – | – | 1.6 / 1.6 | – |\n", readme, StringComparison.Ordinal);
        Assert.Contains("| 11 / 11 | – | – | – |\n", readme, StringComparison.Ordinal);
        Assert.Contains("| – | 10 / 10 | – | – |\n", readme, StringComparison.Ordinal);

        static BenchmarkMeasurement[] Times(string program, string topic, string setting, double time) => [new(topic, setting, "ImageSig", 1000, 0, 0), new(topic, setting, program, time, 0, 0)];
    }

    [Fact]
    public void A_goal_is_met_missed_or_not_measured()
    {
        BenchmarkResults results = new("P", 512, "S", "R", "2026-01-01", "J", [new("t", "s", "ImageSig", 100, 0, 0), new("t", "s", "other", 200, 0, 0)]);
        Assert.Equal("| t, s | other | 0.5 | 0.50 | met |", new RatioGoal("t", "s", "other", _ => 0.5).In(results)?.Row);
        Assert.Equal("| t, s | other | 0.4 | 0.50 | **missed** |", new RatioGoal("t", "s", "other", _ => 0.4).In(results)?.Row);
        Assert.Equal("| t, s | what it stands for | 0.5 | 0.50 | met |", (new RatioGoal("t", "s", "other", _ => 0.5) { Beside = "what it stands for" }).In(results)?.Row);
        Assert.Null(new RatioGoal("t", "s", "nobody", _ => 1).In(results));
        Assert.Null(new RatioGoal("t", "s", "other", _ => 0).In(results));
        Assert.Equal("| t, s | – | 0.10 µs | 0.10 µs | met |", new TimeGoal("t", "s", 512, 0.1).In(results)?.Row);
        Assert.Equal("| t, s | – | 0.09 µs | 0.10 µs | **missed** |", new TimeGoal("t", "s", 512, 0.09).In(results)?.Row);
        Assert.Null(new TimeGoal("t", "s", 256, 0.1).In(results));
        BenchmarkResults narrow = results with { VectorBits = 256, Measurements = [new("t", "s", "ImageSig", 80, 0, 0)] };
        Assert.Equal("| t, s, 512 bits | 256 bits | 1.25 | 1.25 | met |", new WidthGoal("t", "s", 1.25).In(results, narrow)?.Row);
        Assert.Equal("| t, s, 512 bits | 256 bits | 1.2 | 1.25 | **missed** |", new WidthGoal("t", "s", 1.2).In(results, narrow)?.Row);
        Assert.Null(new WidthGoal("t", "nothing", 1).In(results, narrow));
    }

    private static BenchmarkResults Read(string file) => BenchmarkResults.Parse(File.ReadAllText(file));

    /// <summary>A page with something else between the marks of a part.</summary>
    private static string Between(string text, string part, string written)
    {
        string mark = $"<!-- {part}: written from docs/benchmarks/*.json -->\n";
        int begin = text.IndexOf(mark, StringComparison.Ordinal) + mark.Length, end = begin < mark.Length ? -1 : text.IndexOf(End, begin, StringComparison.Ordinal);
        Assert.True(end >= begin, $"The page has lost the marks of '{part}', between which its tables stand.");
        return text[..begin] + written + text[end..];
    }

    private static void AssertText(string path, Func<string, string> written)
    {
        string before = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "", now = written(before);
        if (Environment.GetEnvironmentVariable(Write) == "1")
            File.WriteAllText(path, now);
        else
            Assert.True(now == before, $"{path} differs from what its JSON says. If that was measured, write it: {Write}=1 dotnet test ImageSig.Tests -c Release --filter BenchmarkDocumentTests");
    }
}
