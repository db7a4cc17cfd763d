using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>As many blocks as the paper speaks of, really stacked.</summary>
public sealed class DeepAttentionTests
{
    [Fact]
    public void Fifty_stacked_blocks_train_without_divergence()
    {
        Shape shape = new(42, 7);
        ArraySource train = ArraySource.Bumps(64, shape, 2, 1);
        Model model = Model.Create(new AttentionSpec(Blocks: 50, Dropout: 0, BlockDropout: 0), shape, 2, 7);
        Assert.Equal("[3, 64]", model.Layers[5].OutputShape.ToString());
        TrainingOptions options = new()
        {
            Epochs = 6, BatchSize = 16, Optimizer = OptimizerKind.AdamW, LearningRate = 0.0003f, WeightDecay = 0.0001f, ClipNorm = 1,
            Schedule = new CosineSchedule(), WarmUp = 0.2f, Threads = 2, Seed = 1,
        };
        double[] losses = [.. Trainer.Fit(model, train, null, options).Epochs.Select(epoch => epoch.TrainLoss)];
        Assert.True(losses.Max() < 1.5 && losses[^1] < 0.8 * Math.Log(2), string.Join(", ", losses));
    }
}
