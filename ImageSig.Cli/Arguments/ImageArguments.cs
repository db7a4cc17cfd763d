using System.Text;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Arguments;

/// <summary>Image files as they stand on the command line: a folder stands for every file below it.</summary>
internal static class ImageArguments
{
    /// <summary>Characters of the longest path that any system takes.</summary>
    private const int MaxPath = 32_768;

    /// <summary>The files, folders listed in the order of their names.</summary>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths) => [.. Walk(paths).Select(entry => entry.File)];

    /// <summary>The same one after the other.</summary>
    public static IEnumerable<InputFile> Walk(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
            {
                yield return new(path, Needed: true);
                continue;
            }
            bool isEmpty = true;
            foreach (string file in FolderWalk.Walk(path))
            {
                isEmpty = false;
                yield return new(file, Needed: false);
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
    /// <exception cref="DatasetException">A line holds what no path does, and the message says which; or nothing but NUL, or none, ends the paths.</exception>
    public static IEnumerable<string> Listed(string list, bool endWithNul, CancellationToken cancellation)
    {
        if (!StandardInput.Is(list) && !File.Exists(list))
            throw new FileNotFoundException($"{list}: no such file; give a list of paths, one a line.", list);
        // Opened here: that it cannot be is told before any image is answered.
        StreamReader reader = StandardInput.Is(list) ? new(StandardInput.OpenStoppable(cancellation), Console.InputEncoding) : new(list);
        return endWithNul
            ? UntilNul(list, reader).Where(path => path.Length > 0)
            : Lines(reader)
                .Select((line, index) =>
                    line.Contains('\0', StringComparison.Ordinal) ? throw new DatasetException($"{list}, line {index + 1}: a path holds no NUL; give --null too for a list of find -print0.")
                    : line.Length > MaxPath ? throw new DatasetException($"{list}, line {index + 1}: this line is longer than {MaxPath} characters, and no path is; give a list of paths, one a line.")
                    : line)
                .Where(line => !string.IsNullOrWhiteSpace(line));
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        using StreamReader open = reader;
        bool endsInReturn = false;
        while (DelimitedText.ReadLine(open, MaxPath, ref endsInReturn) is { } line)
            yield return line;
    }

    private static IEnumerable<string> UntilNul(string list, StreamReader reader)
    {
        using StreamReader open = reader;
        StringBuilder path = new();
        bool isFirst = true;
        int empty = 0;
        for (int next; (next = open.Read()) >= 0;)
        {
            if (path.Length > MaxPath)
                throw new DatasetException($"{list}: a path of more than {MaxPath} characters; without --null a list has one path a line.");
            if (next != 0)
            {
                path.Append((char)next);
                continue;
            }
            isFirst = false;
            empty = path.Length > 0 ? 0 : empty + 1;
            if (empty > MaxPath)
                throw new DatasetException($"{list}: NUL, {MaxPath} times and more with no path between them; give a list of paths, as find -print0 writes it.");
            yield return path.ToString();
            path.Clear();
        }
        if (isFirst && path.ToString().Contains('\n', StringComparison.Ordinal))
            throw new DatasetException($"{list}: there are lines and no NUL; without --null a list has one path a line.");
        yield return path.ToString();
    }
}
