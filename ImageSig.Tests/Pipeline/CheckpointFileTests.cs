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
        TrainingRecipe recipe = TrainingRecipe.Named("default", "fc").WithTraining(options => options with { Epochs = epochs });
        Model model = Model.Create(new FcSpec(), new Shape(2, 3), outputs: 2, seed: 1);
        CheckpointFile file = new(folder["c"], TrainingFingerprint.Of(recipe, ["a", "b"], []), model);
        float[][] weights = [.. model.Parameters.Select(parameter => parameter.Value.Span.ToArray())];
        TrainerState state = new()
        {
            Epoch = epochs, Steps = epochs, ChosenEpoch = epochs, Weights = weights, ChosenWeights = weights, Memory = new Dictionary<string, IReadOnlyList<float[]>>(),
            History = [.. Enumerable.Range(1, epochs).Select(epoch => new EpochRecord(epoch, 1.0 / epoch, Math.Sqrt(epoch), Math.Sin(epoch), Math.Cos(epoch), 0.1 / epoch))],
        };
        file.Keep(state);
        file.Flush();
        TrainerState read = file.Read()!;
        Assert.Equal(state.History, read.History);
        Assert.Equal(weights, read.Weights);
        Assert.Equal(epochs, CheckpointFile.RecipeIn(folder["c"])!.Training.Epochs);
    }
}
