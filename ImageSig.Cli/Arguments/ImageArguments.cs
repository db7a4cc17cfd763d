using System.Text;
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

    /// <summary>The paths of a list, one a line, lines that are blank left out; <c>-</c> stands for standard input.</summary>
    /// <param name="list">The list.</param>
    /// <param name="endWithNul">Whether paths end with NUL in place of the end of their line, which a name may then hold.</param>
    /// <param name="cancellation">Ends the wait for a path of standard input.</param>
    /// <exception cref="FileNotFoundException">There is no such list.</exception>
    /// <exception cref="IOException">The list cannot be read.</exception>
    /// <exception cref="DatasetException">A line holds what no path does; the message says which.</exception>
    public static IEnumerable<string> Listed(string list, bool endWithNul, CancellationToken cancellation)
    {
        if (list != StandardInput.Name && !File.Exists(list))
            throw new FileNotFoundException($"{list}: no such file; give a list of paths, one a line.", list);
        return endWithNul
            ? UntilNul(list, cancellation).Where(path => path.Length > 0)
            : Lines(list, cancellation)
                .Select((line, index) => line.Contains('\0', StringComparison.Ordinal) ? throw new DatasetException($"{list}, line {index + 1}: a path holds no NUL; give --null too for a list of find -print0.") : line)
                .Where(line => !string.IsNullOrWhiteSpace(line));
    }

    private static IEnumerable<string> Lines(string list, CancellationToken cancellation)
    {
        using StreamReader reader = Open(list, cancellation);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    private static IEnumerable<string> UntilNul(string list, CancellationToken cancellation)
    {
        using StreamReader reader = Open(list, cancellation);
        StringBuilder path = new();
        for (int next; (next = reader.Read()) >= 0;)
        {
            if (next != 0)
            {
                path.Append((char)next);
                continue;
            }
            yield return path.ToString();
            path.Clear();
        }
        yield return path.ToString();
    }

    private static StreamReader Open(string list, CancellationToken cancellation) =>
        list == StandardInput.Name ? new(StandardInput.OpenStoppable(cancellation), Console.InputEncoding) : new(list);
}
