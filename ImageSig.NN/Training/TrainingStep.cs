using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>One optimizer step: a batch in eight fixed shards, their gradients added in order, the weights moved.</summary>
/// <remarks>The split does not depend on the number of threads, only who does which shard; so neither do the sums. As many shards
/// as there are threads run at once, then all threads add their gradients, each in its own range of the block.</remarks>
internal sealed class TrainingStep
{
    /// <summary>Part of every result: another number gives other sums.</summary>
    public const int Shards = 8;

    private readonly Model model;
    private readonly AdamOptimizer optimizer;
    private readonly WorkerPool pool;
    private readonly Shard[] workers;
    private readonly float[] sum;
    private readonly double[] losses = new double[Shards];
    private readonly ForwardBackward forwardBackward;
    private readonly Reduce reduce;

    public TrainingStep(Model model, ISampleSource source, TrainingOptions options, AdamOptimizer optimizer, WorkerPool pool)
    {
        (this.model, this.optimizer, this.pool) = (model, optimizer, pool);
        workers = new Shard[Math.Min(pool.Count, Shards)];
        for (int i = 0; i < workers.Length; i++)
            workers[i] = new Shard(model, source, options.LossFunction, options.Seed);
        sum = new float[model.Block.Length];
        forwardBackward = new ForwardBackward(this);
        reduce = new Reduce(this);
    }

    /// <summary>Moves the weights by the mean gradient of <paramref name="samples"/>; returns their mean loss.</summary>
    public double Run(ReadOnlySpan<int> samples, int epoch, double learningRate)
    {
        forwardBackward.Begin(samples, epoch);
        reduce.Step = optimizer.Next(learningRate);
        for (int first = 0; first < Shards; first += workers.Length)
        {
            int count = Math.Min(workers.Length, Shards - first);
            forwardBackward.FirstShard = first;
            pool.Run(forwardBackward, count);
            (reduce.Count, reduce.IsFirst, reduce.IsLast) = (count, first == 0, first + count == Shards);
            pool.Run(reduce, pool.Count);
        }
        double total = 0;
        foreach (double loss in losses)
            total += loss;
        return total;
    }

    private sealed class ForwardBackward(TrainingStep step) : IParallelWork
    {
        private int[] samples = [];
        private int length;
        private int epoch;

        public int FirstShard { get; set; }

        public void Begin(ReadOnlySpan<int> batch, int ofEpoch)
        {
            if (samples.Length < batch.Length)
                samples = new int[batch.Length];
            batch.CopyTo(samples);
            (length, epoch) = (batch.Length, ofEpoch);
        }

        public void Run(int number)
        {
            int shard = FirstShard + number;
            int start = (int)((long)length * shard / Shards);
            int end = (int)((long)length * (shard + 1) / Shards);
            step.losses[shard] = step.workers[number].Run(samples.AsSpan(start, end - start), epoch, 1f / length);
        }
    }

    private sealed class Reduce(TrainingStep step) : IParallelWork
    {
        private const int Alignment = 16;

        /// <summary>How fast running statistics follow those of the batches.</summary>
        private const float StatisticsRate = 0.1f;

        public int Count { get; set; }

        public bool IsFirst { get; set; }

        public bool IsLast { get; set; }

        public AdamStep Step { get; set; }

        public void Run(int number)
        {
            int blocks = step.sum.Length / Alignment;
            int start = (int)((long)blocks * number / step.pool.Count) * Alignment;
            int end = (int)((long)blocks * (number + 1) / step.pool.Count) * Alignment;
            Span<float> total = step.sum.AsSpan(start, end - start);
            for (int worker = 0; worker < Count; worker++)
            {
                ReadOnlySpan<float> share = step.workers[worker].Gradients.OfParameters.Slice(start, end - start);
                if (IsFirst && worker == 0)
                    share.CopyTo(total);
                else
                    ReduceKernel.Add(share, total);
            }
            if (!IsLast)
                return;
            int trainable = Math.Clamp(step.model.Block.TrainableLength - start, 0, end - start);
            Span<float> values = step.model.Block.Span.Slice(start, end - start);
            step.optimizer.Apply(Step, start, values[..trainable], total);
            for (int i = trainable; i < values.Length; i++)
                values[i] += StatisticsRate * (total[i] - values[i]);
        }
    }
}
