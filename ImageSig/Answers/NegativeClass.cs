namespace ImageSig;

/// <summary>A class of pictures that are none of the others. It is trained as any class, and its answer is "unknown".</summary>
internal static class NegativeClass
{
    private static readonly string[] Names = ["unknown", "none"];

    /// <summary>Whether a class of this name is one, in capitals or not.</summary>
    public static bool Is(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
