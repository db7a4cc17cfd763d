namespace ImageSig;

/// <summary>What a part of a data set is for.</summary>
internal enum SplitPart
{
    /// <summary>What weights are learned from.</summary>
    Training,

    /// <summary>What chooses the epoch.</summary>
    Validation,

    /// <summary>What is reported on.</summary>
    Test,
}

/// <summary>The names that people give to the parts of a data set, in folders, in tables and in the names of files.</summary>
internal static class SplitNames
{
    private static readonly string[][] Names = [["train", "training"], ["val", "valid", "validation"], ["test", "testing"]];

    /// <summary>How the names are spelled in messages.</summary>
    public const string Expected = "train, val or test";

    /// <summary>The short name of a part.</summary>
    public static string Of(SplitPart part) => Names[(int)part][0];

    /// <summary>The part of this name, in any case; null where it is the name of none.</summary>
    public static SplitPart? Of(string name)
    {
        int part = Array.FindIndex(Names, names => names.Contains(name, StringComparer.OrdinalIgnoreCase));
        return part < 0 ? null : (SplitPart)part;
    }
}
