namespace ImageSig;

/// <summary>What else a cross-validation is told.</summary>
internal sealed record FoldOptions
{
    /// <summary>Images that choose the epoch of every fold's model; where null, the recipe's share of what it trains on.</summary>
    public ImageSet? Validation { get; init; }

    /// <summary>Where the training of a fold, from 0, keeps its checkpoint; nowhere if null. One that is done keeps it too, until all are.</summary>
    public Func<int, CheckpointOptions>? Checkpoint { get; init; }

    /// <summary>Bytes that the program took before all this; measured at the beginning where null.</summary>
    public long? Before { get; init; }

    /// <summary>Whether the images of a class that has fewer than there are folds are in every training and judged by none. Otherwise such a class is refused.</summary>
    public bool TrainsOnFew { get; init; }

    /// <summary>Told which fold begins, from 0.</summary>
    public Action<int>? Begin { get; init; }
}
