using System.Globalization;
using ImageSig.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>The bytes that a training will take beside the samples themselves, known before its first step.</summary>
/// <remarks>Small shards are run on zeros to see what they take. From a few samples on it grows in a straight line, which two of them tell.
/// Everything else is a count.</remarks>
/// <param name="Threads">Threads it is for.</param>
/// <param name="Shards">Fixed parts of a batch, of which each thread works on one at a time.</param>
/// <param name="ShardBytes">Results, gradients of results and scratch memory of one shard.</param>
/// <param name="ChunkBytes">Results and scratch memory of the samples that validation measures together.</param>
/// <param name="Activations">All shards that are worked on at once.</param>
/// <param name="Weights">The model's weights, and those of the epoch chosen so far.</param>
/// <param name="Gradients">Of every shard worked on at once, and their sum.</param>
/// <param name="Optimizer">What it remembers of every weight, and their running average.</param>
/// <param name="Validation">Samples, results and scores of measuring the model; 0 without validation.</param>
public sealed record MemoryPlan(
    int Threads, int Shards, long ShardBytes, long ChunkBytes, long Activations, long Weights, long Gradients, long Optimizer, long Validation)
{
    private const int FewSamples = 16;
    private const int MoreSamples = 32;

    /// <summary>All together.</summary>
    public long TotalBytes => Activations + Weights + Gradients + Optimizer + Validation;

    /// <summary>The plan of a training with these options, at the number of threads they name.</summary>
    /// <param name="model">Is not changed.</param>
    /// <param name="samples">Training samples.</param>
    /// <param name="validationSamples">Validation samples, 0 for none.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentNullException">No model or no options.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No training sample, or fewer validation samples than none.</exception>
    /// <exception cref="SettingException">The options are out of range.</exception>
    public static MemoryPlan Of(Model model, int samples, int validationSamples, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(validationSamples);
        options.Check(model.Outputs);
        return new MemoryLines(model, options).At(samples, validationSamples, options.BatchSize, options.Accumulation, options.Threads);
    }

    /// <summary>The plan with as many threads as the options' limit allows.</summary>
    /// <exception cref="SettingException">One thread needs more; the message says what would fit.</exception>
    internal static MemoryPlan Within(Model model, int samples, int validationSamples, TrainingOptions options)
    {
        MemoryLines lines = new(model, options);
        MemoryPlan plan = lines.At(samples, validationSamples, options.BatchSize, options.Accumulation, options.Threads);
        if (options.MemoryLimit == 0)
            return plan;
        while (plan.TotalBytes > options.MemoryLimit && plan.Threads > 1)
            plan = lines.At(samples, validationSamples, options.BatchSize, options.Accumulation, plan.Threads - 1);
        if (plan.TotalBytes <= options.MemoryLimit)
            return plan;
        int step = (int)Math.Min((long)options.BatchSize * options.Accumulation, samples);
        int batch = Math.Min(options.BatchSize, samples);
        int times;
        long bytes;
        do
        {
            batch = Math.Max(1, batch / 2);
            times = EpochCut.Batches(step, batch);
            bytes = lines.At(samples, validationSamples, batch, times, threads: 1).TotalBytes;
        }
        while (bytes > options.MemoryLimit && batch > 1);
        string advice = bytes <= options.MemoryLimit
            ? $"batches of {batch} fit, with gradients accumulated over {times} of them"
            : string.Create(CultureInfo.InvariantCulture, $"even batches of 1 need {bytes / 1e6:0.0} MB: use a smaller model or a higher limit");
        throw new SettingException(string.Create(
            CultureInfo.InvariantCulture,
            $"Training: batches of {options.BatchSize} need {plan.TotalBytes / 1e6:0.0} MB on one thread, the limit is {options.MemoryLimit / 1e6:0.0} MB; {advice}."));
    }

    /// <summary>How the memory of a model grows with the samples.</summary>
    private sealed class MemoryLines
    {
        private readonly Model model;
        private readonly int optimizerArrays;
        private readonly Func<int, long> training;
        private readonly Func<int, long> predicting;

        public MemoryLines(Model model, TrainingOptions options)
        {
            this.model = model;
            optimizerArrays = NN.Optimizer.FloatsPerWeight(options.Optimizer) + (options.AverageDecay > 0 ? 1 : 0);
            training = Line(count =>
            {
                Shard shard = new(model, new Zeros(model.Input), options);
                shard.Run(new int[count], epoch: 1, scale: 1);
                return shard.Arena.PeakBytes;
            }, options.MemoryLimit);
            predicting = model.PredictionBytes;
        }

        public MemoryPlan At(int samples, int validationSamples, int batchSize, int accumulation, int threads)
        {
            const long bytes = sizeof(float);
            long block = model.Block.Length * bytes;
            EpochCut cut = new(samples, batchSize, accumulation);
            int shards = ShardCount.Of(model, cut.MinBatch);
            int workers = Math.Min(threads, shards);
            long shardBytes = training((cut.MaxBatch + shards - 1) / shards);
            int chunk = Math.Min(NN.Validation.ChunkSize, validationSamples);
            long chunkBytes = validationSamples == 0 ? 0 : predicting(chunk);
            long validation = threads * (chunkBytes + (long)chunk * model.Input.Count * bytes) + (long)validationSamples * model.Outputs * bytes;
            return new MemoryPlan(
                threads, shards, shardBytes, chunkBytes, workers * shardBytes + ((long)samples + cut.MaxBatch) * sizeof(int), 2 * block, (workers + 1) * block,
                optimizerArrays * block, validation);
        }

        /// <summary>What is measured up to <see cref="MoreSamples"/>, and from there the straight line and a fiftieth: memory that turns out
        /// too small by a little would grow in large steps. Above the block of rows of a matrix product, which then keeps what it packs, two points
        /// above it tell the line; unless the limit is exceeded anyway.</summary>
        private static Func<int, long> Line(Func<int, long> measure, long limit)
        {
            (long Few, long More) small = (measure(FewSamples), measure(MoreSamples));
            (long Few, long More)? large = null;
            return samples =>
            {
                if (samples <= MoreSamples)
                    return samples == 0 ? 0 : measure(samples);
                long bytes = Along(small, FewSamples, samples);
                if (samples <= MatMulKernel.RowBlock || (limit > 0 && bytes > limit))
                    return bytes;
                large ??= (measure(MatMulKernel.RowBlock + FewSamples), measure(MatMulKernel.RowBlock + MoreSamples));
                return Along(large.Value, MatMulKernel.RowBlock + FewSamples, samples);
            };
        }

        private static long Along((long Few, long More) points, int few, int samples) =>
            (long)(1.02 * (points.Few + (points.More - points.Few) / (double)(MoreSamples - FewSamples) * (samples - few)));
    }

    /// <summary>Samples of zeros, class 0.</summary>
    private sealed class Zeros(Shape shape) : ISampleSource
    {
        public int Count => MoreSamples;

        public Shape SampleShape => shape;

        public int Label(int index) => 0;

        public void CopyTo(int index, Span<float> destination) => destination.Clear();
    }
}
