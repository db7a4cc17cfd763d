using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Self-attention: queries, keys and values from the input, attention per head, and back to the input's size.</summary>
/// <remarks>The size of a head's keys is free: it need not be the model's size over the heads.</remarks>
public sealed class MultiHeadAttention : Layer
{
    private readonly int features;
    private readonly AttentionOptions options;
    private readonly Dense queries;
    private readonly Dense keys;
    private readonly Dense values;
    private readonly Dense output;

    /// <summary>A layer for [T, <paramref name="features"/>].</summary>
    /// <param name="name">Unique in its model.</param>
    /// <param name="features">Size of each position, in and out.</param>
    /// <param name="keySize">Size of a head's queries, keys and values.</param>
    /// <param name="options">Heads, dropout on the probabilities, causality.</param>
    /// <exception cref="ArgumentException">A size or an option is out of range.</exception>
    public MultiHeadAttention(string name, int features, int keySize, AttentionOptions options)
        : base(name)
    {
        (this.features, this.options) = (features, options);
        options.Check($"{name} (attention)");
        if (keySize < 1)
            throw new ArgumentException($"{name} (attention): the size of a head's keys is {keySize}; it must be at least 1.");
        int width = options.Heads * keySize;
        queries = new Dense($"{name}.query", features, width);
        keys = new Dense($"{name}.key", features, width);
        values = new Dense($"{name}.value", features, width);
        output = new Dense($"{name}.output", width, features);
    }

    /// <summary>Heads and dropout.</summary>
    internal AttentionOptions Options => options;

    /// <summary>From the input to the queries of all heads, side by side.</summary>
    internal Dense Queries => queries;

    /// <summary>The same of the keys.</summary>
    internal Dense Keys => keys;

    /// <summary>The same of the values.</summary>
    internal Dense Values => values;

    /// <summary>From all heads to the input's size.</summary>
    internal Dense Output => output;

    /// <inheritdoc/>
    public override string Kind => $"Attention, {options.Heads} heads";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. queries.Parameters, .. keys.Parameters, .. values.Parameters, .. output.Parameters];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank == 2 && input[1] == features
        ? input
        : throw new ArgumentException($"{Name} (attention): the input is {input}; it must be [T, {features}].");

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input)
    {
        long width = queries.Bias.Count;
        return 4 * input[0] * (long)features * width + 2 * (long)input[0] * input[0] * width;
    }

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => output.Forward(
        tape, tape.Attention(queries.Forward(tape, input), keys.Forward(tape, input), values.Forward(tape, input), options));

    /// <inheritdoc/>
    public override void Initialize(Initializer initializer)
    {
        queries.Initialize(initializer);
        keys.Initialize(initializer);
        values.Initialize(initializer);
        output.Initialize(initializer);
    }
}
