using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Adds a learned vector to each position of [T, F], so that what follows can tell them apart.</summary>
public sealed class PositionEmbedding : Layer
{
    /// <summary>A layer for <paramref name="positions"/> positions of <paramref name="features"/>.</summary>
    public PositionEmbedding(string name, int positions, int features)
        : base(name) => Embedding = new Parameter($"{name}.embedding", new Shape(positions, features));

    /// <summary>[positions, features].</summary>
    public Parameter Embedding { get; }

    /// <inheritdoc/>
    public override string Kind => "Position embedding";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Embedding];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input == Embedding.Shape
        ? input
        : throw new ArgumentException($"{Name} (positions): the input is {input}; it must be {Embedding.Shape}.");

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.Add(input, Embedding.Value);

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer) => initializer.Uniform(Embedding, 0.05f);
}
