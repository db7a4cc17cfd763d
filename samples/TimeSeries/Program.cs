// TimeSeries: a deep signature model of noisy paths in the plane that turn left or right. What tells them apart is the area under the path, which is a term of
// the signature's second level; a learned lift before the signature and a dense layer behind it find it from 200 examples.
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

const int Lifted = 3;
Turns train = new(200, seed: 1), validation = new(100, seed: 2);
Model model = Model.Of(
    [
        new Conv1D("lift", 2, Lifted, 1, Activation.None),
        new SignatureLayer("signature", new SignatureTransform(Lifted, depth: 3)),
        new Dense("output", Lifted + (Lifted * Lifted) + (Lifted * Lifted * Lifted), 2),
    ],
    train.SampleShape, seed: 1);
TrainingSummary summary = Trainer.Fit(model, train, validation, new TrainingOptions { Epochs = 15, BatchSize = 20, LearningRate = 0.01f, Seed = 1 });
Console.WriteLine($"{model.ParameterCount} parameters, {summary.Epochs[^1].ValidationAccuracy:P0} of 100 other paths right");

/// <summary>Arcs with noise: [40, 2], class 1 where they turn left.</summary>
internal sealed class Turns : ISampleSource
{
    private const int Points = 40;
    private readonly float[][] paths;

    public Turns(int count, int seed)
    {
        Random random = new(seed);
        paths = [.. Enumerable.Range(0, count).Select(index => Path(random, index % 2 == 0 ? -1 : 1))];
    }

    public int Count => paths.Length;

    public Shape SampleShape => new(Points, 2);

    public int Label(int index) => index % 2;

    public void CopyTo(int index, Span<float> destination) => paths[index].CopyTo(destination);

    private static float[] Path(Random random, int side)
    {
        double begin = 2 * Math.PI * random.NextDouble(), span = 2 + random.NextDouble();
        float[] path = new float[2 * Points];
        for (int i = 0; i < Points; i++)
        {
            double angle = begin + (side * span * i / Points);
            path[2 * i] = (float)(Math.Cos(angle) + (0.1 * (random.NextDouble() - 0.5)));
            path[(2 * i) + 1] = (float)(Math.Sin(angle) + (0.1 * (random.NextDouble() - 0.5)));
        }
        return path;
    }
}
