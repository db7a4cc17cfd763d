using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Measurement;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>imagesig bench predict</c>, and the meter of energy.</summary>
public class PredictionBenchTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void Every_figure_is_there_and_the_stages_are_no_longer_than_the_whole(string threads)
    {
        Answer answer = Answer.To("bench", "predict", "-m", trained.Model, trained.Others, "--seconds", "0.2", "--threads", threads, "--json");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        JsonElement json = JsonDocument.Parse(answer.Results).RootElement;
        double Value(string name) => json.GetProperty(name).GetDouble();
        Assert.Equal((10, threads), (json.GetProperty("images").GetInt32(), $"{json.GetProperty("threads").GetInt32()}"));
        Assert.True(Value("frames") >= 1 && Value("framesPerSecond") > 0 && Value("p50") > 0 && Value("p50") <= Value("p99"));
        Assert.All((string[])["decode", "resize", "signature", "network", "peakMemory", "allocatedPerFrame"], name => Assert.True(Value(name) > 0, name));
        Assert.All((string[])["decode", "resize", "signature", "network"], name => Assert.True(Value(name) <= Value("p99"), name));
    }

    [Fact]
    public void A_table_is_for_people_and_files_that_cannot_be_read_are_told()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["notes.png"], "no picture");
        Answer answer = Answer.To("bench", "predict", "-m", trained.Model, trained.APicture, folder["notes.png"], "--seconds", "0.05");
        Assert.Equal(ExitCode.Failed, answer.Code);
        Assert.Contains("notes.png", Assert.Single(answer.MessageLines), StringComparison.Ordinal);
        Assert.Matches("^[0-9,]+ images in 0.[0-9] s with 1 thread: [0-9.]+/s; half within [0-9.]+ ms, 99 of 100 within [0-9.]+ ms\n\nstage +median ms +share\nread and decode ", answer.Results);
        Assert.Matches("memory: at most [0-9.]+ [MG]B in all; [0-9.]+ [kKM]?B allocated for an image\nenergy: ", answer.Results);
    }

    [Fact]
    public void Several_models_are_measured_together()
    {
        Answer answer = Answer.To("bench", "predict", "-m", trained.Model, "-m", trained.Model, trained.Others, "--seconds", "0.05", "--json");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        JsonElement json = JsonDocument.Parse(answer.Results).RootElement;
        Assert.Equal([trained.Model, trained.Model], json.GetProperty("models").EnumerateArray().Select(model => model.GetString()));
        Assert.False(json.TryGetProperty("model", out _));
        Assert.Contains("\nmodels ", Answer.To("bench", "predict", "-m", trained.Model, "-m", trained.Model, trained.APicture, "--seconds", "0.05").Results, StringComparison.Ordinal);
    }

    [Fact]
    public void What_models_share_counts_once()
    {
        ImageClassifier one = ImageClassifier.Load(trained.Model);
        TimeSpan second = TimeSpan.FromSeconds(1);
        Prediction[] answers = [.. Enumerable.Range(1, 2).Select(number => new Prediction("dark", 1, [], new PredictionTimes(second, number * second, number * second)) { LabelIndex = 0 })];
        Assert.Equal(new PredictionTimes(second, 2 * second, 3 * second), new ClassifierSet([one, one]).Together(answers));
    }

    [Fact]
    public void A_percentile_is_the_smallest_number_that_so_many_do_not_exceed()
    {
        double[] hundred = [.. Enumerable.Range(1, 100).Select(number => (double)number)];
        Assert.Equal((50, 99, 1), (PredictionBenchmark.Percentile(hundred, 0.5), PredictionBenchmark.Percentile(hundred, 0.99), PredictionBenchmark.Percentile(hundred.AsSpan(0, 1), 0.99)));
    }

    [Fact]
    public void Energy_is_the_sum_of_whole_processors_and_counters_may_begin_anew()
    {
        using TemporaryFolder root = new();
        Assert.Null(EnergyMeter.Start(root.Path));
        Zone("intel-rapl:0", energy: 1_000_000, range: 5_000_000);
        Zone("intel-rapl:0:0", energy: 0, range: 5_000_000);
        Zone("intel-rapl:1", energy: 4_000_000, range: 5_000_000);
        EnergyMeter meter = EnergyMeter.Start(root.Path)!;
        Zone("intel-rapl:0", energy: 1_500_000, range: 5_000_000);
        Zone("intel-rapl:0:0", energy: 400_000, range: 5_000_000);
        Zone("intel-rapl:1", energy: 250_000, range: 5_000_000);
        Assert.Equal(0.5 + 1.25, meter.Joules()!.Value, 1e-9);

        void Zone(string name, int energy, int range)
        {
            Directory.CreateDirectory(root[$"sys/class/powercap/{name}"]);
            File.WriteAllText(root[$"sys/class/powercap/{name}/energy_uj"], $"{energy}\n");
            File.WriteAllText(root[$"sys/class/powercap/{name}/max_energy_range_uj"], $"{range}\n");
        }
    }
}
