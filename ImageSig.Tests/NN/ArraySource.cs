using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>Samples in one array.</summary>
internal sealed class ArraySource(Shape shape, float[] samples, int[] labels) : ISampleSource
{
    public int Count => labels.Length;

    public Shape SampleShape => shape;

    public int Label(int index) => labels[index];

    public void CopyTo(int index, Span<float> destination) => samples.AsSpan(index * shape.Count, shape.Count).CopyTo(destination);

    /// <summary>Noise with a bump on one of the channels: which one is the class. Solvable, not by a single number.</summary>
    public static ArraySource Bumps(int count, Shape shape, int classes, uint seed)
    {
        float[] samples = Tensors.Numbers.Uniform(count * shape.Count, seed);
        RandomStream random = new(seed, 97);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.NextBelow(classes);
            int step = random.NextBelow(shape[0] - 3);
            for (int k = 0; k < 3; k++)
                samples[i * shape.Count + (step + k) * shape[1] + labels[i]] += 2;
        }
        return new ArraySource(shape, samples, labels);
    }

    /// <summary>Noise with a bright bar across it, upright or lying, somewhere: which of the two is the class.</summary>
    public static ArraySource Edges(int count, Shape pixels, uint seed)
    {
        float[] samples = Tensors.Numbers.Uniform(count * pixels.Count, seed, scale: 0.5f);
        RandomStream random = new(seed, 96);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = random.NextBelow(2);
            int line = random.NextBelow(pixels[0]);
            for (int along = 0; along < pixels[1]; along++)
            {
                int pixel = labels[i] == 0 ? line * pixels[1] + along : along * pixels[1] + line;
                for (int c = 0; c < pixels[2]; c++)
                    samples[i * pixels.Count + pixel * pixels[2] + c] += 1;
            }
        }
        return new ArraySource(pixels, samples, labels);
    }
}
