using System.Diagnostics;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Measurement;

/// <summary>How fast networks train and predict on this machine: fixed workloads with names.</summary>
internal static class NetworkBenchmark
{
    private static readonly Shape Input = new(64, 120);

    /// <summary>The workloads, in the order in which they are reported.</summary>
    public static IReadOnlyList<string> Workloads { get; } = ["fc-train-b3000", "conv-train-b300", "fc-infer-b1", "conv-infer-b1"];

    /// <summary>Matrix products alone, at the shapes of the goals: gemm-m x k x n multiplies [m, k] with [k, n], on one thread.</summary>
    public static IReadOnlyList<string> Products { get; } = ["gemm-512x512x512", "gemm-3000x7680x50"];

    /// <summary>Runs one workload: 64 streams of 120 features, 2 classes.</summary>
    /// <param name="workload">One of <see cref="Workloads"/> or <see cref="Products"/>. Training: one step, forward, backward and Adam, the samples gathered
    /// from where they lie. Inference: one sample.</param>
    /// <param name="threads">Threads for training; inference takes one.</param>
    /// <param name="cancellation">Looked at between two runs.</param>
    /// <exception cref="ArgumentException">There is no such workload.</exception>
    public static NetworkTiming Run(string workload, int threads, CancellationToken cancellation = default) => workload switch
    {
        "fc-train-b3000" => Train(workload, new FcSpec(), 3000, steps: 25, threads, cancellation),
        "conv-train-b300" => Train(workload, new ConvSpec(), 300, steps: 100, threads, cancellation),
        "fc-infer-b1" => Infer(workload, new FcSpec(), cancellation),
        "conv-infer-b1" => Infer(workload, new ConvSpec(), cancellation),
        "gemm-512x512x512" => Multiply(workload, 512, 512, 512, runs: 60, cancellation),
        "gemm-3000x7680x50" => Multiply(workload, 3000, 7680, 50, runs: 15, cancellation),
        _ => throw new ArgumentException($"There is no workload '{workload}'; choose {string.Join(" or ", [.. Workloads, .. Products])}."),
    };

    private static NetworkTiming Train(string workload, ModelSpec spec, int batch, int steps, int threads, CancellationToken cancellation)
    {
        Model model = Model.Create(spec, Input, 2, seed: 1);
        TrainingOptions options = new() { Epochs = steps, BatchSize = batch, Threads = threads };
        StepClock clock = new(steps);
        Trainer.Fit(model, new NoiseSource(batch, Input), null, options, clock, cancellation);
        // Backward is two products for each of the forward pass, but for the first layer, whose input needs no gradient.
        LayerSummary first = model.Layers.First(layer => layer.MultiplyAdds > 0);
        return new NetworkTiming(workload, threads, clock.Milliseconds(skip: 2), batch * (3 * model.MultiplyAdds - first.MultiplyAdds));
    }

    private static NetworkTiming Infer(string workload, ModelSpec spec, CancellationToken cancellation)
    {
        const int warmUp = 200;
        const int runs = 3000;
        Model model = Model.Create(spec, Input, 2, seed: 1);
        float[] sample = new float[Input.Count];
        new NoiseSource(1, Input).CopyTo(0, sample);
        float[] probabilities = new float[2];
        double[] times = new double[runs];
        for (int i = -warmUp; i < runs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            model.Predict(sample, 1, probabilities);
            if (i >= 0)
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return new NetworkTiming(workload, 1, times, model.MultiplyAdds);
    }

    private static NetworkTiming Multiply(string workload, int m, int k, int n, int runs, CancellationToken cancellation)
    {
        Tape tape = new(new TensorArena(), isTraining: false);
        Tensor left = new(new Shape(m, k));
        Tensor right = new(new Shape(k, n));
        new NoiseSource(1, left.Shape).CopyTo(0, left.Span);
        new NoiseSource(1, right.Shape).CopyTo(0, right.Span);
        double[] times = new double[runs];
        for (int i = -2; i < runs; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            tape.Reset();
            long start = Stopwatch.GetTimestamp();
            tape.MatMul(left, right);
            if (i >= 0)
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        return new NetworkTiming(workload, 1, times, (long)m * k * n);
    }

    /// <summary>Times from one report of a training to the next.</summary>
    private sealed class StepClock(int steps) : IProgress<TrainingProgress>
    {
        private readonly double[] times = new double[steps];
        private long last = Stopwatch.GetTimestamp();
        private int count;

        public void Report(TrainingProgress value)
        {
            times[count++] = Stopwatch.GetElapsedTime(last).TotalMilliseconds;
            last = Stopwatch.GetTimestamp();
        }

        public double[] Milliseconds(int skip) => times[skip..count];
    }

    private sealed class NoiseSource : ISampleSource
    {
        private readonly float[] samples;

        public NoiseSource(int count, Shape shape)
        {
            (Count, SampleShape) = (count, shape);
            samples = new float[count * shape.Count];
            RandomStream random = new(seed: 1, purpose: 0);
            foreach (ref float value in samples.AsSpan())
                value = random.NextFloat();
        }

        public int Count { get; }

        public Shape SampleShape { get; }

        public int Label(int index) => index % 2;

        public void CopyTo(int index, Span<float> destination) =>
            samples.AsSpan(index * SampleShape.Count, SampleShape.Count).CopyTo(destination);
    }
}
