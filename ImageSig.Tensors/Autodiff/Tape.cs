namespace ImageSig.Tensors.Autodiff;

/// <summary>Records layer-sized operations as they run, so that one loop over them in reverse is the backward pass.</summary>
/// <remarks>Each operation is a method here, in its own file under Ops, beside its <see cref="TapeOp"/>. A tape that is not
/// training records nothing: it only computes. Reset before every step; after the first step of a shape, no operation allocates.
/// Not thread-safe: one tape per worker. See docs/autodiff.md.</remarks>
public sealed partial class Tape
{
    private readonly List<TapeOp> operations = [];
    private int operationCount;

    /// <summary>A tape whose tensors come from <paramref name="arena"/>.</summary>
    /// <param name="isTraining">Whether operations are recorded for <see cref="Backward"/> and dropout is active.</param>
    /// <exception cref="ArgumentNullException">There is no arena.</exception>
    public Tape(TensorArena arena, bool isTraining)
    {
        ArgumentNullException.ThrowIfNull(arena);
        Arena = arena;
        IsTraining = isTraining;
    }

    /// <summary>Whether operations are recorded and dropout is active.</summary>
    public bool IsTraining { get; }

    /// <summary>Where the results live.</summary>
    public TensorArena Arena { get; }

    /// <summary>What random draws are keyed by: the run's seed, the epoch, and the sample in each row of the batch.</summary>
    /// <exception cref="ArgumentNullException">It is set to nothing.</exception>
    public RandomContext Random
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = new();

    /// <summary>How many results on the tape can receive a gradient.</summary>
    internal int ResultCount { get; private set; }

    /// <summary>Forgets everything recorded and gives all tensors back to the arena.</summary>
    public void Reset()
    {
        operationCount = 0;
        ResultCount = 0;
        Arena.Reset();
    }

    /// <summary>A tensor for the caller to fill, to which no gradient flows: a batch of inputs.</summary>
    public Tensor Input(Shape shape) => Arena.Allocate(shape);

    /// <summary>Runs the tape in reverse from <paramref name="loss"/>, whose own gradient is 1.</summary>
    /// <param name="gradients">Receives the gradients: those of parameters are added to what it holds.</param>
    /// <exception cref="ArgumentException">The loss is not a single number, or nothing on the tape led to it.</exception>
    /// <exception cref="ArgumentNullException">There is no loss, or nothing to receive the gradients.</exception>
    public void Backward(Tensor loss, Gradients gradients)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(gradients);
        if (loss.Shape.Count != 1)
            throw new ArgumentException($"Backward: the loss is {loss.Shape}; it must be a single number. Reduce it first.");
        if (!loss.RequiresGradient)
            throw new ArgumentException("Backward: the loss does not depend on any parameter that is not frozen, or the tape is not training.");
        gradients.Begin(this);
        gradients.Of(loss)[0] = 1;
        for (int i = operationCount - 1; i >= 0; i--)
            if (gradients.Has(operations[i].Output))
                operations[i].Backward(gradients);
        gradients.Complete();
    }

    /// <summary>A result of an operation, of undefined contents, valid until <see cref="Reset"/>.</summary>
    /// <param name="requiresGradient">Whether an input of the operation does. On a tape that is not training no result does.</param>
    public Tensor Result(Shape shape, bool requiresGradient) => Track(Arena.Allocate(shape), requiresGradient);

    private Tensor Track(Tensor tensor, bool requiresGradient)
    {
        if (!requiresGradient || !IsTraining)
            return tensor;
        tensor.Slot = ResultCount++;
        return tensor;
    }

    /// <summary>The operation recorded at this place in the last step, if it is of the same kind: its object is used again, so that a step
    /// allocates nothing.</summary>
    public T? Reuse<T>()
        where T : TapeOp =>
        operationCount < operations.Count ? operations[operationCount] as T : null;

    /// <summary>Puts an operation that has run on the tape, for <see cref="Backward"/>.</summary>
    /// <param name="output">From <see cref="Result"/>, and only if it has <see cref="Tensor.RequiresGradient"/>.</param>
    /// <exception cref="ArgumentNullException">There is no operation or no output.</exception>
    /// <exception cref="ArgumentException">No gradient flows to the output.</exception>
    public void Record(TapeOp operation, Tensor output)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(output);
        if (output.Slot < 0)
            throw new ArgumentException($"Record: no gradient flows to the output of {operation.GetType().Name}; take it from Result, and record only if it requires one.");
        operation.Output = output;
        if (operationCount == operations.Count)
            operations.Add(operation);
        else
            operations[operationCount] = operation;
        operationCount++;
    }
}
