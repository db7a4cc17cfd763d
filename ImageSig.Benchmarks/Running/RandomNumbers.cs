using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Benchmarks.Running;

/// <summary>What there is to compute with: uniform in [0, 1), the same in every run.</summary>
internal static class RandomNumbers
{
    public static float[] Floats(int count, int seed = 1)
    {
        RandomStream random = new((ulong)seed, purpose: 0);
        float[] numbers = new float[count];
        foreach (ref float number in numbers.AsSpan())
            number = random.NextFloat();
        return numbers;
    }

    /// <summary>The same around 0, within ±1/2.</summary>
    public static float[] Centered(int count, int seed = 1)
    {
        float[] numbers = Floats(count, seed);
        foreach (ref float number in numbers.AsSpan())
            number -= 0.5f;
        return numbers;
    }

    public static Tensor Tensor(Shape shape, int seed = 1) => new(shape, Centered(shape.Count, seed));
}

/// <summary>Random samples of two classes that follow each other.</summary>
internal sealed class RandomSamples(int count, Shape shape) : ISampleSource
{
    /// <summary>[count, ...shape].</summary>
    public float[] Values { get; } = RandomNumbers.Floats(count * shape.Count);

    public int Count => count;

    public Shape SampleShape => shape;

    public int Label(int index) => index % 2;

    public void CopyTo(int index, Span<float> destination) => Values.AsSpan(index * shape.Count, shape.Count).CopyTo(destination);
}
