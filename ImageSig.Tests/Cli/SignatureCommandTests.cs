using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tests.Signature;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary>signature with its options, and bench signature.</summary>
public class SignatureCommandTests
{
    private const string Case = "d03_unit_b2_l30_c3_d4";

    [SharedFact("golden")]
    public void Options_give_the_libraries_arrays()
    {
        Compare("sig", []);
        Compare("sig_stream", ["--stream"]);
        Compare("sig_inverse", ["--inverse", "--threads", "2"]);
        Compare("sig_basepoint0", ["--basepoint"]);
        Compare("sig_basepoint", ["--basepoint-file", Golden("basepoint")]);
        Compare("logsig_words", ["--log", "words"]);
        Compare("logsig_brackets", ["--log", "brackets"]);
        Compare("logsig_expand", ["--log", "expanded"]);
        Compare("logsig_words_stream", ["--log", "words", "--stream"]);
        Compare("sig_grad", ["--backward", Golden("sig_cot")]);
        Compare("logsig_words_grad", ["--log", "words", "--backward", Golden("logsig_words_cot")]);
        Compare("tf_leadlag_sig", ["--augment", "lead-lag"], depth: 3);
        Compare("tf_timeaug_leadlag_sig", ["--augment", "lead-lag,time"], depth: 3);
    }

    [SharedFact("golden")]
    public void An_earlier_signature_is_continued_from_where_its_path_ended()
    {
        using TemporaryFolder folder = new();
        (double[] other, int[] shape) = NpyFile.Read<double>(Golden("combine_other"));
        Assert.Equal(ExitCode.Done, Answer.To("signature", Golden("combine_other"), "-o", folder["earlier.npy"], "--depth", "4").Code);
        double[] last = [.. Enumerable.Range(1, shape[0]).SelectMany(path => other[(path * shape[1] * 3 - 3)..(path * shape[1] * 3)])];
        NpyFile.Write<double>(folder["last.npy"], last, shape[0], 3);
        Compare("sig_initial", ["--initial", folder["earlier.npy"], "--basepoint-file", folder["last.npy"]]);
    }

    [Fact]
    public void Windows_slide_over_the_path()
    {
        using TemporaryFolder folder = new();
        double[] path = RandomPaths.Uniform(1, 1, 10, 2);
        NpyFile.Write<double>(folder["p.npy"], path, 1, 10, 2);
        Answer answer = Answer.To("signature", folder["p.npy"], "-o", folder["w.npy"], "--depth", "2", "--window", "4", "--step", "3");
        Assert.Equal((ExitCode.Done, $"{folder["w.npy"]}: [1, 3, 6] float64\n"), (answer.Code, answer.Results));
        Assert.Equal(RandomPaths.Signature(path[6..14], 2, 2), NpyFile.Read<double>(folder["w.npy"]).Values[6..12]);
        Assert.Equal(ExitCode.Done, Answer.To("signature", folder["p.npy"], "-o", folder["w.npy"], "--depth", "2", "--window", "4", "--log", "words").Code);
        Assert.Equal([1, 7, 3], NpyFile.Read<double>(folder["w.npy"]).Shape);
    }

    [Theory]
    [InlineData]
    [InlineData("--stream")]
    [InlineData("--window", "4")]
    [InlineData("--log", "words")]
    [InlineData("--log", "expanded", "--stream")]
    [InlineData("--log", "brackets", "--window", "3")]
    public void Roots_are_taken_of_what_is_written(params string[] options)
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<double>(folder["p.npy"], RandomPaths.Uniform(seed: 1, count: 2, length: 10, channels: 2), 2, 10, 2);
        foreach ((string name, string[] more) in ((string, string[])[])[("plain", []), ("none", ["--roots", "0"]), ("rooted", ["--roots", "0.01"])])
            Assert.Equal(ExitCode.Done, Answer.To(["signature", folder["p.npy"], "-o", folder[name], "--depth", "3", .. options, .. more]).Code);
        (double[] plain, int[] shape) = NpyFile.Read<double>(folder["plain"]);
        Assert.Equal(plain, NpyFile.Read<double>(folder["none"]).Values);
        SignedRoots roots = options is ["--log", "words" or "brackets", ..] ? SignedRoots.OfLogSignatures(2, 3, LogSignatureBasis.Words) : SignedRoots.OfSignatures(new SignatureLayout(2, 3));
        double[] expected = [.. plain];
        roots.Forward<double>(expected);
        Assert.NotEqual(plain, expected);
        (double[] found, int[] same) = NpyFile.Read<double>(folder["rooted"]);
        Assert.Equal(expected, found);
        Assert.Equal(shape, same);
    }

    [Theory]
    [InlineData]
    [InlineData("--stream")]
    [InlineData("--log", "words")]
    [InlineData("--window", "4", "--step", "2", "--basepoint")]
    [InlineData("--window", "3", "--log", "brackets", "--inverse", "--augment", "time")]
    public void Gradients_of_roots_are_quotients_of_differences(params string[] options)
    {
        using TemporaryFolder folder = new();
        double[] path = RandomPaths.Uniform(3, 1, 6, 2);
        double[] Values(double[] points)
        {
            NpyFile.Write<double>(folder["p"], points, 1, 6, 2);
            Assert.Equal(ExitCode.Done, Answer.To(["signature", folder["p"], "-o", folder["v"], "--depth", "3", "--roots", "0.1", .. options]).Code);
            return NpyFile.Read<double>(folder["v"]).Values;
        }
        double[] values = Values(path), cotangent = RandomPaths.Uniform(4, 1, values.Length, 1);
        NpyFile.Write<double>(folder["c"], cotangent, NpyFile.Read<double>(folder["v"]).Shape);
        Assert.Equal(ExitCode.Done, Answer.To(["signature", folder["p"], "-o", folder["g"], "--depth", "3", "--roots", "0.1", "--backward", folder["c"], .. options]).Code);
        double[] gradients = NpyFile.Read<double>(folder["g"]).Values;
        const double Step = 1e-6;
        for (int i = 0; i < path.Length; i++)
        {
            double Sum(double change) => Values([.. path.Select((value, j) => i == j ? value + change : value)]).Zip(cotangent, (value, weight) => value * weight).Sum();
            Assert.Equal((Sum(Step) - Sum(-Step)) / (2 * Step), gradients[i], 1e-6);
        }
    }

    [Theory]
    [InlineData("float32", "S: 3 of 12 numbers are infinite or NaN, the first at [1, 2]; look for such numbers in what was read, or scale the paths down, or add --dtype float64.", 1e30, 1)]
    [InlineData("float64", "S: 4 of 12 numbers are infinite or NaN, the first at [0, 1]; look for such numbers in what was read, or scale the paths down.", 1, double.NaN)]
    [InlineData("float64", null, 1e30, 1)]
    public void Results_that_are_not_finite_are_written_and_told(string type, string? line, double scale, double first)
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<double>(folder["p.npy"], [0, first, 1, 0, 1, 0, 0, 0, scale, 0, scale, scale], 2, 3, 2);
        Answer answer = Answer.To("signature", folder["p.npy"], "-o", folder["s.npy"], "--depth", "2", "--dtype", type);
        Assert.Equal((ExitCode.Done, $"{folder["s.npy"]}: [2, 6] {type}\n"), (answer.Code, answer.Results));
        Assert.Equal(line is null ? "" : $"imagesig: {line.Replace("S:", folder["s.npy"] + ":", StringComparison.Ordinal)}\n", answer.Messages);
        Assert.Equal(12, NpyFile.Read<double>(folder["s.npy"]).Values.Length);
    }

    [Fact]
    public void Words_are_listed_in_the_order_of_the_result()
    {
        Assert.Equal(["1", "2", "11", "12", "21", "22"], Answer.To("signature", "--list-words", "2", "2").ResultLines);
        Assert.Equal(["1", "2", "12", "112", "122"], Answer.To("signature", "--list-words", "2", "3", "--basis", "words").ResultLines);
        Assert.Equal(["1", "2", "[1,2]", "[1,[1,2]]", "[[1,2],2]"], Answer.To("signature", "--list-words", "2", "3", "--basis", "brackets").ResultLines);
    }

    [Theory]
    [InlineData("--depth is missing", "p.npy", "-o", "s.npy")]
    [InlineData("--output (-o) is missing", "p.npy", "--depth", "2")]
    [InlineData("PATHS is missing", "-o", "s.npy", "--depth", "2")]
    [InlineData("--initial needs --basepoint-file", "p.npy", "-o", "s.npy", "--depth", "2", "--initial", "i.npy")]
    [InlineData("--basepoint and --basepoint-file are two points", "p.npy", "-o", "s.npy", "--depth", "2", "--basepoint", "--basepoint-file", "b.npy")]
    [InlineData("--step is the distance of windows", "p.npy", "-o", "s.npy", "--depth", "2", "--step", "2")]
    [InlineData("--roots changes the levels from 2 on", "p.npy", "-o", "s.npy", "--depth", "1", "--roots", "0.01")]
    [InlineData("--roots does not go with --list-words.", "--list-words", "2", "3", "--roots", "0.01")]
    [InlineData("--window goes with neither", "p.npy", "-o", "s.npy", "--depth", "2", "--window", "2", "--stream")]
    [InlineData("--augment: 'leadlag' is no augmentation", "p.npy", "-o", "s.npy", "--depth", "2", "--augment", "leadlag")]
    [InlineData("--log does not go with --list-words; give the basis as --basis.", "--list-words", "2", "3", "--log", "brackets")]
    [InlineData("--stream does not go with --list-words.", "--list-words", "2", "3", "--stream")]
    [InlineData("--list-words lists words and reads no file; leave out p.npy.", "p.npy", "--list-words", "2", "3")]
    [InlineData("--basis goes with --list-words", "p.npy", "-o", "s.npy", "--depth", "2", "--basis", "words")]
    public void What_does_not_go_together_is_wrong_usage(string message, params string[] arguments)
    {
        Answer answer = Answer.To(["signature", .. arguments]);
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Contains(message, Assert.Single(answer.MessageLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Cotangents_of_another_shape_are_refused()
    {
        using TemporaryFolder folder = new();
        NpyFile.Write<double>(folder["p.npy"], RandomPaths.Uniform(1, 1, 10, 2), 1, 10, 2);
        Answer answer = Answer.To("signature", folder["p.npy"], "-o", folder["g.npy"], "--depth", "2", "--backward", folder["p.npy"]);
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains("the array is [1, 10, 2]; [1, 6] was expected", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["g.npy"]));
    }

    [Fact]
    public void The_bench_names_workload_type_pass_threads_and_times()
    {
        Answer answer = Answer.To("bench", "signature", "--workload", "S3e", "--json");
        Assert.Equal(ExitCode.Done, answer.Code);
        JsonElement[] results = [.. JsonDocument.Parse(answer.Results).RootElement.EnumerateArray()];
        Assert.Equal(
            ["float32 forward", "float32 logsignature", "float32 backward", "float64 forward", "float64 logsignature", "float64 backward"],
            results.Select(result => $"{result.GetProperty("dtype").GetString()} {result.GetProperty("pass").GetString()}"));
        Assert.All(results, result =>
        {
            Assert.Equal("S3e_b1_l1024_c5_d5", result.GetProperty("workload").GetString());
            Assert.Equal(1, result.GetProperty("threads").GetInt32());
            Assert.InRange(result.GetProperty("minMs").GetDouble(), 1e-4, result.GetProperty("medianMs").GetDouble());
        });
        Assert.Equal(ExitCode.WrongUsage, Answer.To("bench", "signature", "--workload", "S9").Code);
    }

    private static string Golden(string array) => Folders.InShared("golden", "dev", Case, array + ".npy");

    private static void Compare(string array, string[] options, int depth = 4)
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["signature", Golden("path"), "-o", folder["result.npy"], "--depth", $"{depth}", .. options]);
        Assert.Equal("", answer.Messages);
        Assert.Equal(ExitCode.Done, answer.Code);
        (double[] expected, int[] shape) = NpyFile.Read<double>(Golden(array));
        (double[] actual, int[] actualShape) = NpyFile.Read<double>(folder["result.npy"]);
        Assert.Equal(shape, actualShape);
        GoldenArrays.AssertClose(array, expected, actual, 1e-10);
    }
}
