using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>Measures a model on samples, on all threads; the result is the same for any number of them.</summary>
internal sealed class Validation : IParallelWork
{
    private const int ChunkSize = 64;

    private readonly Model model;
    private readonly ISampleSource source;
    private readonly TrainingOptions options;
    private readonly WorkerPool pool;
    private readonly float[][] inputs;
    private readonly float[] scores;

    public Validation(Model model, ISampleSource source, TrainingOptions options, WorkerPool pool)
    {
        (this.model, this.source, this.options, this.pool) = (model, source, options, pool);
        inputs = new float[pool.Count][];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = new float[Math.Min(ChunkSize, source.Count) * model.Input.Count];
        scores = new float[source.Count * model.Outputs];
    }

    /// <summary>Mean loss (as in training, without dropout) and the table of what was taken for what.</summary>
    public (double Loss, ConfusionMatrix Matrix) Run()
    {
        pool.Run(this, pool.Count);
        ConfusionMatrix matrix = new(model.Outputs);
        Span<float> slopes = new float[model.Outputs];
        Tensors.Autodiff.ClassificationLoss loss = options.LossFunction;
        double sum = 0;
        for (int i = 0; i < source.Count; i++)
        {
            ReadOnlySpan<float> row = scores.AsSpan(i * model.Outputs, model.Outputs);
            int label = source.Label(i);
            double weight = loss.ClassWeights is null ? 1 : loss.ClassWeights[label];
            sum += weight * LossKernel.Classification(row, label, loss.FocalGamma, loss.LabelSmoothing, 0, slopes);
            matrix.Add(label, ConfusionMatrix.Best(row));
        }
        return (sum / source.Count, matrix);
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
            model.Scores(input, count, scores.AsSpan(start * model.Outputs, count * model.Outputs));
        }
    }
}
