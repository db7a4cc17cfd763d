using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.NN;

/// <summary>Every channel of [..., C] to mean 0 and variance 1 over the shard, scaled and shifted; then an activation.</summary>
/// <remarks>With its statistics frozen (<see cref="Parameter.IsFrozen"/>) it uses them in training as it does when predicting.</remarks>
public sealed class BatchNorm : Layer
{
    private readonly int channels;
    private readonly Activation activation;

    /// <summary>ε, added to the variance.</summary>
    internal const float Epsilon = 1e-5f;

    /// <summary>A layer for <paramref name="channels"/>; begins as scale 1, shift 0.</summary>
    public BatchNorm(string name, int channels, Activation activation = Activation.None)
        : base(name)
    {
        (this.channels, this.activation) = (channels, activation);
        Scale = new Parameter($"{name}.scale", new Shape(channels), start: 1);
        Shift = new Parameter($"{name}.shift", new Shape(channels));
        RunningMean = new Parameter($"{name}.mean", new Shape(channels), isStatistic: true);
        RunningVariance = new Parameter($"{name}.variance", new Shape(channels), isStatistic: true, start: 1);
    }

    /// <summary>[channels].</summary>
    public Parameter Scale { get; }

    /// <summary>[channels].</summary>
    public Parameter Shift { get; }

    /// <summary>[channels], what prediction uses for the mean.</summary>
    public Parameter RunningMean { get; }

    /// <summary>[channels], what prediction uses for the variance.</summary>
    public Parameter RunningVariance { get; }

    /// <summary>On top.</summary>
    internal Activation Activation => activation;

    /// <inheritdoc/>
    public override string Kind => activation == Activation.None ? "BatchNorm" : $"BatchNorm, {activation.Name()}";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [Scale, Shift, RunningMean, RunningVariance];

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => input.Rank > 0 && input.Last == channels
        ? input
        : throw new ArgumentException($"{Name} (BatchNorm): the input is {input}; its last dimension must be {channels}.");

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => tape.BatchNorm(
        input,
        new BatchNormTensors(Scale.Value, Shift.Value, RunningMean.Value, RunningVariance.Value)
        {
            AreStatisticsFixed = RunningMean.IsFrozen || RunningVariance.IsFrozen,
        },
        Epsilon,
        activation);
}
