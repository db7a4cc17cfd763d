using ImageSig.Imaging;

namespace ImageSig;

/// <summary>The one way from a file to an image, for training and prediction alike: damaged ones are refused, since a model must not learn from half a
/// picture.</summary>
public static class ImageReader
{
    private const string Missing = "no such file.";

    /// <summary>What stands in a name for bytes that are no character, of which the file cannot be found again.</summary>
    private const char NoCharacter = '\uFFFD';

    /// <summary>Reads a file and decodes it as the features want it, at their size.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not an image that can be read; the message starts with the path.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Image Read(string path, FeatureOptions features)
    {
        ArgumentNullException.ThrowIfNull(features);
        Check(path);
        return Image.LoadFitted(path, features.Width, features.Height, features.Fit, features.ToDecodeOptions());
    }

    /// <summary>Reads a stream from its position to its end and decodes it as the features want it, at their size. The stream is not closed.</summary>
    /// <exception cref="ImageFormatException">Not an image that can be read, or too long.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Image Read(Stream stream, FeatureOptions features)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(features);
        return Image.DecodeFitted(stream, features.Width, features.Height, features.Fit, features.ToDecodeOptions());
    }

    /// <summary>Reads a file and decodes it as it is told.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not an image that can be read; the message starts with the path.</exception>
    internal static Image Load(string path, DecodeOptions options)
    {
        Check(path);
        return Image.Load(path, options);
    }

    /// <summary>Reads a file that a table names and decodes it as it is told.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not an image that can be read, or a device; the message starts with the path.</exception>
    internal static Image LoadListed(string path, DecodeOptions options)
    {
        CheckListed(path);
        return Load(path, options);
    }

    /// <summary>Reads a file that a table names: where it is missing, the line that names it is told.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">Not an image that can be read, or a device; the message starts with the path.</exception>
    internal static Image ReadListed(string path, FeatureOptions features, string table, int line)
    {
        try
        {
            CheckListed(path);
            return Read(path, features);
        }
        catch (FileNotFoundException missing)
        {
            string reason = $"no such file; {table}, line {line}, names it.";
            throw new FileNotFoundException($"{missing.FileName}: {reason}", missing.FileName, new FileNotFoundException(reason));
        }
    }

    /// <summary>Decodes a file in memory as the features want it, at their size.</summary>
    /// <exception cref="ImageFormatException">Not an image that can be read.</exception>
    internal static Image Read(ReadOnlySpan<byte> file, FeatureOptions features) =>
        Image.DecodeFitted(file, features.Width, features.Height, features.Fit, features.ToDecodeOptions());

    /// <summary>Whether there is a file with content at this path: no folder, no pipe, no device, which can be read but once.</summary>
    internal static bool IsOrdinaryFile(string path)
    {
        FileInfo file = new(path);
        return file.Exists && !IsDevice(file) && Target(file) is { Exists: true, Length: > 0 };
    }

    /// <summary>Throws unless there is a file at this path that can be opened as an image.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFormatException">It is a folder, a link to nothing, an empty file or a named pipe.</exception>
    internal static void Check(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileInfo file = new(path);
        if (!file.Exists)
            throw Directory.Exists(path) ? Refusal(path, "this is a folder, not an image.")
                : path.Contains(NoCharacter, StringComparison.Ordinal) ? Refusal(path, "the name of this file is not UTF-8, as names have to be; rename it.")
                : new FileNotFoundException($"{path}: {Missing}", path);
        // Standard input and process substitution (/dev/stdin, /dev/fd/63) are links to pipes, which have no path.
        if (IsDevice(file))
            return;
        if (Lack(Target(file)) is { } lack)
            throw Refusal(path, lack);
    }

    /// <summary>Throws where a path, or the link that is there, leads among the devices: whoever made a table does not hold the pipes and devices of whoever reads it. What has no content <see cref="Check"/> refuses.</summary>
    private static void CheckListed(string path)
    {
        FileInfo file = new(path);
        if (IsDevice(file) || (file.Exists && IsDevice(Target(file))))
            throw Refusal(path, "this is a device or a pipe; the rows of a table name ordinary files.");
    }

    /// <summary>Throws where a file of a data set, such as its table, is none with content: whoever made the set does not hold the pipes and devices of whoever reads it. A device that is named itself, as /dev/stdin, is the reader's own; a file that is missing is told of by who opens it.</summary>
    /// <exception cref="DatasetException">It is a link to a device or to nothing, an empty file, a named pipe or a device.</exception>
    internal static void CheckOrdinary(string path)
    {
        FileInfo file = new(path);
        if (IsDevice(file) || !file.Exists)
            return;
        FileInfo target = Target(file);
        if (IsDevice(target))
            throw new DatasetException($"{path}: this link leads to a device; the files of a data set are ordinary ones.");
        if (Lack(target) is { } lack)
            throw new DatasetException($"{path}: {lack}");
    }

    /// <summary>Why a file is not opened: to open a named pipe waits for a writer, perhaps for ever, and a device, which a linked folder may lead to, may have no end. Both have no length, as an empty file. Null where it is.</summary>
    private static string? Lack(FileInfo target) =>
        !target.Exists ? $"this link leads to {target.FullName}, which does not exist."
        : target.Length == 0 ? "the file is empty, or no ordinary file."
        : null;

    /// <summary>Whether an exception of <see cref="Read(string, FeatureOptions)"/> is about the file, not about the program.</summary>
    internal static bool IsUnreadable(Exception problem) =>
        problem is ImageFormatException or IOException or UnauthorizedAccessException;

    /// <summary>What is wrong with the file, without its path.</summary>
    internal static string Reason(Exception problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem switch
        {
            ImageFormatException { InnerException: ImageFormatException inner } => inner.Message,
            FileNotFoundException { InnerException: FileNotFoundException inner } => inner.Message,
            FileNotFoundException => Missing,
            _ => problem.Message,
        };
    }

    /// <summary>Whether a path leads among the devices; /dev/shm is a folder in memory, with ordinary files.</summary>
    private static bool IsDevice(FileInfo file) =>
        file.FullName.StartsWith("/dev/", StringComparison.Ordinal) && !file.FullName.StartsWith("/dev/shm/", StringComparison.Ordinal);

    /// <summary>The file itself, or where a link to it leads in the end.</summary>
    private static FileInfo Target(FileInfo file) => file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;

    /// <summary>A refusal whose <see cref="Reason"/> is <paramref name="reason"/>.</summary>
    internal static ImageFormatException Refusal(string path, string reason) => new($"{path}: {reason}", new ImageFormatException(reason));
}
