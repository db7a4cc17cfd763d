using System.Diagnostics;
using ImageSig.Tensors;
using Microsoft.Win32.SafeHandles;

namespace ImageSig.Cli.Predict;

/// <summary>Puts image files into folders by their label, under names that are free there: nothing is overwritten.</summary>
/// <param name="folder">Above the folders of the labels; they are made when they are needed.</param>
/// <param name="moves">Whether the files leave their place.</param>
internal sealed class LabelFolders(string folder, bool moves)
{
    /// <summary>Copies or moves a file to the folder of a label; one that lies there already stays as it is, and is not copied beside itself again.</summary>
    /// <exception cref="FileNotFoundException">Somebody else has taken the file away.</exception>
    /// <exception cref="IOException">The file cannot be written there, or not be read or taken away here.</exception>
    public void Put(string file, string label)
    {
        string target = Path.GetFullPath(Path.Combine(folder, FolderName(label)));
        if (Path.GetDirectoryName(Path.GetFullPath(file)) == target)
            return;
        try
        {
            Directory.CreateDirectory(target);
            if (moves)
                Move(file, target);
            else if (!Names(target, file).TakeWhile(Path.Exists).Where(File.Exists).Any(copy => IsSame(file, copy)))
                Copy(file, target);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException && !File.Exists(file))
        {
            throw new FileNotFoundException($"{file}: it is not there any more, and cannot be put into {target}.", file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException || AtomicFile.IsTooLong(problem))
        {
            // A full disk says no more than that it is full.
            throw new IOException($"{file}: cannot be put into {target}: {AtomicFile.ReasonOf(problem)}.", problem);
        }
    }

    private static void Move(string file, string target)
    {
        if (TryRename(file, target))
            return;
        string copy = Copy(file, target);
        // A power cut must not take the copy when the picture itself is gone.
        FlushToDisk(copy);
        try
        {
            File.Delete(file);
        }
        catch
        {
            File.Delete(copy);
            throw;
        }
    }

    /// <summary>Copies under another name first, so that a file is there whole or not at all.</summary>
    private static string Copy(string file, string target)
    {
        string temporary = Path.Combine(target, $".{Path.GetRandomFileName()}");
        try
        {
            File.Copy(file, temporary);
            return ToFreeName(temporary, Names(target, file));
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    /// <summary>Gives a file another name on the same disk. Not so a link, which may lead elsewhere from there; that there is another disk between, or what else is in the way, copying tells.</summary>
    private static bool TryRename(string file, string target)
    {
        // A name that nobody else has and that is found again: it is the file's if the program ends here.
        string between = Path.Combine(target, $"{Path.GetFileNameWithoutExtension(file)}.{Path.GetRandomFileName()}{Path.GetExtension(file)}");
        try
        {
            if (new FileInfo(file).LinkTarget is not null)
                return false;
            // Files too; their own Move copies to another disk.
            Directory.Move(file, between);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
        ToFreeName(between, Names(target, file));
        return true;
    }

    /// <summary>Waits until the disk has a file. Where that goes, as on Unix, nothing but reading is asked for: a picture may be write-protected.</summary>
    private static void FlushToDisk(string file)
    {
        using SafeFileHandle handle = File.OpenHandle(file, FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Renames to the first name that is free, and tells to which.</summary>
    private static string ToFreeName(string temporary, IEnumerable<string> names)
    {
        foreach (string to in names.Where(name => !Path.Exists(name)))
            try
            {
                File.Move(temporary, to, overwrite: false);
                return to;
            }
            catch (IOException) when (Path.Exists(to))
            {
                // Somebody else took the name just now.
            }
        throw new UnreachableException();
    }

    /// <summary>What a file may be called in a folder: as it is, or with a number; without end.</summary>
    private static IEnumerable<string> Names(string target, string file)
    {
        yield return Path.Combine(target, Path.GetFileName(file));
        for (int number = 2; ; number++)
            yield return Path.Combine(target, $"{Path.GetFileNameWithoutExtension(file)}-{number}{Path.GetExtension(file)}");
    }

    /// <summary>Whether a file, or what a link leads to, has the bytes of another file, which can be read.</summary>
    private static bool IsSame(string file, string other)
    {
        const int Part = 65536;
        using FileStream one = File.OpenRead(file);
        // What may wait for a writer, a named pipe, has no length.
        if (one.Length == 0 || new FileInfo(other).Length != one.Length)
            return false;
        try
        {
            using FileStream two = File.OpenRead(other);
            byte[] left = new byte[Part], right = new byte[Part];
            for (int read; (read = one.ReadAtLeast(left, Part, throwOnEndOfStream: false)) > 0;)
                if (!left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, two.ReadAtLeast(right, Part, throwOnEndOfStream: false))))
                    return false;
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>A label is the name of a folder mostly, but may have come from a table.</summary>
    private static string FolderName(string label)
    {
        string name = string.Concat(label.Select(letter => letter is '/' or '\\' or '\0' ? '_' : letter));
        return name is "" or "." or ".." ? "_" : name;
    }
}
