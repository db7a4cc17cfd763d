namespace ImageSig.Tensors.Autodiff;

/// <summary>One operation on a tape: what its backward pass needs of the forward pass.</summary>
public abstract class TapeOp
{
    /// <summary>The result whose gradient <see cref="Backward"/> starts from.</summary>
    internal Tensor Output { get; set; } = null!;

    /// <summary>Adds this operation's share to the gradients of its inputs. The gradient of <see cref="Output"/> is complete, and
    /// nothing reads it afterwards: it may be overwritten.</summary>
    internal abstract void Backward(Gradients gradients);
}
