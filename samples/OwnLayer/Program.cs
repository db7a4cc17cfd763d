// OwnLayer: a layer with a learned weight, and an operation with its gradient, as anyone may add them from outside. The network learns whether the sizes of four
// numbers, whatever their signs, add up to more than two.
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

Model model = Model.Of([new Scale("scale", 4), new Magnitude("magnitude"), new Dense("output", 4, 2)], new Shape(4), seed: 1);
TrainingSummary summary = Trainer.Fit(model, new Quadruples(400, 1), new Quadruples(200, 2), new TrainingOptions { Epochs = 30, BatchSize = 20, LearningRate = 0.1f });
Console.WriteLine($"{summary.Epochs[^1].ValidationAccuracy:P0} of 200 other quadruples right");

/// <summary>Multiplies each number by a weight of its own.</summary>
internal sealed class Scale(string name, int numbers) : Layer(name)
{
    private readonly Parameter weight = new($"{name}.weight", new Shape(numbers));

    public override string Kind => "Scale";

    public override IReadOnlyList<Parameter> Parameters => [weight];

    public override Shape OutputShape(Shape input) => input;

    public override Tensor Forward(Tape tape, Tensor input) => tape.Scaled(input, weight.Value);

    public override void Initialize(Initializer initializer) => weight.Value.Span.Fill(1);
}

/// <summary>The size of each number.</summary>
internal sealed class Magnitude(string name) : Layer(name)
{
    public override string Kind => "Magnitude";

    public override Shape OutputShape(Shape input) => input;

    public override Tensor Forward(Tape tape, Tensor input) => tape.Magnitude(input);
}

internal static class OwnOperations
{
    /// <summary>sqrt(x² + 0.01): |x| with a smooth origin, element by element.</summary>
    public static Tensor Magnitude(this Tape tape, Tensor input)
    {
        Tensor output = tape.Result(input.Shape, input.RequiresGradient);
        for (int i = 0; i < input.Span.Length; i++)
            output.Span[i] = MathF.Sqrt((input.Span[i] * input.Span[i]) + 0.01f);
        if (output.RequiresGradient)
        {
            MagnitudeOp operation = tape.Reuse<MagnitudeOp>() ?? new MagnitudeOp();
            operation.Input = input;
            tape.Record(operation, output);
        }
        return output;
    }

    /// <summary>Each row of [B, F] times a weight [F].</summary>
    public static Tensor Scaled(this Tape tape, Tensor input, Tensor weight)
    {
        Tensor output = tape.Result(input.Shape, input.RequiresGradient || weight.RequiresGradient);
        for (int i = 0; i < input.Span.Length; i++)
            output.Span[i] = input.Span[i] * weight.Span[i % weight.Span.Length];
        if (output.RequiresGradient)
        {
            ScaledOp operation = tape.Reuse<ScaledOp>() ?? new ScaledOp();
            (operation.Input, operation.Weight) = (input, weight);
            tape.Record(operation, output);
        }
        return output;
    }

    private sealed class MagnitudeOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            ReadOnlySpan<float> outer = gradients.Of(Output);
            Span<float> inner = gradients.Of(Input);
            for (int i = 0; i < inner.Length; i++)
                inner[i] += outer[i] * Input.Span[i] / Output.Span[i];
        }
    }

    private sealed class ScaledOp : TapeOp
    {
        public Tensor Input { get; set; } = null!;

        public Tensor Weight { get; set; } = null!;

        public override void Backward(Gradients gradients)
        {
            ReadOnlySpan<float> outer = gradients.Of(Output);
            int length = Weight.Span.Length;
            if (Input.RequiresGradient)
            {
                Span<float> inner = gradients.Of(Input);
                for (int i = 0; i < inner.Length; i++)
                    inner[i] += outer[i] * Weight.Span[i % length];
            }
            if (Weight.RequiresGradient)
            {
                Span<float> inner = gradients.Of(Weight);
                for (int i = 0; i < outer.Length; i++)
                    inner[i % length] += outer[i] * Input.Span[i];
            }
        }
    }
}

internal sealed class Quadruples(int count, int seed) : ISampleSource
{
    private readonly float[] numbers = [.. Enumerable.Repeat(new Random(seed), 4 * count).Select(random => (2 * random.NextSingle()) - 1)];

    public int Count => count;

    public Shape SampleShape => new(4);

    public int Label(int index) => numbers.AsSpan(4 * index, 4).ToArray().Sum(MathF.Abs) > 2 ? 1 : 0;

    public void CopyTo(int index, Span<float> destination) => numbers.AsSpan(4 * index, 4).CopyTo(destination);
}
