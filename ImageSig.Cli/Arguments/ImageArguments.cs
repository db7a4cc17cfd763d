namespace ImageSig.Cli.Arguments;

/// <summary>Image files as they stand on the command line: a folder stands for every file below it.</summary>
internal static class ImageArguments
{
    /// <summary>The files, folders listed in the order of their names.</summary>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths) => [.. paths.SelectMany(Files)];

    private static IEnumerable<string> Files(string path)
    {
        if (!Directory.Exists(path))
            return [path];
        IReadOnlyList<string> files = FolderWalk.Files(path);
        return files.Count > 0 ? files : throw new DatasetException($"{path}: this folder holds no file; name images or a folder of images.");
    }
}
