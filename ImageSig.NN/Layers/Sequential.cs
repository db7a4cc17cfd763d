using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Layers one after the other, as one layer.</summary>
public sealed class Sequential(string name, string kind, IReadOnlyList<Layer> layers) : Layer(name)
{
    /// <summary>In the order of the work.</summary>
    internal IReadOnlyList<Layer> Layers => layers;

    /// <inheritdoc/>
    public override string Kind => kind;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. layers.SelectMany(layer => layer.Parameters)];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        foreach (Layer layer in layers)
            input = layer.OutputShape(input);
        return input;
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input)
    {
        long sum = 0;
        foreach (Layer layer in layers)
        {
            sum += layer.MultiplyAdds(input);
            input = layer.OutputShape(input);
        }
        return sum;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input)
    {
        for (int i = 0; i < layers.Count; i++)
            input = layers[i].Forward(tape, input);
        return input;
    }

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer)
    {
        foreach (Layer layer in layers)
            layer.Initialize(initializer);
    }
}
