using ImageSig.Cli.Display;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>Finds out before the work what would spoil its end: an output that cannot be written.</summary>
internal static class OutputPath
{
    /// <summary>Checks that a file can be made at <paramref name="path"/>, without touching one that is there.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="kind">What it will be; a file of another kind is not replaced.</param>
    /// <param name="inputs">Files that the command reads; none of them is replaced.</param>
    /// <exception cref="IOException">It cannot; the message says why and what to do.</exception>
    /// <exception cref="UsageException">It is <c>-</c>, which is meant as standard output, or one of the inputs.</exception>
    public static void CheckFile(string path, OutputKind kind, params ReadOnlySpan<string?> inputs)
    {
        if (path == StandardInput.Name)
            throw new UsageException($"{path} would be standard output, and this goes to a file; give its name (./{path} is a file of that name).");
        if (Directory.Exists(path))
            throw new IOException($"cannot write {path}: it is a folder; give the name of a file.");
        string destination = Path.GetFullPath(AtomicFile.Destination(path));
        foreach (string? input in inputs)
            if (input is not null && File.Exists(input) && Path.GetFullPath(AtomicFile.Resolve(input)) == destination)
                throw new UsageException($"cannot write {path}: it is what this command reads; choose another name.");
        if (!kind.MayReplace(destination))
            throw new IOException($"cannot write {path}: the file that is there is not {kind.Name}; choose another name, or remove it first.");
        string folder = Path.GetDirectoryName(destination) ?? path;
        if (!Directory.Exists(folder))
            throw new IOException($"cannot write {path}: the folder {folder} does not exist; create it first.");
        TryWritingIn(folder, path);
    }

    /// <summary>Checks that the disk has room for a file, which is written beside the one that it replaces.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="bytes">What it will hold.</param>
    /// <exception cref="IOException">It has not; the message says how much is needed and how much there is.</exception>
    public static void CheckSpace(string path, double bytes)
    {
        long free;
        try
        {
            free = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(AtomicFile.Destination(path))) ?? path).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A network share tells no figure; the write itself will.
            return;
        }
        if (bytes > free)
            throw new IOException($"cannot write {path}: it would hold {Quantity.Size((long)bytes)}, and the disk has {Quantity.Size(free)} left; write elsewhere, or ask for less.");
    }

    /// <summary>Makes <paramref name="folder"/> unless it is there, and checks that files can be made in it.</summary>
    /// <exception cref="IOException">They cannot; the message says why and what to do.</exception>
    public static void MakeFolder(string folder)
    {
        if (File.Exists(folder))
            throw new IOException($"cannot make the folder {folder}: a file of that name is there; choose another.");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot make the folder {folder}: the one that it shall be in does not exist as a folder, or does not take new ones.", exception);
        }
        TryWritingIn(folder, folder);
    }

    /// <summary>Whether what is made in a folder is seen in another: both are one, whatever their spelling and the links on the way.</summary>
    /// <param name="folder">One that takes new files.</param>
    /// <param name="other">The folder to look into; it need not be there.</param>
    public static bool AreOne(string folder, string other)
    {
        using FileStream attempt = Attempt(folder);
        return File.Exists(Path.Combine(other, Path.GetFileName(attempt.Name)));
    }

    /// <summary>Only an attempt answers: permissions, read-only mounts and full disks look alike from outside.</summary>
    private static void TryWritingIn(string folder, string output)
    {
        try
        {
            Attempt(folder).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write {output}: the folder {folder} does not take new files; choose another, or free it (permissions, a full or read-only disk).", exception);
        }
    }

    /// <summary>A file that is there until it is closed.</summary>
    private static FileStream Attempt(string folder) =>
        new(Path.Combine(folder, $".imagesig-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
}
