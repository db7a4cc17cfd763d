using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>While training, sets numbers to zero with probability <c>rate</c> and enlarges the rest to make up for it.</summary>
public sealed class Dropout : Layer
{
    private readonly float rate;
    private readonly int number;

    /// <summary>A layer that drops a share of <paramref name="rate"/>.</summary>
    /// <param name="name">Unique in its model.</param>
    /// <param name="rate">In [0, 1).</param>
    /// <param name="number">Tells the dropouts of a model apart, so that each draws its own mask.</param>
    /// <exception cref="ArgumentException">The rate is outside [0, 1).</exception>
    public Dropout(string name, float rate, int number)
        : base(name)
    {
        DropoutRate.Check($"{name} (Dropout)", rate);
        (this.rate, this.number) = (rate, number);
    }

    /// <inheritdoc/>
    public override string Kind => FormattableString.Invariant($"Dropout {rate}");

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input;

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.Dropout(input, rate, number);
}
