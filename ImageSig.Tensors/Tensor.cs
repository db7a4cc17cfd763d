using System.Globalization;
using System.Numerics.Tensors;

namespace ImageSig.Tensors;

/// <summary>A contiguous row-major block of floats with a shape. Never strided: a reshape is free, a transpose is a copy.</summary>
/// <remarks>A tensor that came out of a <see cref="TensorArena"/> (every result of an operation on a tape) is valid until that
/// arena is reset; copy its numbers out if they must live longer.</remarks>
public sealed class Tensor
{
    /// <summary>The slot of a tensor to which no gradient ever flows: a batch of inputs.</summary>
    internal const int NoSlot = int.MinValue;

    private const int ShownNumbers = 8;

    private float[] buffer;
    private int offset;

    /// <summary>A tensor of zeros with memory of its own.</summary>
    /// <exception cref="OverflowException">The shape holds more numbers than an array can.</exception>
    public Tensor(Shape shape)
        : this(shape, new float[MemoryFor(shape)], 0)
    {
    }

    /// <summary>A tensor that holds a copy of <paramref name="values"/>.</summary>
    /// <exception cref="ArgumentException">The number of values is not the shape's count.</exception>
    public Tensor(Shape shape, ReadOnlySpan<float> values)
        : this(shape)
    {
        if (values.Length != shape.Count)
            throw new ArgumentException($"Tensor: shape {shape} holds {shape.Count} numbers, {values.Length} were given.");
        values.CopyTo(Span);
    }

    internal Tensor(Shape shape, float[] buffer, int offset)
    {
        Shape = shape;
        this.buffer = buffer;
        this.offset = offset;
    }

    /// <summary>The dimensions.</summary>
    public Shape Shape { get; private set; }

    /// <summary>All numbers, row-major: [<see cref="Shape.Count"/>].</summary>
    public Span<float> Span => buffer.AsSpan(offset, Shape.Count);

    /// <summary>A tensor over <paramref name="memory"/> itself, for data that is already there: nothing is copied.</summary>
    /// <param name="shape">Its dimensions; the numbers are row-major without gaps.</param>
    /// <param name="memory">From the start on at least <see cref="MemoryFor"/> the shape.</param>
    /// <param name="start">Where the tensor begins.</param>
    /// <exception cref="ArgumentException">The memory is too short; the message says how many floats are needed.</exception>
    /// <exception cref="ArgumentNullException">There is no memory.</exception>
    public static Tensor Over(float[] memory, Shape shape, int start = 0)
    {
        ArgumentNullException.ThrowIfNull(memory);
        if (start < 0 || memory.Length - (long)start < MemoryFor(shape))
            throw new ArgumentException(
                $"Tensor: {memory.Length} floats from {start} on for shape {shape}; {shape.Count} and {AlignedMemory.Slack} behind them are needed. Allocate that many, or copy the numbers with new Tensor(shape, values).");
        return new Tensor(shape, memory, start);
    }

    /// <summary>Floats that <see cref="Over"/> needs for a shape: its numbers, and behind them some that kernels load whole registers from
    /// (their contents do not matter).</summary>
    /// <exception cref="OverflowException">The shape holds more numbers than an array can.</exception>
    public static int MemoryFor(Shape shape) => checked(shape.Count + AlignedMemory.Slack);

    /// <summary>All numbers as a span of several dimensions, of rank 1 for a scalar: the same memory, for operations of System.Numerics.Tensors.</summary>
    public TensorSpan<float> AsTensorSpan() => new(Span, Lengths(Shape));

    /// <summary>All numbers as a read-only span of several dimensions, of rank 1 for a scalar: the same memory.</summary>
    public ReadOnlyTensorSpan<float> AsReadOnlyTensorSpan() => new(Span, Lengths(Shape));

    /// <summary>Whether a gradient flows to this tensor: parameters, and whatever was computed from them.</summary>
    public bool RequiresGradient => Slot != NoSlot;

    /// <summary><c>[2, 3]: 0, 0.5, 1, 1.5, 2, 2.5</c>; of many numbers the first eight.</summary>
    public override string ToString()
    {
        string numbers = string.Join(", ", Span[..Math.Min(Span.Length, ShownNumbers)].ToArray().Select(number => number.ToString(CultureInfo.InvariantCulture)));
        return $"{Shape}: {numbers}{(Span.Length > ShownNumbers ? ", …" : "")}";
    }

    /// <summary>Where <see cref="Autodiff.Gradients"/> keeps this tensor's gradient: n for the n-th result on the tape, ~n for
    /// parameter n, <see cref="NoSlot"/> for none.</summary>
    internal int Slot { get; set; } = NoSlot;

    /// <summary>Whether its numbers lie in this memory.</summary>
    internal bool IsOver(float[] memory) => buffer == memory;

    /// <summary>Turns this object into a view of other memory: how arenas recycle their tensors and models lay out parameters.</summary>
    internal void Repoint(Shape shape, float[] newBuffer, int newOffset, int slot)
    {
        Shape = shape;
        buffer = newBuffer;
        offset = newOffset;
        Slot = slot;
    }

    /// <summary>Makes this object another shape over the numbers of <paramref name="source"/>.</summary>
    internal void RepointTo(Tensor source, Shape shape, int slot) => Repoint(shape, source.buffer, source.offset, slot);

    private static nint[] Lengths(Shape shape)
    {
        nint[] lengths = new nint[Math.Max(1, shape.Rank)];
        lengths[0] = 1;
        for (int i = 0; i < shape.Rank; i++)
            lengths[i] = shape[i];
        return lengths;
    }
}
