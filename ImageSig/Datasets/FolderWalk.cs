using System.IO.Enumeration;

namespace ImageSig;

/// <summary>Every file below a folder, as people mean it: links are followed, each folder is seen once. Names that start with a dot are passed over, and so is what
/// systems and archives leave beside pictures, such as <c>Thumbs.db</c>, <c>desktop.ini</c> and <c>__MACOSX</c>.</summary>
internal static class FolderWalk
{
    private static readonly HashSet<string> Leftovers = new(StringComparer.OrdinalIgnoreCase)
    {
        // Windows
        "Thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "Picasa.ini", "$RECYCLE.BIN", "System Volume Information",
        // macOS, whose other leftovers start with a dot; its archives; a folder's own icon ends with a carriage return
        "__MACOSX", "Icon\r",
        // network storage and file systems
        "@eaDir", "#recycle", "@Recycle", "lost+found",
    };

    private static readonly EnumerationOptions Visible = new() { AttributesToSkip = FileAttributes.Hidden, IgnoreInaccessible = false };

    /// <summary>Whether a file or folder of this name is passed over.</summary>
    /// <param name="name">The last part of a path.</param>
    public static bool IsPassedOver(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith('.') || Leftovers.Contains(name);
    }

    /// <summary>The files below <paramref name="folder"/>, in ordinal order.</summary>
    /// <inheritdoc cref="Walk"/>
    public static IReadOnlyList<string> Files(string folder, string? within = null) => [.. Walk(folder, within)];

    /// <summary>The same one after the other: no more is held than the names of the folders on the way.</summary>
    /// <param name="folder">Where to begin.</param>
    /// <param name="within">A folder above it that links must not lead back to; null for none.</param>
    /// <remarks>A link to a folder that was already seen, or to one of those above, would go round for ever and is passed over.</remarks>
    /// <exception cref="IOException">A folder cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be listed.</exception>
    public static IEnumerable<string> Walk(string folder, string? within = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return Visit(new DirectoryInfo(folder), folder, within is null ? [] : [Real(new DirectoryInfo(within))]);
    }

    /// <param name="folder">To be listed.</param>
    /// <param name="path">The same, spelled as the caller began.</param>
    /// <param name="seen">Folders by where they really are.</param>
    private static IEnumerable<string> Visit(DirectoryInfo folder, string path, HashSet<string> seen)
    {
        string real = Real(folder);
        if (!seen.Add(real))
            yield break;
        // With the separator behind their names folders stand where the files below them belong among all others.
        List<string> names = [.. new FileSystemEnumerable<string>(real, Name, Visible) { ShouldIncludePredicate = (ref FileSystemEntry entry) => !IsPassedOver(entry.FileName.ToString()) }];
        names.Sort(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string entry = Path.Combine(path, name);
            if (!Path.EndsInDirectorySeparator(name))
                yield return entry;
            else
                foreach (string file in Visit(new DirectoryInfo(Path.Combine(real, Path.TrimEndingDirectorySeparator(name))), Path.TrimEndingDirectorySeparator(entry), seen))
                    yield return file;
        }

        static string Name(ref FileSystemEntry entry) => entry.IsDirectory ? $"{entry.FileName}{Path.DirectorySeparatorChar}" : entry.FileName.ToString();
    }

    private static string Real(DirectoryInfo folder) =>
        Path.TrimEndingDirectorySeparator((folder.LinkTarget is null ? folder : folder.ResolveLinkTarget(returnFinalTarget: true)!).FullName);
}
