using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Measures a model on samples, on all threads; the result is the same for any number of them.</summary>
internal sealed class Validation : IParallelWork
{
    /// <summary>Samples that are read together.</summary>
    public const int ChunkSize = 16;

    private readonly Model model;
    private readonly ISampleSource source;
    private readonly Objective objective;
    private readonly WorkerPool pool;
    private readonly float[][] inputs;
    private readonly Tape[] tapes;
    private readonly float[] scores;

    public Validation(Model model, ISampleSource source, TrainingOptions options, MemoryPlan plan, WorkerPool pool)
    {
        (this.model, this.source, objective, this.pool) = (model, source, Objective.Of(options), pool);
        inputs = new float[pool.Count][];
        tapes = new Tape[pool.Count];
        for (int i = 0; i < inputs.Length; i++)
        {
            tapes[i] = new Tape(new TensorArena(), isTraining: false);
            tapes[i].Arena.Reserve(plan.ChunkBytes);
            inputs[i] = new float[Math.Min(ChunkSize, source.Count) * model.Input.Count];
        }
        scores = new float[source.Count * model.Outputs];
    }

    /// <summary>Samples.</summary>
    public int Count => source.Count;

    /// <summary>Mean loss, as in training but without dropout, and the shares right.</summary>
    public Judgment Run()
    {
        pool.Run(this, pool.Count);
        return objective.Judge(scores, model.Outputs, source);
    }

    /// <summary>Every chunk of this worker: number, number + threads, ….</summary>
    public void Run(int number)
    {
        int length = model.Input.Count;
        for (int start = number * ChunkSize; start < source.Count; start += pool.Count * ChunkSize)
        {
            int count = Math.Min(ChunkSize, source.Count - start);
            Span<float> input = inputs[number].AsSpan(0, count * length);
            for (int i = 0; i < count; i++)
                source.CopyTo(start + i, input.Slice(i * length, length));
            model.Scores(tapes[number], input, count, scores.AsSpan(start * model.Outputs, count * model.Outputs));
        }
    }
}
