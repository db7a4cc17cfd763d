using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>One optimizer step: batches in fixed shards, their gradients added in order, the weights moved.</summary>
/// <remarks>The split does not depend on the number of threads, only who does which shard; so neither do the sums. As many shards
/// as there are threads run at once, then all threads add their gradients, each in its own range of the block.</remarks>
internal sealed class TrainingStep
{
    private readonly Model model;
    private readonly TrainingOptions options;
    private readonly Optimizer optimizer;
    private readonly WeightAverage? average;
    private readonly WorkerPool pool;
    private readonly Shard[] workers;
    private readonly float[] sum;
    private readonly double[] losses;
    private readonly ForwardBackward forwardBackward;
    private readonly Reduce reduce;

    public TrainingStep(
        Model model, ISampleSource source, TrainingOptions options, MemoryPlan plan, Optimizer optimizer, WeightAverage? average, WorkerPool pool)
    {
        (this.model, this.options, this.optimizer, this.average, this.pool) = (model, options, optimizer, average, pool);
        losses = new double[plan.Shards];
        workers = new Shard[Math.Min(pool.Count, plan.Shards)];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Shard(model, source, options);
            workers[i].Arena.Reserve(plan.ShardBytes);
        }
        sum = new float[model.Block.Length];
        forwardBackward = new ForwardBackward(this);
        reduce = new Reduce(this);
    }

    /// <summary>Moves the weights by the mean gradient of <paramref name="samples"/>, batch after batch; returns their mean loss.</summary>
    public double Run(ReadOnlySpan<int> samples, int epoch, double learningRate)
    {
        optimizer.Begin(learningRate);
        double total = 0;
        int batches = EpochCut.Batches(samples.Length, options.BatchSize);
        for (int batch = 0; batch < batches; batch++)
        {
            (int start, int count) = EvenSplit.Part(samples.Length, batch, batches);
            forwardBackward.Begin(samples.Slice(start, count), epoch, 1f / samples.Length);
            for (int first = 0; first < losses.Length; first += workers.Length)
            {
                int shards = Math.Min(workers.Length, losses.Length - first);
                forwardBackward.FirstShard = first;
                pool.Run(forwardBackward, shards);
                bool isLast = batch == batches - 1 && first + shards == losses.Length;
                reduce.Begin(shards, isFirst: batch == 0 && first == 0, moves: isLast && options.ClipNorm == 0);
                pool.Run(reduce, pool.Count);
            }
            foreach (double loss in losses)
                total += loss;
        }
        if (options.ClipNorm > 0)
        {
            GradientClipping.Clip(sum.AsSpan(0, model.Block.WeightLength), options.ClipNorm);
            reduce.Begin(shards: 0, isFirst: false, moves: true);
            pool.Run(reduce, pool.Count);
        }
        return total;
    }

    private sealed class ForwardBackward(TrainingStep step) : IParallelWork
    {
        private int[] samples = [];
        private int length;
        private int epoch;
        private float scale;

        public int FirstShard { get; set; }

        public void Begin(ReadOnlySpan<int> batch, int ofEpoch, float perSample)
        {
            if (samples.Length < batch.Length)
                samples = new int[batch.Length];
            batch.CopyTo(samples);
            (length, epoch, scale) = (batch.Length, ofEpoch, perSample);
        }

        public void Run(int number)
        {
            int shard = FirstShard + number;
            (int start, int count) = EvenSplit.Part(length, shard, step.losses.Length);
            step.losses[shard] = step.workers[number].Run(samples.AsSpan(start, count), epoch, scale);
        }
    }

    /// <summary>Adds the gradients of the shards just run, and at the end moves the weights; each thread in its own range.</summary>
    private sealed class Reduce(TrainingStep step) : IParallelWork
    {
        private const int Alignment = 16;
        private int shards;
        private bool isFirst;
        private bool moves;

        public void Begin(int shards, bool isFirst, bool moves) => (this.shards, this.isFirst, this.moves) = (shards, isFirst, moves);

        public void Run(int number)
        {
            int blocks = step.sum.Length / Alignment;
            (int first, int count) = EvenSplit.Part(blocks, number, step.pool.Count);
            int start = first * Alignment, length = count * Alignment;
            Span<float> total = step.sum.AsSpan(start, length);
            for (int worker = 0; worker < shards; worker++)
            {
                ReadOnlySpan<float> share = step.workers[worker].Gradients.OfParameters.Slice(start, length);
                if (isFirst && worker == 0)
                    share.CopyTo(total);
                else
                    ReduceKernel.Add(share, total);
            }
            if (!moves)
                return;
            step.optimizer.Apply(step.model.Block, start, total);
            step.average?.Follow(start, step.model.Block.Span.Slice(start, length), step.optimizer.Steps);
        }
    }
}
