using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>One step of a network: its parameters, and how it turns a batch into the next.</summary>
public abstract class Layer
{
    /// <summary>A layer called <paramref name="name"/>.</summary>
    protected Layer(string name) => Name = name;

    /// <summary>Unique in its model; the parameters' names begin with it.</summary>
    public string Name { get; }

    /// <summary>What it is, for people: "Conv1D 32, kernel 3, ReLU".</summary>
    public abstract string Kind { get; }

    /// <summary>The parameters, in the order of the model file.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>What comes out for one sample of shape <paramref name="input"/>.</summary>
    /// <exception cref="ArgumentException">The layer cannot take this shape; the message says what would fit.</exception>
    public abstract Shape OutputShape(Shape input);

    /// <summary>The multiply-adds of one sample, without element-wise work.</summary>
    public virtual long MultiplyAdds(Shape input) => 0;

    /// <summary>The forward pass of a batch, [B, ...].</summary>
    public abstract Tensor Forward(Tape tape, Tensor input);

    /// <summary>Sets the parameters to their random beginnings; those left alone stay as they were made.</summary>
    public virtual void Initialize(Initializer initializer)
    {
    }
}
