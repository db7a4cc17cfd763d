namespace ImageSig.Cli.Predict;

/// <summary>Puts image files into folders by their label, under names that are free there: nothing is overwritten.</summary>
/// <param name="folder">Above the folders of the labels; they are made when they are needed.</param>
/// <param name="moves">Whether the files leave their place.</param>
internal sealed class LabelFolders(string folder, bool moves)
{
    /// <summary>Copies or moves a file to the folder of a label; one that is there already stays as it is.</summary>
    /// <exception cref="IOException">The file cannot be written there, or not be read or taken away here.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of rights.</exception>
    public void Put(string file, string label)
    {
        string target = Path.GetFullPath(Path.Combine(folder, FolderName(label)));
        if (Path.GetDirectoryName(Path.GetFullPath(file)) == target)
            return;
        Directory.CreateDirectory(target);
        // Under another name first, so that a file is there whole or not at all; moving between disks is copying too.
        string temporary = Path.Combine(target, $".{Path.GetRandomFileName()}");
        try
        {
            File.Copy(file, temporary);
            ToFreeName(temporary, target, Path.GetFileName(file));
        }
        catch (IOException problem) when (problem is not FileNotFoundException)
        {
            // A full disk says no more than that it is full.
            throw new IOException($"{file}: cannot be put into {target}: {problem.Message}", problem);
        }
        finally
        {
            File.Delete(temporary);
        }
        if (moves)
            File.Delete(file);
    }

    /// <summary>Renames within a folder.</summary>
    private static void ToFreeName(string temporary, string target, string wanted)
    {
        for (int number = 1; ; number++)
        {
            string to = Path.Combine(target, number == 1 ? wanted : $"{Path.GetFileNameWithoutExtension(wanted)}-{number}{Path.GetExtension(wanted)}");
            if (Path.Exists(to))
                continue;
            try
            {
                File.Move(temporary, to, overwrite: false);
                return;
            }
            catch (IOException) when (Path.Exists(to))
            {
                // Somebody else took the name just now.
            }
        }
    }

    /// <summary>A label is the name of a folder mostly, but may have come from a table.</summary>
    private static string FolderName(string label)
    {
        string name = string.Concat(label.Select(letter => letter is '/' or '\\' or '\0' ? '_' : letter));
        return name is "" or "." or ".." ? "_" : name;
    }
}
