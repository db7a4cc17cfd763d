using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.SelfTest;

/// <summary>Ten steps of training on drawn samples, whose class is where they are brighter.</summary>
internal static class TrainingSelfTest
{
    private const int Samples = 32, Steps = 10;

    /// <summary>The loss must fall, and the weights have the bits that they have everywhere.</summary>
    public static SelfTestPart Run(ModelSpec spec, Shape input)
    {
        Model model = Model.Create(spec, input, outputs: 2, seed: 1);
        TrainingOptions options = new() { Epochs = Steps, BatchSize = Samples, Threads = 2, LearningRate = 0.01f };
        IReadOnlyList<EpochRecord> history = Trainer.Fit(model, new Halves(input), validation: null, options).Epochs;
        Digest digest = new();
        foreach (Parameter parameter in model.Parameters)
            digest.Add<float>(parameter.Value.Span);
        bool falls = history[^1].TrainLoss < history[0].TrainLoss;
        return new SelfTestPart($"training {spec.Name}", falls ? $"the loss falls in {Steps} steps" : "the loss does not fall", falls, digest.Value);
    }

    private sealed class Halves(Shape shape) : ISampleSource
    {
        private readonly float[] noise = SelfTests.Draw<float>(Samples * shape.Count, purpose: 6);

        public int Count => Samples;

        public Shape SampleShape => shape;

        public int Label(int index) => index % 2;

        public void CopyTo(int index, Span<float> destination)
        {
            noise.AsSpan(index * shape.Count, shape.Count).CopyTo(destination);
            int half = shape.Count / 2;
            foreach (ref float value in destination.Slice(Label(index) * half, half))
                value += 1;
        }
    }
}
