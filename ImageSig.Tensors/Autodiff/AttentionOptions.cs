namespace ImageSig.Tensors.Autodiff;

/// <summary>How positions attend to each other.</summary>
public readonly record struct AttentionOptions
{
    /// <summary>How many heads share the last dimension of queries, keys and values.</summary>
    public required int Heads { get; init; }

    /// <summary>Whether a position sees only itself and those before it. Later values count 0 times: one that is NaN or infinite is seen all the same, as NaN.</summary>
    public bool IsCausal { get; init; }

    /// <summary>Dropout on the attention probabilities while training, in [0, 1).</summary>
    public float Dropout { get; init; }

    /// <summary>Tells the dropouts of a model apart.</summary>
    public int DropoutLayer { get; init; }

    /// <summary>Checks the values, for <paramref name="user"/> who is named in the message.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Check(string user)
    {
        if (Heads < 1)
            throw new ArgumentException($"{user}: {Heads} heads; at least 1 is needed.");
        DropoutRate.Check(user, Dropout);
    }
}
