namespace ImageSig.Tensors;

/// <summary>All parameters of a model side by side in one array, each beginning on a 64-byte boundary relative to the first.</summary>
/// <remarks>Optimizers, sums of gradients and snapshots are then single passes over [<see cref="Length"/>] floats. The gaps
/// between parameters hold zeros, get zero gradients and stay zero.</remarks>
public sealed class ParameterBlock
{
    private const int Alignment = 16;
    private readonly int[] starts;

    /// <summary>Moves the values of <paramref name="parameters"/> into one new block: first the trainable ones, each group in this order.</summary>
    /// <exception cref="ArgumentException">Two parameters share a name, or one already belongs to a block.</exception>
    public ParameterBlock(IReadOnlyList<Parameter> parameters)
    {
        Parameters = parameters;
        starts = new int[parameters.Count];
        HashSet<string> names = [];
        int length = 0;
        foreach (Parameter parameter in parameters)
        {
            if (!names.Add(parameter.Name))
                throw new ArgumentException($"ParameterBlock: two parameters are called \"{parameter.Name}\"; names must differ.");
            if (parameter.Value.RequiresGradient)
                throw new ArgumentException($"ParameterBlock: \"{parameter.Name}\" already belongs to a block.");
        }
        foreach (bool trainable in (ReadOnlySpan<bool>)[true, false])
        {
            for (int i = 0; i < parameters.Count; i++)
            {
                if (parameters[i].IsTrainable != trainable)
                    continue;
                starts[i] = length;
                length = checked((length + parameters[i].Count + Alignment - 1) / Alignment * Alignment);
            }
            if (trainable)
                TrainableLength = length;
        }
        Length = length;
        Values = AlignedMemory.Allocate(length, out int origin);
        Origin = origin;
        for (int i = 0; i < parameters.Count; i++)
        {
            Tensor value = parameters[i].Value;
            value.Span.CopyTo(Values.AsSpan(origin + starts[i]));
            value.Repoint(value.Shape, Values, origin + starts[i], ~i);
        }
    }

    /// <summary>The parameters, in the order of the block.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Floats in the block, gaps included.</summary>
    public int Length { get; }

    /// <summary>Floats of the trainable parameters, which come first; behind them are running statistics.</summary>
    public int TrainableLength { get; }

    /// <summary>All values: [<see cref="Length"/>].</summary>
    public Span<float> Span => Values.AsSpan(Origin, Length);

    internal float[] Values { get; }

    internal int Origin { get; }

    /// <summary>Where parameter <paramref name="index"/> begins in the block.</summary>
    public int StartOf(int index) => starts[index];
}
