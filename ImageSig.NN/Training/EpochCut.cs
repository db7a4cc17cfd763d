namespace ImageSig.NN;

/// <summary>How the samples of an epoch are cut into steps, and a step into batches: everywhere as evenly as can be.</summary>
internal readonly struct EpochCut
{
    private readonly int samples;
    private readonly int batchSize;

    /// <param name="samples">Of the epoch, at least 1.</param>
    /// <param name="batchSize">The most samples of a batch.</param>
    /// <param name="accumulation">Batches to a step.</param>
    public EpochCut(int samples, int batchSize, int accumulation)
    {
        (this.samples, this.batchSize) = (samples, batchSize);
        long stepSize = Math.Min((long)batchSize * accumulation, samples);
        Steps = (int)((samples + stepSize - 1) / stepSize);
    }

    /// <summary>Steps of the epoch.</summary>
    public int Steps { get; }

    /// <summary>Where step <paramref name="step"/>, from 0, begins, and how many samples it has.</summary>
    public (int Start, int Count) Step(int step) => EvenSplit.Part(samples, step, Steps);

    /// <summary>The fewest samples that a batch of the epoch has.</summary>
    public int MinBatch => Math.Min(Min(samples / Steps), Min(MaxStep));

    /// <summary>The most samples that a batch of the epoch has.</summary>
    public int MaxBatch => Math.Max(Max(samples / Steps), Max(MaxStep));

    /// <summary>Batches of a step of so many samples.</summary>
    public static int Batches(int stepSamples, int batchSize) => (int)(((long)stepSamples + batchSize - 1) / batchSize);

    private int MaxStep => (int)(((long)samples + Steps - 1) / Steps);

    private int Min(int stepSamples) => stepSamples / Batches(stepSamples, batchSize);

    private int Max(int stepSamples)
    {
        int batches = Batches(stepSamples, batchSize);
        return (stepSamples + batches - 1) / batches;
    }
}
