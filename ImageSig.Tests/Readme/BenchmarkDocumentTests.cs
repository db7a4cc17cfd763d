using ImageSig.Benchmarks.Results;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>What docs says of speed is what was measured: pages and tables are written from the JSON files in docs/benchmarks, by this test if it is told to, and are compared with them otherwise.</summary>
public class BenchmarkDocumentTests
{
    private const string Write = "IMAGESIG_WRITE_BENCHMARKS", Begin = "<!-- written from docs/benchmarks/*.json -->\n", End = "<!-- end -->";

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
    {
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= Begin.Length && end >= begin, "docs/benchmarks.md has lost the marks between which its tables stand.");
        return text[..begin] + "\n" + BenchmarkText.Section([.. Files.Select(Read)]) + text[end..];
    });

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
    public void A_goal_is_met_missed_or_not_measured()
    {
        BenchmarkResults results = new("P", 512, "S", "R", "2026-01-01", "J", [new("t", "s", "ImageSig", 100, 0, 0), new("t", "s", "other", 200, 0, 0)]);
        Assert.Equal("| t, s | other | 0.5 | 0.50 | met |", new RatioGoal("t", "s", "other", _ => 0.5).In(results)?.Row);
        Assert.Equal("| t, s | other | 0.4 | 0.50 | **missed** |", new RatioGoal("t", "s", "other", _ => 0.4).In(results)?.Row);
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

    private static void AssertText(string path, Func<string, string> written)
    {
        string before = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "", now = written(before);
        if (Environment.GetEnvironmentVariable(Write) == "1")
            File.WriteAllText(path, now);
        else
            Assert.True(now == before, $"{path} differs from what its JSON says. If that was measured, write it: {Write}=1 dotnet test ImageSig.Tests -c Release --filter BenchmarkDocumentTests");
    }
}
