using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>[T, C] to its signature [F], with exact gradients: what stands before it can be learned (a deep signature model).</summary>
/// <param name="name">Unique in its model.</param>
/// <param name="transform">Prepared for C channels.</param>
/// <remarks>Source: Kidger, Bonnier, Perez Arribas, Salvi, Lyons, "Deep Signature Transforms", NeurIPS 2019.</remarks>
public sealed class SignatureLayer(string name, SignatureTransform transform) : Layer(name)
{
    /// <inheritdoc/>
    public override string Kind => $"Signature, depth {transform.Layout.Depth}";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) =>
        input.Rank == 2 && input[1] == transform.Layout.Channels
            ? new Shape(transform.Layout.Length)
            : throw new ArgumentException($"{Name} (signature): the input is {input}; it must be paths [T, {transform.Layout.Channels}]. Prepare the transform for the channels before it.");

    /// <inheritdoc/>
    public override long MultiplyAdds(Shape input) => transform.MultiplyAdds(input[0]);

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.Signature(input, transform);
}
