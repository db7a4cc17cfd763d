using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>[T, C] to its log-signature [L] in a named basis, with exact gradients.</summary>
/// <param name="name">Unique in its model.</param>
/// <param name="transform">Prepared for C channels.</param>
public sealed class LogSignatureLayer(string name, LogSignatureTransform transform) : Layer(name)
{
    /// <inheritdoc/>
    public override string Kind => $"Log-signature ({transform.Basis}), depth {transform.Layout.Depth}";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        input.Rank == 2 && input[1] == transform.Layout.Channels
            ? new Shape(transform.Length)
            : throw new ArgumentException($"{Name} (log-signature): the input is {input}; it must be paths [T, {transform.Layout.Channels}]. Prepare the transform for the channels before it.");

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => transform.MultiplyAdds(input[0]);

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.LogSignature(input, transform);
}
