using System.Buffers;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>[H, W, 3], colors 0…1, to the means of a backbone's results at several depths, side by side: [C₁ + C₂ + …].</summary>
internal sealed class BackboneLayer : Layer
{
    private readonly Backbone backbone;
    private readonly BackboneList list;
    private readonly IReadOnlyList<int> taps;
    private readonly (Parameter Weight, Parameter Bias)[] parameters;
    private readonly bool isFrozen;
    private readonly int features;

    /// <summary>The layers of <paramref name="backbone"/>, which begin with its weights.</summary>
    /// <param name="name">Its parameters are NAME.STEP.weight and NAME.STEP.bias.</param>
    /// <param name="backbone">Which.</param>
    /// <param name="depths">How many means at most, the deepest.</param>
    /// <param name="isFrozen">Whether training leaves it as it is.</param>
    public BackboneLayer(string name, Backbone backbone, int depths, bool isFrozen)
        : base(name)
    {
        (this.backbone, this.isFrozen, list) = (backbone, isFrozen, backbone.List);
        taps = list.Taps(depths);
        features = taps.Sum(tap => list.Steps[tap].Outputs);
        parameters = [.. list.Steps.Select(step => step.Operation == BackboneOperation.Sum ? default : (
            new Parameter($"{name}.{step.Name}.weight", step.WeightShape) { IsFrozen = isFrozen },
            new Parameter($"{name}.{step.Name}.bias", new Shape(step.Outputs)) { IsFrozen = isFrozen }))];
    }

    /// <summary>Steps and input.</summary>
    internal BackboneList List => list;

    /// <summary>The steps whose means come out.</summary>
    internal IReadOnlyList<int> Taps => taps;

    /// <inheritdoc/>
    public override string Kind => $"Backbone {backbone.Name}, {list.Steps.Count} layers, {taps.Count} {(taps.Count == 1 ? "depth" : "depths")}";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters =>
        [.. parameters.Where(both => both.Weight is not null).SelectMany(both => (Parameter[])[both.Weight, both.Bias])];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        _ = Shapes(input);
        return new Shape(features);
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => Shapes(input).Zip(list.Steps, (shape, step) => step.MultiplyAdds(shape)).Sum();

    /// <inheritdoc/>
    /// <remarks>Where no gradient is wanted images go through one by one, so that the memory of one suffices.</remarks>
    public override Tensor Forward(Tape tape, Tensor input)
    {
        if (tape.IsTraining && !isFrozen)
            return Means(tape, Scaled(tape, input.Shape, input.Span));
        int batch = input.Shape[0], length = input.Shape.Count / batch;
        Tensor output = tape.Result(new Shape(batch, features), requiresGradient: false);
        for (int sample = 0; sample < batch; sample++)
        {
            (int, int, long) mark = tape.Arena.Mark();
            Shape one = new(1, input.Shape[1], input.Shape[2], input.Shape[3]);
            Means(tape, Scaled(tape, one, input.Span.Slice(sample * length, length))).Span.CopyTo(output.Span[(sample * features)..]);
            tape.Arena.Release(mark);
        }
        return output;
    }

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            if (parameters[i].Weight is null)
                continue;
            backbone.Fill(parameters[i].Weight, $"{list.Steps[i].Name}.weight");
            backbone.Fill(parameters[i].Bias, $"{list.Steps[i].Name}.bias");
        }
    }

    /// <summary>The weights of a step; none of a sum.</summary>
    internal (Parameter Weight, Parameter Bias) ParametersOf(int step) => parameters[step];

    private Tensor Means(Tape tape, Tensor image)
    {
        Tensor[] results = ArrayPool<Tensor>.Shared.Rent(list.Steps.Count);
        Tensor? means = null;
        for (int i = 0; i < list.Steps.Count; i++)
        {
            BackboneStep step = list.Steps[i];
            Tensor from = step.From[0] < 0 ? image : results[step.From[0]];
            (Parameter weight, Parameter bias) = parameters[i];
            results[i] = step.Operation switch
            {
                BackboneOperation.Convolution => tape.Conv2D(from, weight.Value, bias.Value, step.Options, step.Activation),
                BackboneOperation.Depthwise => tape.DepthwiseConv2D(from, weight.Value, bias.Value, step.Options, step.Activation),
                _ => tape.Activate(tape.Add(from, results[step.From[1]]), step.Activation),
            };
            if (!IsTap(i))
                continue;
            Tensor mean = Mean(tape, results[i]);
            means = means is null ? mean : tape.Concat(means, mean);
        }
        ArrayPool<Tensor>.Shared.Return(results);
        return means!;
    }

    private bool IsTap(int step)
    {
        for (int i = 0; i < taps.Count; i++)
            if (taps[i] == step)
                return true;
        return false;
    }

    private static Tensor Mean(Tape tape, Tensor image)
    {
        (int batch, int positions, int channels) = (image.Shape[0], image.Shape[1] * image.Shape[2], image.Shape[3]);
        Tensor rows = tape.Reshape(image, new Shape(batch, positions, channels));
        return tape.Reshape(tape.AveragePool1D(rows, positions), new Shape(batch, channels));
    }

    private Tensor Scaled(Tape tape, Shape shape, ReadOnlySpan<float> colors)
    {
        Tensor scaled = tape.Input(shape);
        Span<float> values = scaled.Span;
        float red = 255 * list.Scale[0], green = 255 * list.Scale[1], blue = 255 * list.Scale[2];
        float redShift = list.Shift[0], greenShift = list.Shift[1], blueShift = list.Shift[2];
        for (int i = 0; i + 2 < values.Length; i += 3)
        {
            values[i] = float.FusedMultiplyAdd(colors[i], red, redShift);
            values[i + 1] = float.FusedMultiplyAdd(colors[i + 1], green, greenShift);
            values[i + 2] = float.FusedMultiplyAdd(colors[i + 2], blue, blueShift);
        }
        return scaled;
    }

    private Shape[] Shapes(Shape input)
    {
        if (input.Rank != 3 || input[2] != 3)
            throw new ArgumentException($"{Name} (backbone): the input is {input}; it must be [H, W, 3].");
        Shape[] shapes = new Shape[list.Steps.Count];
        for (int i = 0; i < shapes.Length; i++)
        {
            BackboneStep step = list.Steps[i];
            Shape from = step.From[0] < 0 ? input : shapes[step.From[0]];
            if (step.Operation == BackboneOperation.Sum && shapes[step.From[1]] != from)
                throw new ArgumentException($"{step.Name} (backbone): a sum of {from} and {shapes[step.From[1]]}; both must be one shape.");
            shapes[i] = step.OutputShape(from);
        }
        return shapes;
    }
}
