using BenchmarkDotNet.Attributes;
using ImageSig.Benchmarks.Running;
using ImageSig.NN;

namespace ImageSig.Benchmarks.Networks;

/// <summary>One step of training: the samples gathered, forward, cross-entropy, backward, Adam. Others are given the batch as they like it, gathered and transposed beforehand.
/// Batch normalization takes the statistics of the whole batch.</summary>
[Topic("training step", 10)]
public partial class TrainingStepBenchmarks
{
    private const float LearningRate = 0.001f;

    /// <summary>Steps whose losses are compared.</summary>
    private const int Checked = 3;

    private TrainingStep step = null!;
    private int[] batch = [];

    public static IEnumerable<NetworkSetting> Settings =>
    [
        new("fc", 3000, "batch of 3000"), new("conv", 300, "batch of 300"), new("attention", 64, "batch of 64"),
        new("grid", 64, "48 channels, batch of 64", Channels: 48), new("cnn", 64, "batch of 64"),
    ];

    [ParamsSource(nameof(Settings))]
    public NetworkSetting Setting { get; set; } = null!;

    [GlobalSetup]
    public void Prepare()
    {
        RandomSamples samples = new(Setting.Batch, Setting.Sample);
        (Model model, IReadOnlyList<Layer> layers) = Setting.Create(folded: false);
        // Before the weights are moved.
        PrepareLibTorch(layers, samples);
        TrainingOptions options = new() { Epochs = 1, BatchSize = Setting.Batch, Threads = 1, LearningRate = LearningRate, Loss = LossKind.CrossEntropy };
        MemoryPlan plan = MemoryPlan.Of(model, Setting.Batch, 0, options);
        if (model.HasBatchStatistics)
            plan = plan with { Shards = 1, ShardBytes = plan.ShardBytes * plan.Shards };
        step = new(model, samples, options, plan, Optimizer.Create(options, model.Block.Length), average: null, new WorkerPool(1));
        batch = [.. Enumerable.Range(0, Setting.Batch)];
        float[] ours = new float[Checked];
        foreach (ref float loss in ours.AsSpan())
            loss = (float)ImageSig();
        CheckLibTorch(ours);
    }

    [Benchmark(Baseline = true, Description = "ImageSig")]
    public double ImageSig() => step.Run(batch, epoch: 1, LearningRate);

    partial void PrepareLibTorch(IReadOnlyList<Layer> layers, RandomSamples samples);

    partial void CheckLibTorch(float[] losses);
}
