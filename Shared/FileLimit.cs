namespace ImageSig.Shared;

/// <summary>The longest file that there may be: of the file system (4 GB of FAT) or of the process (<c>ulimit -f</c>).</summary>
/// <remarks>Compiled into each library that writes files, since they do not know one another.</remarks>
internal static class FileLimit
{
    /// <summary>What happened then, in words for people.</summary>
    public const string Reason = "no file of that length may be on this disk (FAT), or be made by this process (ulimit -f)";

    /// <summary>Whether a write failed by it (<c>EFBIG</c>), which .NET tells as an argument <c>value</c> that is out of range, and keeps none.</summary>
    public static bool IsReachedBy(Exception problem) =>
        problem is ArgumentOutOfRangeException { ParamName: "value", ActualValue: null } && problem.Message.StartsWith("Specified file length was too large", StringComparison.Ordinal);
}
