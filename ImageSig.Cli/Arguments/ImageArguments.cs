using ImageSig.Cli.Display;

namespace ImageSig.Cli.Arguments;

/// <summary>Image files as they stand on the command line: a folder stands for every file below it.</summary>
internal static class ImageArguments
{
    /// <summary>The files, folders listed in the order of their names.</summary>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths) => [.. Walk(paths).Select(entry => entry.File)];

    /// <summary>The same one after the other, each with whether it was named itself.</summary>
    public static IEnumerable<(string File, bool IsNamed)> Walk(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
            {
                yield return (path, true);
                continue;
            }
            bool isEmpty = true;
            foreach (string file in FolderWalk.Walk(path))
            {
                isEmpty = false;
                yield return (file, false);
            }
            if (isEmpty)
                throw new DatasetException($"{path}: this folder holds no file; name images or a folder of images.");
        }
    }

    /// <summary>The lines of a list of paths, those that are blank left out; <c>-</c> stands for standard input.</summary>
    /// <param name="list">The list.</param>
    /// <param name="cancellation">Ends the wait for a line of standard input.</param>
    /// <exception cref="FileNotFoundException">There is no such list.</exception>
    /// <exception cref="IOException">The list cannot be read.</exception>
    /// <exception cref="DatasetException">A line holds what no path does; the message says which.</exception>
    public static IEnumerable<string> Lines(string list, CancellationToken cancellation)
    {
        if (list != StandardInput.Name && !File.Exists(list))
            throw new FileNotFoundException($"{list}: no such file; give a list of paths, one a line.", list);
        return (list == StandardInput.Name ? InputLines(cancellation) : File.ReadLines(list))
            .Select((line, index) => line.Contains('\0', StringComparison.Ordinal) ? throw new DatasetException($"{list}, line {index + 1}: a path holds no NUL; give one path a line (find -print, not -print0).") : line)
            .Where(line => !string.IsNullOrWhiteSpace(line));
    }

    private static IEnumerable<string> InputLines(CancellationToken cancellation)
    {
        using StreamReader reader = new(StandardInput.OpenStoppable(cancellation), Console.InputEncoding);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
