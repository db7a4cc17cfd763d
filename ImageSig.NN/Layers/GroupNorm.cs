using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>The channels of [..., C] in groups, each sample's group to mean 0 and variance 1, then scaled and shifted by what is learned.</summary>
public sealed class GroupNorm : Layer
{
    private readonly int channels;
    private readonly int groups;

    /// <summary>A layer for <paramref name="channels"/> in <paramref name="groups"/>; begins as scale 1, shift 0.</summary>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public GroupNorm(string name, int channels, int groups)
        : base(name)
    {
        (this.channels, this.groups) = (channels, groups);
        if (groups < 1 || channels % groups != 0)
            throw new ArgumentException($"{name} (GroupNorm): {channels} channels in {groups} groups; the groups must divide the channels.");
        Scale = new Parameter($"{name}.scale", new Shape(channels), start: 1);
        Shift = new Parameter($"{name}.shift", new Shape(channels));
    }

    /// <summary>[channels].</summary>
    public Parameter Scale { get; }

    /// <summary>[channels].</summary>
    public Parameter Shift { get; }

    /// <inheritdoc/>
    public override string Kind => $"GroupNorm, {groups} groups";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Scale, Shift];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank > 0 && input.Last == channels
        ? input
        : throw new ArgumentException($"{Name} (GroupNorm): the input is {input}; its last dimension must be {channels}.");

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.GroupNorm(input, groups, Scale.Value, Shift.Value);
}
