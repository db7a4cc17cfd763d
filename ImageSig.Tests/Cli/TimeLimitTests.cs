using ImageSig.Cli;
using ImageSig.Cli.Arguments;
using ImageSig.NN;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>train --time</c>: a measurement sets the number of epochs, and nothing else.</summary>
public class TimeLimitTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    private static readonly string[] Small = ["--model", "grid", "--image-size", "16", "--batch-size", "16", "--validation", "0.2", "--quiet"];

    [Fact]
    public void A_training_of_a_time_is_that_of_the_epochs_which_were_found_to_fit()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["train", trained.Photos, "-o", folder["timed"], "--time", "1s", .. Small]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        int epochs = ImageClassifier.Load(folder["timed"]).Training.Epochs;
        Assert.InRange(epochs, 1, 100_000);
        Assert.Contains($" of {epochs}\n", answer.Results, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Answer.To(["train", trained.Photos, "-o", folder["counted"], "--epochs", $"{epochs}", .. Small]).Code);
        Assert.Equal(File.ReadAllBytes(folder["counted"]), File.ReadAllBytes(folder["timed"]));
    }

    [Fact]
    public void One_that_is_resumed_keeps_the_number_that_was_found()
    {
        using TemporaryFolder folder = new();
        TrainingRecipe recipe = TrainingRecipe.Named() with { TimeLimit = TimeSpan.FromSeconds(30) };
        recipe = recipe with { Features = recipe.Features with { Width = 16, Height = 16 } };
        using CancellationTokenSource stop = new();
        int planned = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => ImageClassifier.Train(trained.Photos, recipe, new Direct(value =>
        {
            if (value.Stage == PipelineStage.Plan)
                planned = value.Epoch!.Value.Count;
            if (value.Epoch is { Number: 4 })
                stop.Cancel();
        }), new(folder["c"], Resume: false), stop.Token));
        Assert.True(planned > 4);
        Assert.Equal(planned, CheckpointFile.SettingsIn(folder["c"])!.Value.Recipe.Training.Epochs);

        // The rest is not trained: what matters is how much of it there would be.
        int count = 0;
        using CancellationTokenSource again = new();
        Assert.ThrowsAny<OperationCanceledException>(() => ImageClassifier.Train(trained.Photos, recipe, new Direct(value =>
        {
            if (value.Stage != PipelineStage.Train)
                return;
            count = value.Epoch!.Value.Count;
            again.Cancel();
        }), new(folder["c"], Resume: true), again.Token));
        Assert.Equal(planned, count);
    }

    [Fact]
    public void How_long_a_training_will_take_is_told_once_when_two_steps_were_timed()
    {
        TrainingRecipe recipe = TrainingRecipe.Named().WithTraining(options => options with { Epochs = 5, BatchSize = 16 });
        recipe = recipe with { Features = recipe.Features with { Width = 16, Height = 16 } };
        List<PipelineProgress> told = [];
        ImageClassifier.Train(trained.Photos, recipe, new Direct(told.Add));
        PipelineProgress plan = Assert.Single(told, value => value.Stage == PipelineStage.Plan);
        Assert.Equal(5, plan.Epoch!.Value.Count);
        Assert.Equal(told.Last(value => value.Stage == PipelineStage.Train).Total, plan.Total);
        Assert.True(plan.Remaining > TimeSpan.Zero && plan.Done < plan.Total);
        Assert.Equal(2, told.TakeWhile(value => value.Stage != PipelineStage.Plan).Count(value => value.Stage == PipelineStage.Train));
    }

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1h1m1s", 3661)]
    [InlineData("", null)]
    [InlineData("10", null)]
    [InlineData("m", null)]
    [InlineData("-5m", null)]
    [InlineData("1.5h", null)]
    [InlineData("5m5m", null)]
    [InlineData("5m1h", null)]
    [InlineData("0s", null)]
    [InlineData("5 m", null)]
    [InlineData("9999999h", null)]
    public void A_duration_is_whole_numbers_with_their_units_the_longest_first(string text, int? seconds) =>
        Assert.Equal(seconds, (int?)Duration.Parse(text)?.TotalSeconds);

    private sealed class Direct(Action<PipelineProgress> told) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => told(value);
    }
}
