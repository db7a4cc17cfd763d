namespace ImageSig.Tensors;

/// <summary>A named tensor that training changes. Its gradient lives in <see cref="Autodiff.Gradients"/>, not here.</summary>
/// <remarks>The name goes into the model file ("conv1.weight"). <see cref="ParameterBlock"/> gives all parameters of a model one
/// block of memory, so that an optimizer is one pass over one array.</remarks>
public sealed class Parameter
{
    /// <summary>A parameter of zeros.</summary>
    /// <param name="name">Stable across versions: it names the tensor in model files.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="isTrainable">False for running statistics: no optimizer touches them.</param>
    public Parameter(string name, Shape shape, bool isTrainable = true)
    {
        Name = name;
        Value = new Tensor(shape);
        IsTrainable = isTrainable;
    }

    /// <summary>The name in the model file, such as "conv1.weight".</summary>
    public string Name { get; }

    /// <summary>The numbers. Writing to its span sets the weights.</summary>
    public Tensor Value { get; }

    /// <summary>Whether an optimizer changes it. Running statistics are not trainable: they follow averages of the batches.</summary>
    public bool IsTrainable { get; }

    /// <summary>The dimensions.</summary>
    public Shape Shape => Value.Shape;

    /// <summary>How many numbers.</summary>
    public int Count => Value.Shape.Count;
}
