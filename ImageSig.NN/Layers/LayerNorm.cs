using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Every row to mean 0 and variance 1, then scaled and shifted by what is learned.</summary>
public sealed class LayerNorm : Layer
{
    private readonly int features;

    /// <summary>A layer for rows of <paramref name="features"/>; begins as scale 1, shift 0.</summary>
    public LayerNorm(string name, int features)
        : base(name)
    {
        this.features = features;
        Scale = new Parameter($"{name}.scale", new Shape(features), start: 1);
        Shift = new Parameter($"{name}.shift", new Shape(features));
    }

    /// <summary>[features].</summary>
    public Parameter Scale { get; }

    /// <summary>[features].</summary>
    public Parameter Shift { get; }

    /// <inheritdoc/>
    public override string Kind => "LayerNorm";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Scale, Shift];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank > 0 && input.Last == features
        ? input
        : throw new ArgumentException($"{Name} (LayerNorm): the input is {input}; its last dimension must be {features}.");

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.LayerNorm(input, Scale.Value, Shift.Value);
}
