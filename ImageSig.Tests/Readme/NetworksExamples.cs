using System.Numerics.Tensors;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using Tensor = ImageSig.Tensors.Tensor;

namespace ImageSig.Tests.Readme;

/// <summary>The C# of docs/networks.md, word for word; <see cref="NetworksDocumentTests"/> compares and runs it.</summary>
internal static class NetworksExamples
{
    public static float Views()
    {
        // README
        float[] memory = new float[Tensor.MemoryFor(new Shape(2, 3))];
        TensorSpan<float> theirs = new(memory, 0, [2, 3], [3, 1]);
        theirs[1, 2] = 5;
        Tensor ours = Tensor.Over(memory, new Shape(2, 3));                        // the same memory
        Tensor chances = new Tape(new TensorArena(), isTraining: false).Softmax(ours);
        ReadOnlyTensorSpan<float> result = chances.AsReadOnlyTensorSpan();         // no copy either
        // END
        return result[1, 2];
    }

    public static float OwnLoop()
    {
        // README
        Sequential network = new("xor", "two layers", [new Dense("hidden", 2, 8, Activation.Tanh), new Dense("output", 8, 1)]);
        network.Initialize(new Initializer(seed: 1));
        ParameterBlock block = new(network.Parameters);
        Gradients gradients = new(block);
        AdamOptimizer optimizer = new(block.Length);
        Tape tape = new(new TensorArena(), isTraining: true);
        Tensor inputs = new(new Shape(4, 2), [0, 0, 0, 1, 1, 0, 1, 1]);
        Tensor wanted = new(new Shape(4, 1), [0, 1, 1, 0]);
        float loss = 0;
        for (int step = 0; step < 300; step++)
        {
            tape.Reset();
            gradients.Clear();
            Tensor total = tape.MeanSquaredError(network.Forward(tape, inputs), wanted, scale: 1 / 4f);
            loss = total.Span[0];
            tape.Backward(total, gradients);
            optimizer.Step(block, gradients, learningRate: 0.02);
        }
        // END
        return loss;
    }

    public static Model OwnNetwork(ISampleSource train)
    {
        // README
        Model network = Model.Of(
            [
                new Conv1D("conv", 7, 16, 3, Activation.Relu),
                new MeanOverPositions("mean"),
                new Dense("output", 16, 4),
            ],
            train.SampleShape, seed: 1);
        TrainingOptions brief = new() { Epochs = 4, BatchSize = 25, LearningRate = 0.01f, Loss = LossKind.BinaryCrossEntropy };
        Trainer.Fit(network, train, null, brief);
        foreach (Parameter parameter in network.Parameters)
            parameter.IsFrozen = parameter.Name.StartsWith("conv", StringComparison.Ordinal);
        Trainer.Fit(network, train, null, brief);                                   // the convolution stays as it is, to the last bit
        // END
        return network;
    }

    public static void KeepWeights(Model network, float[] sequences, float[] answers, TrainingOptions brief, string path)
    {
        // README
        ArraySamples ofArrays = new(new Shape(20, 7), sequences, answers);          // [N, 20, 7] and [N, 4]: all lie in two arrays
        Trainer.Fit(network, ofArrays, null, brief);
        SafetensorsFile weights = new([], [.. network.Parameters.Select(each => new SafetensorsEntry(each.Name, each.Shape.ToArray(), each.Value.Span.ToArray()))]);
        AtomicFile.Write(path, stream => stream.Write(weights.ToBytes()));

        Dictionary<string, SafetensorsEntry> saved = SafetensorsFile.Read(File.ReadAllBytes(path)).Tensors.ToDictionary(entry => entry.Name);
        foreach (Parameter parameter in network.Parameters)
            saved[parameter.Name].Values.CopyTo(parameter.Value.Span);
        // END
    }

    public static (MemoryPlan Plan, TrainingSummary Summary, float[] Chances) Train(ISampleSource train, ISampleSource validation, float[] sample)
    {
        // README
        TrainingOptions options = new()
        {
            Epochs = 12,
            BatchSize = 25,
            Accumulation = 2,                       // gradients of two batches make one step
            Loss = LossKind.BinaryCrossEntropy,     // several yes-or-no questions; the source's CopyTargets has the answers
            Optimizer = OptimizerKind.AdamW,
            LearningRate = 0.005f,
            WeightDecay = 0.01f,
            Schedule = new CosineSchedule(),
            WarmUp = 0.1f,
            ClipNorm = 1,
            AverageDecay = 0.9f,
            Patience = 5,
            Threads = 2,
            MemoryLimit = 64_000_000,
        };
        Model model = Model.Create(new ConvSpec(), train.SampleShape, outputs: 4, seed: 1);
        MemoryPlan plan = MemoryPlan.Of(model, train.Count, validation.Count, options);
        TrainingSummary summary = Trainer.Fit(model, train, validation, options);
        float[] chances = new float[4];
        model.PredictAttributes(sample, 1, chances);
        // END
        return (plan, summary, chances);
    }
}
