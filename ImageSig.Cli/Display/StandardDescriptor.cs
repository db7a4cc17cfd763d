using static System.FormattableString;

namespace ImageSig.Cli.Display;

/// <summary>The three descriptors that a process is begun with. The number of one that was closed (<c>&lt;&amp;-</c>) goes to whatever is opened next, such as a pipe of the runtime's own:
/// reading it waits for ever, and writing is worse.</summary>
internal static class StandardDescriptor
{
    /// <summary>Their numbers.</summary>
    public const int Input = 0, Output = 1, Messages = 2;

    private const string Flags = "flags:";

    /// <summary>O_CLOEXEC of Linux. The runtime opens everything with it, and nothing that has it can have been inherited.</summary>
    private const long ClosedByPrograms = 0x80000;

    /// <summary>Whether this process was begun without it; false where the system does not tell.</summary>
    public static bool IsClosed(int descriptor)
    {
        const string Folder = "/proc/self/fdinfo";
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Folder))
            return false;
        try
        {
            return File.ReadLines(Invariant($"{Folder}/{descriptor}"))
                .Any(line => line.StartsWith(Flags, StringComparison.Ordinal) && (Convert.ToInt64(line[Flags.Length..].Trim(), 8) & ClosedByPrograms) != 0);
        }
        catch (FileNotFoundException)
        {
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether it is a folder (<c>&lt; photos</c>); false where the system does not tell.</summary>
    public static bool IsFolder(int descriptor) => Directory.Exists(Invariant($"/proc/self/fd/{descriptor}"));
}
