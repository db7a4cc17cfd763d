namespace ImageSig;

/// <summary>A class of pictures that are none of the others. It is trained as any class, and its answer is "unknown".</summary>
internal static class NegativeClass
{
    /// <summary>The answer for a picture that is of none of the classes, whether such a class was trained or not.</summary>
    public const string Answer = "unknown";

    private static readonly string[] Names = [Answer, "none"];

    /// <summary>Whether a class of this name is one, in capitals or not.</summary>
    public static bool Is(string name) => Names.Contains(name, StringComparer.OrdinalIgnoreCase);
}
