namespace ImageSig.Tensors;

/// <summary>A named tensor that training changes. Its gradient lives in <see cref="Autodiff.Gradients"/>, not here.</summary>
/// <remarks>The name goes into the model file ("conv1.weight"). <see cref="ParameterBlock"/> gives all parameters of a model one
/// block of memory, so that an optimizer is one pass over one array.</remarks>
public sealed class Parameter
{
    private Tensor? value;

    /// <summary>A parameter of zeros.</summary>
    /// <param name="name">Stable across versions: it names the tensor in model files.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="isTrainable">False for running statistics: no optimizer touches them.</param>
    public Parameter(string name, Shape shape, bool isTrainable = true)
    {
        Name = name;
        Shape = shape;
        IsTrainable = isTrainable;
    }

    /// <summary>The name in the model file, such as "conv1.weight".</summary>
    public string Name { get; }

    /// <summary>The numbers. Writing to its span sets the weights.</summary>
    /// <remarks>Allocated when first asked for: a model can be described and its parameters counted without memory for them.</remarks>
    public Tensor Value => value ??= new Tensor(Shape);

    /// <summary>Whether an optimizer changes it. Running statistics are not trainable: they follow averages of the batches.</summary>
    public bool IsTrainable { get; }

    /// <summary>The dimensions.</summary>
    public Shape Shape { get; }

    /// <summary>How many numbers.</summary>
    public int Count => Shape.Count;
}
