using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Layers one after the other, as one layer.</summary>
/// <exception cref="ArgumentNullException">The list of layers is null, or one of them is.</exception>
public sealed class Sequential(string name, string kind, IReadOnlyList<Layer> layers) : Layer(name)
{
    /// <summary>In the order of the work.</summary>
    internal IReadOnlyList<Layer> Layers { get; } = Checked(layers);

    /// <inheritdoc/>
    public override string Kind => kind;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. Layers.SelectMany(layer => layer.Parameters)];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        foreach (Layer layer in Layers)
            input = layer.OutputShape(input);
        return input;
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input)
    {
        long sum = 0;
        foreach (Layer layer in Layers)
        {
            sum += layer.MultiplyAdds(input);
            input = layer.OutputShape(input);
        }
        return sum;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input)
    {
        for (int i = 0; i < Layers.Count; i++)
            input = Layers[i].Forward(tape, input);
        return input;
    }

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer)
    {
        foreach (Layer layer in Layers)
            layer.Initialize(initializer);
    }

    private static IReadOnlyList<Layer> Checked(IReadOnlyList<Layer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        foreach (Layer layer in layers)
            ArgumentNullException.ThrowIfNull(layer, nameof(layers));
        return layers;
    }
}
