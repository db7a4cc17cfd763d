using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>The settings of a <see cref="TransformerBlock"/>.</summary>
public sealed record TransformerBlockOptions
{
    /// <summary>Size of each position.</summary>
    public required int Features { get; init; }

    /// <summary>Width of the first layer of the MLP.</summary>
    public required int Hidden { get; init; }

    /// <summary>Attention heads.</summary>
    public required int Heads { get; init; }

    /// <summary>Size of a head's keys.</summary>
    public required int KeySize { get; init; }

    /// <summary>Dropout on attention probabilities and behind each layer of the MLP.</summary>
    public float Dropout { get; init; }

    /// <summary>The activation of both layers of the MLP.</summary>
    public Activation Activation { get; init; } = Activation.Gelu;
}

/// <summary>Normalize, attend, add; normalize, two dense layers, add: <c>x ← x + attention(norm(x)); x ← x + mlp(norm(x))</c>.</summary>
/// <remarks>The normalization stands in front of each part. Source: Dosovitskiy et al., "An image is worth 16x16 words", ICLR 2021, figure 1.</remarks>
public sealed class TransformerBlock : Layer
{
    private readonly Residual attention;
    private readonly Residual dense;

    /// <summary>A block for [T, Features]. Uses three numbers of dropouts from <paramref name="firstDropout"/> on.</summary>
    public TransformerBlock(string name, TransformerBlockOptions options, int firstDropout)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(options);
        int features = options.Features;
        attention = new Residual($"{name}.attention", new Sequential($"{name}.attention", "attention", [
            new LayerNorm($"{name}.norm1", features),
            new MultiHeadAttention($"{name}.attention", features, options.KeySize, new AttentionOptions
            {
                Heads = options.Heads, Dropout = options.Dropout, DropoutLayer = firstDropout,
            }),
        ]));
        dense = new Residual($"{name}.mlp", new Sequential($"{name}.mlp", "MLP", [
            new LayerNorm($"{name}.norm2", features),
            new Dense($"{name}.dense1", features, options.Hidden, options.Activation),
            new Dropout($"{name}.dropout1", options.Dropout, firstDropout + 1),
            new Dense($"{name}.dense2", options.Hidden, features, options.Activation),
            new Dropout($"{name}.dropout2", options.Dropout, firstDropout + 2),
        ]));
        Kind = $"Transformer, {options.Heads} heads of {options.KeySize}, MLP {options.Hidden}-{features} {options.Activation.Name()}";
    }

    /// <summary>Its first half.</summary>
    internal Residual Attention => attention;

    /// <summary>Its second half.</summary>
    internal Residual Mlp => dense;

    /// <summary>How many numbers of dropouts a block uses.</summary>
    public static int Dropouts => 3;

    /// <inheritdoc/>
    public override string Kind { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. attention.Parameters, .. dense.Parameters];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => dense.OutputShape(attention.OutputShape(input));

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => attention.MultiplyAdds(input) + dense.MultiplyAdds(input);

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => dense.Forward(tape, attention.Forward(tape, input));

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer)
    {
        attention.Initialize(initializer);
        dense.Initialize(initializer);
    }
}
