using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tensors;

/// <summary>A named tensor that belongs to a model: weights that training finds, or a statistic that follows the batches. Its gradient lives in
/// <see cref="Gradients"/>, not here.</summary>
/// <remarks>The name goes into the model file ("conv1.weight"). <see cref="ParameterBlock"/> gives all parameters of a model one
/// block of memory, so that an optimizer is one pass over one array.</remarks>
public sealed class Parameter
{
    private readonly float start;
    private Tensor? value;
    private ParameterBlock? block;
    private int index;

    /// <summary>A parameter of equal numbers.</summary>
    /// <param name="name">Stable across versions: it names the tensor in model files.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="isStatistic">True for running statistics, which follow averages of the batches rather than a gradient.</param>
    /// <param name="start">What every number begins as.</param>
    /// <exception cref="ArgumentNullException">There is no name.</exception>
    public Parameter(string name, Shape shape, bool isStatistic = false, float start = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
        Shape = shape;
        IsStatistic = isStatistic;
        this.start = start;
    }

    /// <summary>The name in the model file, such as "conv1.weight".</summary>
    public string Name { get; }

    /// <summary>The numbers. Writing to its span sets the weights.</summary>
    /// <remarks>Allocated when first asked for: a model can be described and its parameters counted without memory for them.</remarks>
    public Tensor Value => value ??= Allocate();

    /// <summary>Whether these are running statistics of the batches, which no optimizer changes and no gradient reaches. What a parameter is, for good.</summary>
    public bool IsStatistic { get; }

    /// <summary>Whether training leaves the numbers as they are, to the last bit. What its user chose, at any time between two trainings: no gradient is
    /// computed for it, no decay and no clipping sees it. A batch normalization whose statistics are frozen uses them in training too.</summary>
    public bool IsFrozen
    {
        get;
        set
        {
            field = value;
            if (block is null)
                return;
            Value.Slot = value ? Tensor.NoSlot : ~index;
            block.ForgetParts();
        }
    }

    /// <summary>The dimensions.</summary>
    public Shape Shape { get; }

    /// <summary>How many numbers.</summary>
    public int Count => Shape.Count;

    /// <summary>Whether it lives in a <see cref="ParameterBlock"/>.</summary>
    internal bool IsInBlock => block is not null;

    /// <summary>Moves the numbers into a block, as its parameter number <paramref name="place"/>.</summary>
    internal void MoveTo(ParameterBlock home, int place)
    {
        (block, index) = (home, place);
        int offset = home.Origin + home.StartOf(place);
        Span<float> numbers = home.Values.AsSpan(offset, Count);
        if (value is not null)
            value.Span.CopyTo(numbers);
        else if (start != 0)
            numbers.Fill(start);
        value ??= new Tensor(Shape, home.Values, offset);
        value.Repoint(Shape, home.Values, offset, IsFrozen ? Tensor.NoSlot : ~place);
    }

    /// <summary>Its number in <paramref name="home"/>.</summary>
    /// <exception cref="ArgumentException">It is not one of that block.</exception>
    internal int IndexIn(ParameterBlock home) => block == home
        ? index
        : throw new ArgumentException($"Gradients: \"{Name}\" is not a parameter of this block.");

    private Tensor Allocate()
    {
        Tensor made = new(Shape);
        if (start != 0)
            made.Span.Fill(start);
        return made;
    }
}
