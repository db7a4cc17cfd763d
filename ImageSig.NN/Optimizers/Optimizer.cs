using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tensors.Kernels;

namespace ImageSig.NN;

/// <summary>How weights follow from gradients, step by step, over a block of weights.</summary>
public abstract class Optimizer
{
    /// <summary>How fast running statistics, which no optimizer changes, follow those of the batches.</summary>
    private const float StatisticsRate = 0.1f;

    /// <summary>Room for a number of every weight.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is below 0.</exception>
    private protected static float[] Zeros(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return new float[length];
    }

    /// <summary>A setting of an optimizer.</summary>
    /// <exception cref="SettingException">It is out of bounds.</exception>
    private protected static float Checked(Bounds bounds, string setting, float value)
    {
        bounds.Check(setting, value);
        return value;
    }

    private protected Optimizer(params (string Name, float[] Values)[] memory) => Memory = memory;

    /// <summary>Steps taken so far.</summary>
    public long Steps { get; private set; }

    /// <summary>What is remembered of every weight, by name: each array is as long as the block.</summary>
    internal IReadOnlyList<(string Name, float[] Values)> Memory { get; }

    /// <summary>How many floats an optimizer of this kind remembers of every weight.</summary>
    internal static int FloatsPerWeight(OptimizerKind kind) => kind == OptimizerKind.Sgd ? 1 : 2;

    /// <summary>The optimizer that the options name, for a block of <paramref name="length"/> floats.</summary>
    internal static Optimizer Create(TrainingOptions options, int length) => options.Optimizer == OptimizerKind.Sgd
        ? new SgdOptimizer(length, options.Momentum, options.WeightDecay)
        : new AdamOptimizer(length, options.Optimizer, options.WeightDecay);

    /// <summary>One whole step: all weights of <paramref name="block"/> by their gradients.</summary>
    /// <param name="block">As long as the optimizer was made for.</param>
    /// <param name="gradients">Of this block.</param>
    /// <param name="learningRate">A finite number.</param>
    /// <exception cref="ArgumentNullException">No block or no gradients.</exception>
    /// <exception cref="ArgumentException">The block is longer or shorter, or the gradients are of another length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is infinite or not a number.</exception>
    public void Step(ParameterBlock block, Gradients gradients, double learningRate)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(gradients);
        int length = Memory[0].Values.Length;
        if ((length != block.Length && length != block.WeightLength) || gradients.OfParameters.Length != block.Length)
            throw new ArgumentException($"Optimizer: made for {length} floats, the block has {block.Length} and the gradients {gradients.OfParameters.Length}; all three must be those of one ParameterBlock.");
        if (!double.IsFinite(learningRate))
            throw new ArgumentOutOfRangeException(nameof(learningRate), $"Optimizer: the learning rate is {learningRate}; a finite number is needed.");
        Begin(learningRate);
        Apply(block, 0, gradients.OfParameters);
    }

    /// <summary>Counts one step of this learning rate; <see cref="Apply(ParameterBlock, int, ReadOnlySpan{float})"/> then does it for any parts of the block.</summary>
    internal void Begin(double learningRate)
    {
        Steps++;
        Prepare(learningRate);
    }

    /// <summary>Updates the part of the block that begins at <paramref name="start"/>: weights by this optimizer; behind them, running
    /// statistics follow what the batch measured. What is frozen stays.</summary>
    internal void Apply(ParameterBlock block, int start, ReadOnlySpan<float> gradients)
    {
        foreach (BlockPart part in block.Parts)
        {
            int first = Math.Max(start, part.Start);
            int count = Math.Min(start + gradients.Length, part.Start + part.Length) - first;
            if (count <= 0)
                continue;
            Span<float> values = block.Span.Slice(first, count);
            ReadOnlySpan<float> slopes = gradients.Slice(first - start, count);
            if (part.IsStatistic)
                FollowKernel.Follow(values, slopes, StatisticsRate);
            else
                Apply(first, values, slopes);
        }
    }

    /// <summary>Updates <paramref name="weights"/>, which begin at <paramref name="start"/> of the block.</summary>
    internal abstract void Apply(int start, Span<float> weights, ReadOnlySpan<float> gradients);

    /// <summary>The numbers of this step, the same for all weights.</summary>
    private protected abstract void Prepare(double learningRate);

    /// <summary>Continues behind <paramref name="steps"/> steps; <see cref="Memory"/> is filled by the caller.</summary>
    internal virtual void Restore(long steps) => Steps = steps;
}
