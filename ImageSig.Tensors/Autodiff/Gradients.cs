namespace ImageSig.Tensors.Autodiff;

/// <summary>The gradients of one backward pass: of every result on the tape, and of every parameter of a block.</summary>
/// <remarks>Those of parameters are added to, over any number of passes, until <see cref="Clear"/>.</remarks>
public sealed class Gradients
{
    private readonly ParameterBlock block;
    private readonly Parameter[] parameters;
    private readonly float[] memory;
    private readonly int origin;
    private readonly bool[] isTouched;
    private readonly List<Tensor?> ofResults = [];
    private Tape? tape;

    /// <summary>Zero gradients for the parameters of <paramref name="block"/>.</summary>
    /// <exception cref="ArgumentNullException">There is no block.</exception>
    public Gradients(ParameterBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        this.block = block;
        parameters = [.. block.Parameters];
        memory = AlignedMemory.Allocate(block.Length, out origin);
        isTouched = new bool[parameters.Length];
    }

    /// <summary>The gradients of all parameters, laid out as the block: [block.Length].</summary>
    /// <remarks>Complete after <see cref="Tape.Backward"/>.</remarks>
    public ReadOnlySpan<float> OfParameters => memory.AsSpan(origin, block.Length);

    /// <summary>The gradient of one parameter, in its shape's order; zeros if it is frozen.</summary>
    /// <exception cref="ArgumentNullException">There is no parameter.</exception>
    /// <exception cref="ArgumentException">The parameter is not one of the block.</exception>
    public Span<float> Of(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Span<float> gradient = Of(parameter.IndexIn(block), out bool isNew);
        if (isNew)
            gradient.Clear();
        return gradient;
    }

    /// <summary>Sets the gradients of all parameters to zero.</summary>
    /// <remarks>Each is only marked, and written when first asked for.</remarks>
    public void Clear() => Array.Clear(isTouched);

    /// <summary>Writes zeros for the parameters that nothing was added to.</summary>
    internal void Complete()
    {
        foreach (Parameter parameter in parameters)
            _ = Of(parameter);
    }

    /// <summary>Whether the tensor has been given a gradient in this pass (parameters always have one).</summary>
    internal bool Has(Tensor tensor) => tensor.Slot < 0 || ofResults[tensor.Slot] is not null;

    /// <summary>In the backward pass of an operation, the gradient to add to: of the tensor's count, zeros when asked for the first time.</summary>
    /// <param name="tensor">An input or the output of the operation that <see cref="Tensor.RequiresGradient"/>.</param>
    /// <exception cref="ArgumentNullException">There is no tensor.</exception>
    /// <exception cref="ArgumentException">No gradient flows to the tensor, or it is a parameter of another block.</exception>
    public Span<float> Of(Tensor tensor)
    {
        Span<float> gradient = Of(tensor, out bool isNew);
        if (isNew)
            gradient.Clear();
        return gradient;
    }

    /// <summary>As <see cref="Of(Tensor)"/>, but undefined when <paramref name="isNew"/>: then every number must be written rather than added to.</summary>
    /// <exception cref="ArgumentNullException">There is no tensor.</exception>
    /// <exception cref="ArgumentException">No gradient flows to the tensor, or it is a parameter of another block.</exception>
    public Span<float> Of(Tensor tensor, out bool isNew)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Slot < 0)
        {
            if (!tensor.RequiresGradient)
                throw new ArgumentException($"Gradients: no gradient flows to a tensor of shape {tensor.Shape}; ask its RequiresGradient first.");
            return tensor.IsOver(block.Values)
                ? Of(~tensor.Slot, out isNew)
                : throw new ArgumentException($"Gradients: a parameter of shape {tensor.Shape} is of another block; freeze it (IsFrozen), or put all parameters of the loss into one block.");
        }
        isNew = false;
        Tensor? gradient = ofResults[tensor.Slot];
        if (gradient is null)
        {
            isNew = true;
            ofResults[tensor.Slot] = gradient = tape!.Arena.Allocate(tensor.Shape);
        }
        return gradient.Span;
    }

    /// <summary>Lets <paramref name="view"/> (a reshape, not yet given a gradient) share the gradient memory of another.</summary>
    internal void Share(Tensor source, Tensor view, TensorArena arena) => ofResults[source.Slot] = arena.View(GradientTensor(view), source.Shape);

    /// <summary>Forgets the gradients of results and makes room for those of <paramref name="next"/>.</summary>
    internal void Begin(Tape next)
    {
        tape = next;
        for (int i = 0; i < ofResults.Count; i++)
            ofResults[i] = null;
        while (ofResults.Count < next.ResultCount)
            ofResults.Add(null);
    }

    private Span<float> Of(int parameter, out bool isNew)
    {
        isNew = !isTouched[parameter];
        isTouched[parameter] = true;
        return memory.AsSpan(origin + block.StartOf(parameter), parameters[parameter].Count);
    }

    private Tensor GradientTensor(Tensor tensor) => ofResults[tensor.Slot]!;
}
