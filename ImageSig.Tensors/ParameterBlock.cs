namespace ImageSig.Tensors;

/// <summary>All parameters of a model side by side in one array, each beginning on a 64-byte boundary relative to the first.</summary>
/// <remarks>Optimizers, sums of gradients and snapshots are then single passes over [<see cref="Length"/>] floats. The gaps
/// between parameters hold zeros, get zero gradients and stay zero, and so do the gradients of what is frozen.</remarks>
public sealed class ParameterBlock
{
    private const int Alignment = 16;
    private readonly int[] starts;
    private BlockPart[]? parts;

    /// <summary>Moves the values of <paramref name="parameters"/> into one new block: first the weights, then the statistics, each group in this order.</summary>
    /// <exception cref="ArgumentException">Two parameters share a name, or one already belongs to a block.</exception>
    /// <exception cref="ArgumentNullException">There is no list, or a parameter in it is null.</exception>
    public ParameterBlock(IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
        starts = new int[parameters.Count];
        HashSet<string> names = [];
        int length = 0;
        foreach (Parameter parameter in parameters)
        {
            ArgumentNullException.ThrowIfNull(parameter, nameof(parameters));
            if (!names.Add(parameter.Name))
                throw new ArgumentException($"ParameterBlock: two parameters are called \"{parameter.Name}\"; names must differ.");
            if (parameter.IsInBlock)
                throw new ArgumentException($"ParameterBlock: \"{parameter.Name}\" already belongs to a block.");
        }
        foreach (bool statistics in (ReadOnlySpan<bool>)[false, true])
        {
            for (int i = 0; i < parameters.Count; i++)
            {
                if (parameters[i].IsStatistic != statistics)
                    continue;
                starts[i] = length;
                length = checked(length + Padded(parameters[i].Count));
            }
            if (!statistics)
                WeightLength = length;
        }
        Length = length;
        Values = AlignedMemory.Allocate(length, out int origin);
        Origin = origin;
        for (int i = 0; i < parameters.Count; i++)
            parameters[i].MoveTo(this, i);
    }

    /// <summary>The parameters, in the order of the block.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Floats in the block, gaps included.</summary>
    public int Length { get; }

    /// <summary>Floats of the weights, which come first; behind them are running statistics.</summary>
    public int WeightLength { get; }

    /// <summary>All values: [<see cref="Length"/>].</summary>
    public Span<float> Span => Values.AsSpan(Origin, Length);

    internal float[] Values { get; }

    internal int Origin { get; }

    /// <summary>Where parameter <paramref name="index"/> begins in the block.</summary>
    public int StartOf(int index) => starts[index];

    /// <summary>The parts of the block that training changes, in order: weights and statistics apart, without what is frozen.</summary>
    internal ReadOnlySpan<BlockPart> Parts => parts ??= FindParts();

    /// <summary>Something was frozen, or is free again.</summary>
    internal void ForgetParts() => parts = null;

    private BlockPart[] FindParts()
    {
        List<BlockPart> found = [];
        foreach (bool statistics in (ReadOnlySpan<bool>)[false, true])
        {
            int begin = statistics ? WeightLength : 0;
            int end = statistics ? Length : WeightLength;
            for (int i = 0; i < Parameters.Count; i++)
            {
                if (Parameters[i].IsStatistic != statistics || !Parameters[i].IsFrozen)
                    continue;
                if (starts[i] > begin)
                    found.Add(new BlockPart(begin, starts[i] - begin, statistics));
                begin = starts[i] + Padded(Parameters[i].Count);
            }
            if (end > begin)
                found.Add(new BlockPart(begin, end - begin, statistics));
        }
        return [.. found];
    }

    private static int Padded(int count) => checked((count + Alignment - 1) / Alignment * Alignment);
}

/// <summary>A part of a <see cref="ParameterBlock"/>.</summary>
/// <param name="Start">In the block.</param>
/// <param name="Length">Floats.</param>
/// <param name="IsStatistic">Whether it holds running statistics rather than weights.</param>
internal readonly record struct BlockPart(int Start, int Length, bool IsStatistic);
