using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Signed roots of the levels of signatures, [..., F]: <c>r(x) = sign(x) ((|x| + ε)^(1/k) − ε^(1/k))</c> in level k.</summary>
/// <param name="name">Unique in its model.</param>
/// <param name="roots">Prepared for rows of F numbers.</param>
public sealed class SignedRootsLayer(string name, SignedRoots roots) : Layer(name)
{
    /// <summary>What it computes.</summary>
    internal SignedRoots Roots => roots;

    /// <inheritdoc/>
    public override string Kind => $"Signed roots, epsilon {(float)roots.Epsilon}";

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank > 0 && input.Last == roots.Length
        ? input
        : throw new ArgumentException(
            $"{Name} (signed roots): the input is {input}; its last dimension must be {roots.Length}, the signature that the roots were prepared for.");

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.SignedRoots(input, roots);
}
