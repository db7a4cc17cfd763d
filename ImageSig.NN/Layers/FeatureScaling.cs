using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary><c>y = scale · x + shift</c>, feature by feature: what brings features to mean 0 and variance 1. Measured once, not trained.</summary>
internal sealed class FeatureScaling : Layer
{
    private readonly int features;

    public FeatureScaling(string name, int features)
        : base(name)
    {
        this.features = features;
        Scale = new Parameter($"{name}.scale", new Shape(1, 1, features), start: 1) { IsFrozen = true };
        Shift = new Parameter($"{name}.shift", new Shape(features)) { IsFrozen = true };
    }

    /// <summary>[1, 1, F].</summary>
    public Parameter Scale { get; }

    /// <summary>[F].</summary>
    public Parameter Shift { get; }

    public override string Kind => "Scaling of features";

    public override IReadOnlyList<Parameter> Parameters => [Scale, Shift];

    public override Shape OutputShape(Shape input) => input == new Shape(features)
        ? input
        : throw new ArgumentException($"{Name} (feature scaling): the input is {input}; it must be [{features}].");

    /// <remarks>A batch of one channel convolved with a kernel of 1: a product for each feature.</remarks>
    public override Tensor Forward(Tape tape, Tensor input)
    {
        Tensor pixels = tape.Reshape(input, new Shape(1, 1, input.Shape[0], features));
        return tape.Reshape(tape.DepthwiseConv2D(pixels, Scale.Value, Shift.Value), input.Shape);
    }

    /// <summary>Sets both so that these samples come out with mean 0 and variance 1; features that hardly vary stay small.</summary>
    /// <param name="samples">Rows of features.</param>
    public void Measure(IReadOnlyList<float[]> samples)
    {
        const double least = 1e-5;
        for (int feature = 0; feature < features; feature++)
        {
            double sum = 0, squares = 0;
            foreach (float[] sample in samples)
                sum += sample[feature];
            double mean = sum / samples.Count;
            foreach (float[] sample in samples)
                squares += (sample[feature] - mean) * (sample[feature] - mean);
            double scale = 1 / Math.Sqrt(squares / samples.Count + least);
            Scale.Value.Span[feature] = (float)scale;
            Shift.Value.Span[feature] = (float)(-mean * scale);
        }
    }
}
