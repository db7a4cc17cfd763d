using System.Text.RegularExpressions;

namespace ImageSig.Tests.Support;

/// <summary>Where the tests find the repository and, where it is present, the folder of shared data beside it.</summary>
internal static partial class Folders
{
    /// <summary>The folder that holds ImageSig.sln.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The shared folder beside the repository, or null where there is none.</summary>
    public static string? Shared { get; } = FindShared();

    /// <summary>A path below the shared folder; only for tests marked <see cref="SharedFactAttribute"/>.</summary>
    public static string InShared(params string[] parts) =>
        Path.Combine([Shared ?? throw new InvalidOperationException("The shared folder is absent."), .. parts]);

    /// <summary>Files of the repository with such names, as paths below it; not those that a build makes.</summary>
    public static IEnumerable<string> Sources(string pattern) => Directory.EnumerateFiles(Repository, pattern, SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Repository, file)).Where(file => !IsMade(file));

    /// <summary>Whether a path below the repository is a build's or git's.</summary>
    public static bool IsMade(string path) => Made().IsMatch(path);

    [GeneratedRegex(@"(^|[/\\])(bin|obj|\.git)([/\\]|$)")]
    private static partial Regex Made();

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "ImageSig.sln")))
                return folder.FullName;
        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds ImageSig.sln.");
    }

    private static string? FindShared()
    {
        string shared = Path.GetFullPath(Path.Combine(Repository, "..", "shared"));
        return Directory.Exists(shared) ? shared : null;
    }
}
