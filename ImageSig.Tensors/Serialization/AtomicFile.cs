using ImageSig.Shared;

namespace ImageSig.Tensors;

/// <summary>Writes a file so that its path always holds either the old content or the whole new one.</summary>
public static class AtomicFile
{
    /// <summary>Runs <paramref name="write"/> on a temporary file beside <paramref name="path"/>, flushes it to the disk and renames it. What a killed writer of the same
    /// path has left is deleted first.</summary>
    /// <param name="path">The destination; replaced if it exists.</param>
    /// <param name="write">Writes the content; the stream can seek. If it throws, the temporary file is deleted and the destination is untouched.</param>
    /// <param name="flush">Whether to wait for the disk, so that not even a power cut leaves half a file; slow for many small files.</param>
    /// <exception cref="IOException">The folder does not exist, the disk is full, the path is a device, and the like; the message names <paramref name="path"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or file may not be written.</exception>
    public static void Write(string path, Action<Stream> write, bool flush = true) =>
        FileReplacement.Write(path, write, flush);

    /// <summary>The file that a path stands for: where it is a link, what it leads to, for renaming onto a link would replace the link.</summary>
    /// <exception cref="IOException">A device, which renaming would replace by a file: as root, even <c>/dev/null</c>.</exception>
    public static string Destination(string path) => FileReplacement.Destination(path);

    /// <summary>The path itself, or what a link finally leads to.</summary>
    /// <exception cref="IOException">The links go round in a circle.</exception>
    public static string Resolve(string path) => FileReplacement.Resolve(path);

    /// <summary>Whether a write failed because no file may be as long, on that disk or by that process.</summary>
    internal static bool IsTooLong(Exception problem) => FileLimit.IsReachedBy(problem);

    /// <summary>Why a write failed, as a sentence without its end: in our words where no file may be as long, which .NET tells as an argument out of range, else in .NET's.</summary>
    internal static string ReasonOf(Exception problem) => IsTooLong(problem) ? FileLimit.Reason : problem.Message.TrimEnd('.');
}
