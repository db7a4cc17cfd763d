using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>Samples to learn from or to measure on. Called from several threads at once.</summary>
public interface ISampleSource
{
    /// <summary>How many samples.</summary>
    public int Count { get; }

    /// <summary>The shape of one sample.</summary>
    public Shape SampleShape { get; }

    /// <summary>The class of a sample, from 0. Only asked for by the losses of classes.</summary>
    public int Label(int index);

    /// <summary>What the outputs should be, one number each, for <see cref="LossKind.BinaryCrossEntropy"/> (0 or 1: one answer a
    /// question; NaN where it is not known) and <see cref="LossKind.MeanSquaredError"/>. Unless written otherwise: 1 for the label, 0 for the others.</summary>
    /// <param name="index">The sample.</param>
    /// <param name="targets">[outputs].</param>
    /// <exception cref="ArgumentException">The label is no output.</exception>
    public void CopyTargets(int index, Span<float> targets) => CopyLabel(index, Label(index), targets);

    /// <summary>Writes 1 for a label, 0 for the others.</summary>
    internal static void CopyLabel(int index, int label, Span<float> targets)
    {
        if ((uint)label >= (uint)targets.Length)
            throw new ArgumentException($"Training: sample {index} has label {label}; the model has outputs 0 to {targets.Length - 1}. Write CopyTargets where outputs are no classes.");
        targets.Clear();
        targets[label] = 1;
    }

    /// <summary>Writes a sample to <paramref name="destination"/>, [SampleShape.Count].</summary>
    public void CopyTo(int index, Span<float> destination);

    /// <summary>Writes a sample as an epoch of training shows it: the same in every epoch, unless written otherwise.</summary>
    /// <param name="index">The sample.</param>
    /// <param name="epoch">Its number, from 1.</param>
    /// <param name="destination">[SampleShape.Count].</param>
    public void CopyTo(int index, int epoch, Span<float> destination) => CopyTo(index, destination);
}
