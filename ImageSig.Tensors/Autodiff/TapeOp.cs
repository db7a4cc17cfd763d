namespace ImageSig.Tensors.Autodiff;

/// <summary>One operation on a tape: what its backward pass needs of the forward pass.</summary>
/// <remarks>Derive from it for an operation of your own, recorded by a method beside it: docs/autodiff.md shows one whole. Objects are used
/// again, step after step (<see cref="Tape.Reuse"/>), so the forward pass sets every property.</remarks>
public abstract class TapeOp
{
    /// <summary>The result whose gradient <see cref="Backward"/> starts from.</summary>
    public Tensor Output { get; internal set; } = null!;

    /// <summary>Adds this operation's share to the gradients of its inputs. The gradient of <see cref="Output"/> is complete, and
    /// nothing reads it afterwards: it may be overwritten.</summary>
    /// <param name="gradients">Ask it only for tensors with <see cref="Tensor.RequiresGradient"/>.</param>
    public abstract void Backward(Gradients gradients);
}
