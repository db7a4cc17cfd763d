namespace ImageSig.Checking;

/// <summary>A class of a data set that was checked.</summary>
/// <param name="Set">The part it is in.</param>
/// <param name="Index">Its label there.</param>
internal sealed record CheckedClass(ImageSet Set, int Index)
{
    /// <summary>Its name.</summary>
    public string Label => Set.Targets.Names[Index];

    /// <summary>What messages call it.</summary>
    public string Name => Set.NameOfClass(Index);
}
