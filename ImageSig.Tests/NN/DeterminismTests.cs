using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.NN;

/// <summary>The same training gives the same weights, byte for byte: twice, on any number of threads, at any register width, on any machine
/// that fuses multiply-adds.</summary>
public sealed class DeterminismTests
{
    private const string WidthVariable = "DOTNET_PreferredVectorBitWidth";

    /// <summary>Every form of the matrix product, every optimizer, convolutions, attention, normalizations and most losses are in one of them. A change
    /// of these hashes is a change of every model that is trained: it needs a reason.</summary>
    [Theory]
    [InlineData("fc", "05593dadc0fc63b0cee9360ae0055a0d4da9cccd67266e38673de18836f41eeb")]
    [InlineData("conv", "19dd3bfeccc7a0f75d891561326ff5af91cabc112778fbf640c4ae22c54bcefa")]
    [InlineData("attention", "cc31549342224d278dd88d0312a8303a58ff242623689b33ef95dd6f5ba51b01")]
    [InlineData("grid", "4f1126b4427c0e1dfbd25d15c167a79248a0d75d711791c3d1d539faa6e1bc18")]
    [InlineData(GridVariants.ThreeConvolutions, "b88cc0fb637f48c690e1d94fddd708a3ff3a895840319ff8373657f15a7bc37a")]
    [InlineData(GridVariants.WeightedPlaces, "61237cf973e4efc8b0ff092b1930bca8952e3b0c405bd1dae49e13e58c77ac1e")]
    [InlineData("grid of one", "dd1c876a3d122d709220718e49de23d6e448e7afa1c21e8002086b9267efba3a")]
    [InlineData("grid of one without roots", "9a5399e22d4e1cffd90c39f0ece4ec81746dd36d9aeb5789615e29644924b14e")]
    [InlineData("vit", "52142afefc007e8deef3bbc8a721679ea8d634a2570b0e649bf2b810edbc6891")]
    [InlineData("transfer", "2cdaecfc64bb679efe72a8ad89dafb8f8879763f9ae8de9efabe86b54e9ee331")]
    public void The_weights_have_the_committed_hash_on_one_two_and_three_threads(string name, string hash)
    {
        string? width = Environment.GetEnvironmentVariable(WidthVariable);
        if (width is not null)
            Assert.Equal((int.Parse(width) >= 256, int.Parse(width) >= 512), (Vector256.IsHardwareAccelerated, Vector512.IsHardwareAccelerated));
        // At a width that is not the machine's own, where all is done once more, the fewest and the most.
        foreach (int threads in width is null ? (int[])[1, 1, 2, 3] : [1, 3])
        {
            string actual = Train(name, threads);
            Assert.True(hash == actual, $"{name} on {threads} threads: {actual}");
        }
    }

    [WidthTheory]
    [InlineData(128)]
    [InlineData(256)]
    public void At_another_register_width_the_hashes_are_the_same(int bits) => Assert.Equal(10, TestProcess.Passed(
        "FullyQualifiedName~" + nameof(The_weights_have_the_committed_hash_on_one_two_and_three_threads), WidthVariable, bits.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static string Train(string name, int threads)
    {
        bool pixels = name is "vit" or "transfer" || IsGrid(name);
        Shape shape = pixels ? new(16, 16, 3) : name == "fc" ? new(64, 120) : new(20, 7);
        // Of grid two shards a batch; of fc shards long enough for the products of large layers.
        int samples = IsGrid(name) ? 132 : name == "fc" ? 600 : 90;
        ArraySource train = pixels ? ArraySource.Edges(samples, shape, 1) : ArraySource.Bumps(samples, shape, 2, 1);
        ArraySource validation = pixels ? ArraySource.Edges(40, shape, 2) : ArraySource.Bumps(40, shape, 2, 2);
        TrainingOptions options = new() { Epochs = 3, BatchSize = 32, Seed = 5, Threads = threads };
        (ModelSpec spec, options) = name switch
        {
            "fc" => ((ModelSpec)new FcSpec(), options with { BatchSize = 600 }),
            "conv" => (new ConvSpec(), options with { Loss = LossKind.Focal, ClassWeights = [1.1f, 0.9f] }),
            "attention" => (new AttentionSpec(Blocks: 2, Heads: 2, KeySize: 9), options with
            {
                Optimizer = OptimizerKind.AdamW, WeightDecay = 0.01f, LabelSmoothing = 0.1f, Schedule = new CosineSchedule(), WarmUp = 0.1f, ClipNorm = 1,
            }),
            _ when IsGrid(name) => (Grid(name), options with
            {
                Optimizer = OptimizerKind.Sgd, LearningRate = 0.05f, Accumulation = 2, AverageDecay = 0.9f, Schedule = new StepSchedule(1, 0.5f),
            }),
            // The classifier first, then the backbone too: convolutions channel by channel, forward and backward.
            "transfer" => (new TransferSpec(Backbone.Of("small", SmallBackbone.Layers, SmallBackbone.Tensors()), Depths: 3, Hidden: 8, FineTune: true), options),
            _ => (new VitSpec(Patch: 4, Features: 18, Blocks: 1, Heads: 3), options with
            {
                Loss = LossKind.BinaryCrossEntropy, Schedule = new PlateauSchedule(0, 0.5f),
            }),
        };
        Model model = Model.Create(spec, shape, 2, 7);
        Trainer.Fit(model, train, validation, options);
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(model.Block.Span)));
    }

    private static bool IsGrid(string name) => name.StartsWith("grid", StringComparison.Ordinal);

    /// <summary>The default, with an option, and what it was in former versions.</summary>
    private static GridSpec Grid(string name) => name switch
    {
        "grid of one" => new(Channels: 48, Grids: 1),
        "grid of one without roots" => new(Channels: 48, Roots: 0, Grids: 1),
        _ => (GridSpec)GridVariants.Named(name),
    };

    /// <summary>A theory that needs a processor with registers wider than 128 bits.</summary>
    private sealed class WidthTheoryAttribute : TheoryAttribute
    {
        public WidthTheoryAttribute()
        {
            if (!Vector256.IsHardwareAccelerated)
                Skip = "this processor has one register width only";
        }
    }
}
