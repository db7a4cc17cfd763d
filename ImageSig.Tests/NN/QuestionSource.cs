using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>Noise with bumps on any of four channels: which of them have one are the answers.</summary>
internal sealed class QuestionSource : ISampleSource
{
    private static readonly Shape Sample = new(20, 7);

    private readonly float[] samples;
    private readonly bool[] answers;

    public QuestionSource(int count, uint seed)
    {
        Count = count;
        samples = Tensors.Numbers.Uniform(count * Sample.Count, seed);
        answers = new bool[count * 4];
        RandomStream random = new(seed, 95);
        for (int i = 0; i < answers.Length; i++)
        {
            answers[i] = random.NextBelow(2) == 1;
            int step = random.NextBelow(Sample[0] - 3);
            if (answers[i])
                for (int k = 0; k < 3; k++)
                    samples[i / 4 * Sample.Count + (step + k) * Sample[1] + i % 4] += 2;
        }
    }

    public int Count { get; }

    public Shape SampleShape => Sample;

    public int Label(int index) => throw new InvalidOperationException("These samples have answers rather than a label.");

    public void CopyTo(int index, Span<float> destination) => samples.AsSpan(index * Sample.Count, Sample.Count).CopyTo(destination);

    public void CopyTargets(int index, Span<float> targets)
    {
        for (int k = 0; k < 4; k++)
            targets[k] = answers[index * 4 + k] ? 1 : 0;
    }
}
