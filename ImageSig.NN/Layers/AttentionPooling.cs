using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>[T, F] to [F]: a mean over positions, weighted by the softmax of a learned score of each.</summary>
public sealed class AttentionPooling : Layer
{
    private readonly int features;
    private readonly Dense score;

    /// <summary>A layer for positions of <paramref name="features"/>.</summary>
    public AttentionPooling(string name, int features)
        : base(name)
    {
        this.features = features;
        score = new Dense($"{name}.score", features, 1);
    }

    /// <summary>Scores the positions.</summary>
    internal Dense Score => score;

    /// <inheritdoc/>
    public override string Kind => "Attention pooling";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => score.Parameters;

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank == 2 && input[1] == features
        ? new Shape(features)
        : throw new ArgumentException($"{Name} (attention pooling): the input is {input}; it must be [T, {features}].");

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => 2L * input.Count;

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.AttentionPool(score.Forward(tape, input), input);

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer) => score.Initialize(initializer);
}
