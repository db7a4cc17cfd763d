using System.Diagnostics;
using System.Globalization;

namespace ImageSig.Shared;

/// <summary>Writes a file so that its path always holds either the old content or the whole new one.</summary>
/// <remarks>Compiled into each library that writes files, since they do not know one another.</remarks>
internal static class FileReplacement
{
    private const string Extension = ".tmp";
    private static readonly string[] None = [];

    /// <summary>How long the list of a folder is good: whoever writes many files into one does not list it for each.</summary>
    private const long MillisecondsOfListing = 1000;

    private static Listing seen = new("", None, 0);

    /// <summary>Runs <paramref name="write"/> on a temporary file beside <paramref name="path"/>, flushes it to the disk and renames it.</summary>
    /// <param name="path">The destination; replaced if it exists.</param>
    /// <param name="write">Writes the content; the stream can seek. If it throws, the temporary file is deleted and the destination is untouched.</param>
    /// <param name="flush">Whether to wait for the disk, so that not even a power cut leaves half a file; slow for many small files.</param>
    /// <exception cref="IOException">The folder does not exist, the disk is full, the path is a device, and the like; the message names <paramref name="path"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public static void Write(string path, Action<Stream> write, bool flush = true)
    {
        ArgumentNullException.ThrowIfNull(write);
        Write(path, write, static (stream, content) => content(stream), flush);
    }

    /// <summary>The same with what is to be written, which may be a span.</summary>
    public static void Write<TContent>(string path, TContent content, Action<Stream, TContent> write, bool flush = true)
        where TContent : allows ref struct
    {
        string destination = Destination(path);
        string temporary = Beside(destination);
        Sweep(destination);
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream, content);
                stream.Flush(flushToDisk: flush);
            }
            File.Move(temporary, destination, overwrite: true);
        }
        catch (Exception problem)
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
            if (InWordsOf(path, temporary, problem) is { } named)
                throw named;
            throw;
        }
    }

    /// <summary>The file that a path stands for: where it is a link, what it leads to, for renaming onto a link would replace the link.</summary>
    /// <exception cref="IOException">A device, which renaming would replace by a file: as root, even <c>/dev/null</c>.</exception>
    public static string Destination(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string full = Path.GetFullPath(path);
        if (File.Exists(full) && IsDevice(full))
            throw new IOException($"cannot write {path}: it is a device; give the name of a file.");
        return Resolve(path);
    }

    /// <summary>The path itself, or what a link finally leads to.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Resolve(string path)
    {
        FileInfo file = new(Path.GetFullPath(path));
        return file.LinkTarget is null ? path : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    /// <summary>A name for the temporary file: in the destination's folder, since renaming is atomic only within one file system, and this writer's alone.</summary>
    public static string Beside(string destination) => $"{destination}.{Environment.ProcessId}-{Random.Shared.Next():x8}{Extension}";

    /// <summary>Deletes what killed writers of this destination have left behind: temporary files of processes that are no more.</summary>
    public static void Sweep(string destination)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(destination))!;
        Listing known = seen;
        long now = Environment.TickCount64;
        if (known.Folder != folder || now - known.Time > MillisecondsOfListing)
            seen = known = new(folder, LeftIn(folder), now);
        string name = Path.GetFileName(destination);
        foreach (string left in known.Left)
            if (Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(left)) == name)
                DeleteUnlessOpen(left);
    }

    /// <summary>The folder written to last, what killed writers had left there, and when that was looked for.</summary>
    private sealed record Listing(string Folder, string[] Left, long Time);

    /// <summary>The temporary files of processes that are no more.</summary>
    private static string[] LeftIn(string folder)
    {
        try
        {
            return [.. Directory.GetFiles(folder, $"*.*{Extension}").Where(file => WriterOf(file) is { } process && !IsRunning(process))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // Whoever writes there next is told why it cannot be done.
            return None;
        }
    }

    /// <summary>The process that a temporary file's name tells; null where it tells none. Earlier versions put nothing behind its number.</summary>
    private static int? WriterOf(string file)
    {
        ReadOnlySpan<char> writer = Path.GetExtension(Path.GetFileNameWithoutExtension(file.AsSpan())).TrimStart('.');
        int end = writer.IndexOf('-');
        return int.TryParse(end < 0 ? writer : writer[..end], NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? process : null;
    }

    /// <summary>The same failure with the path that the user gave in place of the temporary one, or null where it is not about that file.</summary>
    public static Exception? InWordsOf(string path, string temporary, Exception problem)
    {
        const int NoSpaceOnUnix = 28, NoSpaceOnWindows = unchecked((int)0x80070070);
        if (problem is IOException { HResult: NoSpaceOnUnix or NoSpaceOnWindows })
            return new IOException($"cannot write {path}: the disk is full. Nothing of this file was left behind; make room or write elsewhere.", problem);
        if (FileLimit.IsReachedBy(problem))
            return new IOException($"cannot write {path}: {FileLimit.Reason}. Nothing of this file was left behind; write elsewhere, or raise the limit.", problem);
        if (problem is not (IOException or UnauthorizedAccessException) || !problem.Message.Contains(Path.GetFileName(temporary), StringComparison.Ordinal))
            return null;
        string message = problem.Message.Replace(Path.GetFullPath(temporary), path, StringComparison.Ordinal).Replace(temporary, path, StringComparison.Ordinal);
        return problem is IOException
            ? new IOException($"cannot write {path}: {message}", problem)
            : new UnauthorizedAccessException($"cannot write {path}: {message}", problem);
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using Process found = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A file that another program has open is not left behind, whatever its name says: process numbers differ between containers.</summary>
    private static void DeleteUnlessOpen(string path)
    {
        try
        {
            using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                File.Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // In use, or not ours to delete.
        }
    }

    // /dev/shm is ordinary memory with ordinary files; the rest of /dev are devices, and links to them such as /dev/stdout.
    private static bool IsDevice(string full) =>
        full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
