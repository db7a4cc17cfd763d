using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

public class CheckpointFileTests
{
    /// <summary>One text of a file's metadata is a megabyte at most: about seven thousand epochs.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2000)]
    [InlineData(2001)]
    [InlineData(20_000)]
    public void A_history_of_any_length_comes_back_bit_for_bit(int epochs)
    {
        using TemporaryFolder folder = new();
        (CheckpointFile file, Func<int, TrainerState> after) = Begin(new(folder["c"], Resume: false), epochs);
        TrainerState state = after(epochs);
        file.Keep(state);
        file.Flush();
        TrainerState read = file.Read()!;
        Assert.Equal(state.History, read.History);
        Assert.Equal(state.Weights, read.Weights);
        (TrainingRecipe recipe, IReadOnlyList<string> teachers) = CheckpointFile.SettingsIn(folder["c"])!.Value;
        Assert.Equal(epochs, recipe.Training.Epochs);
        Assert.Empty(teachers);
    }

    [Fact]
    public void It_is_written_after_as_many_epochs_as_are_asked_for()
    {
        using TemporaryFolder folder = new();
        (CheckpointFile file, Func<int, TrainerState> after) = Begin(new(folder["c"], Resume: false) { Epochs = 3, Interval = TimeSpan.Zero }, epochs: 9);
        int[] written = new int[9];
        for (int epoch = 1; epoch <= 8; epoch++)
        {
            file.Keep(after(epoch));
            written[epoch] = file.Read()?.Epoch ?? 0;
        }
        Assert.Equal([0, 0, 0, 3, 3, 3, 6, 6, 6], written);
        file.Flush();
        Assert.Equal(8, file.Read()!.Epoch);
    }

    [Fact]
    public void It_is_written_when_as_much_time_as_is_asked_for_went_by()
    {
        using TemporaryFolder folder = new();
        (CheckpointFile file, Func<int, TrainerState> after) = Begin(new(folder["c"], Resume: false) { Interval = TimeSpan.FromMilliseconds(50) }, epochs: 3);
        file.Keep(after(1));
        Thread.Sleep(60);
        file.Keep(after(2));
        Assert.Equal(2, file.Read()!.Epoch);
        (CheckpointFile patient, _) = Begin(new(folder["d"], Resume: false) { Interval = TimeSpan.FromHours(1) }, epochs: 3);
        patient.Keep(after(1));
        Assert.Null(patient.Read());
    }

    [Fact]
    public void A_name_of_two_lines_in_it_is_quoted_in_one()
    {
        using TemporaryFolder folder = new();
        (CheckpointFile file, Func<int, TrainerState> after) = Begin(new(folder["c"], Resume: true), epochs: 2);
        file.Keep(after(1));
        file.Flush();
        SafetensorsFile honest = SafetensorsFile.Read(File.ReadAllBytes(folder["c"]));
        byte[] changed = new SafetensorsFile([.. honest.Metadata.Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Replace("vflip", "v\\nflip")))], honest.Tensors).ToBytes();
        Checksum.Stamp(changed);
        File.WriteAllBytes(folder["c"], changed);
        ModelFileException refusal = Assert.Throws<ModelFileException>(() => CheckpointFile.SettingsIn(folder["c"]));
        Assert.Contains("There is no augmentation 'v flip'", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static (CheckpointFile File, Func<int, TrainerState> After) Begin(CheckpointOptions options, int epochs)
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", "fc").WithTraining(options => options with { Epochs = epochs });
        Model model = Model.Create(new FcSpec(), new Shape(2, 3), outputs: 2, seed: 1);
        float[][] weights = [.. model.Parameters.Select(parameter => parameter.Value.Span.ToArray())];
        return (new(options, TrainingFingerprint.Of(recipe, ["a", "b"], []), model), done => new()
        {
            Epoch = done, Steps = done, ChosenEpoch = done, Weights = weights, ChosenWeights = weights, Memory = new Dictionary<string, IReadOnlyList<float[]>>(),
            History = [.. Enumerable.Range(1, done).Select(epoch => new EpochRecord(epoch, 1.0 / epoch, Math.Sqrt(epoch), Math.Sin(epoch), Math.Cos(epoch), 0.1 / epoch))],
        });
    }
}
