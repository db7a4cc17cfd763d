using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>Samples that lie side by side in one array, each of a class or with numbers of its own that the outputs should be: the same in every epoch.</summary>
public sealed class ArraySamples : ISampleSource
{
    private readonly float[] samples;
    private readonly int[] labels = [];
    private readonly float[] targets = [];
    private readonly int outputs;

    /// <summary>Samples of classes.</summary>
    /// <param name="shape">Of one sample.</param>
    /// <param name="samples">[N, ...shape]; kept, not copied.</param>
    /// <param name="labels">[N], classes from 0; kept, not copied.</param>
    /// <exception cref="ArgumentNullException">No samples or no labels.</exception>
    /// <exception cref="ArgumentException">No whole samples, or not a label for each.</exception>
    public ArraySamples(Shape shape, float[] samples, int[] labels)
        : this(shape, samples)
    {
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != Count)
            throw new ArgumentException($"ArraySamples: {labels.Length} labels for {Count} samples of {shape}; give one each.", nameof(labels));
        this.labels = labels;
    }

    /// <summary>Samples with targets, for <see cref="LossKind.MeanSquaredError"/> and <see cref="LossKind.BinaryCrossEntropy"/>.</summary>
    /// <param name="shape">Of one sample.</param>
    /// <param name="samples">[N, ...shape]; kept, not copied.</param>
    /// <param name="targets">[N, outputs], what <see cref="ISampleSource.CopyTargets"/> tells; kept, not copied.</param>
    /// <exception cref="ArgumentNullException">No samples or no targets.</exception>
    /// <exception cref="ArgumentException">No whole samples, or not as many targets for each.</exception>
    public ArraySamples(Shape shape, float[] samples, float[] targets)
        : this(shape, samples)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Length < Count || (Count == 0 ? targets.Length : targets.Length % Count) != 0)
            throw new ArgumentException($"ArraySamples: {targets.Length} targets for {Count} samples of {shape}; give equally many each, at least one.", nameof(targets));
        this.targets = targets;
        outputs = Count == 0 ? 0 : targets.Length / Count;
    }

    private ArraySamples(Shape shape, float[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (shape.Count == 0 || samples.Length % shape.Count != 0)
            throw new ArgumentException($"ArraySamples: {samples.Length} numbers are not whole samples of {shape}, {shape.Count} numbers each.", nameof(samples));
        (SampleShape, this.samples, Count) = (shape, samples, samples.Length / shape.Count);
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Shape SampleShape { get; }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The samples have targets.</exception>
    public int Label(int index) => outputs == 0
        ? labels[index]
        : throw new NotSupportedException("ArraySamples: the samples have targets and no classes; train with mean squared error or binary cross-entropy.");

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The label is no output, or there are not as many targets as outputs.</exception>
    public void CopyTargets(int index, Span<float> targets)
    {
        if (outputs == 0)
            ISampleSource.CopyLabel(index, labels[index], targets);
        else if (outputs == targets.Length)
            this.targets.AsSpan(index * outputs, outputs).CopyTo(targets);
        else
            throw new ArgumentException($"ArraySamples: the samples have {outputs} targets each, the model {targets.Length} outputs; both must be equal.");
    }

    /// <inheritdoc/>
    public void CopyTo(int index, Span<float> destination) => samples.AsSpan(index * SampleShape.Count, SampleShape.Count).CopyTo(destination);
}
