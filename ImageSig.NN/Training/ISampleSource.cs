using ImageSig.Tensors;

namespace ImageSig.NN;

/// <summary>Samples to learn from or to measure on. Called from several threads at once.</summary>
public interface ISampleSource
{
    /// <summary>How many samples.</summary>
    public int Count { get; }

    /// <summary>The shape of one sample.</summary>
    public Shape SampleShape { get; }

    /// <summary>The class of a sample, from 0.</summary>
    public int Label(int index);

    /// <summary>Writes a sample to <paramref name="destination"/>, [SampleShape.Count].</summary>
    public void CopyTo(int index, Span<float> destination);
}
