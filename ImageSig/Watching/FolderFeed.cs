namespace ImageSig.Watching;

/// <summary>The pictures that appear in a folder, oldest first; those that are there already are passed over.</summary>
internal sealed class FolderFeed : FrameFeed
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly string folder;
    private readonly Queue<string> waiting = [];

    // Files are told from those already seen by when they were written; of the last moment by their names too.
    private DateTime last;
    private HashSet<string> ofLast = [];
    private long frames, damaged;

    /// <summary>Begins to watch.</summary>
    /// <param name="folder">The folder; its sub-folders are not looked into.</param>
    public FolderFeed(string folder)
    {
        this.folder = folder;
        foreach (FileInfo file in Files())
            Note(file);
    }

    /// <inheritdoc/>
    public override long Frames => frames;

    /// <inheritdoc/>
    public override long Dropped => 0;

    /// <inheritdoc/>
    public override long Damaged => damaged;

    /// <summary>The file of the picture that was taken last.</summary>
    public string Current { get; private set; } = "";

    /// <inheritdoc/>
    public override bool TryTake(out ReadOnlySpan<byte> frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (waiting.TryDequeue(out string? path))
            {
                if (Read(path) is not { } bytes)
                    continue;
                frames++;
                Current = path;
                frame = bytes;
                return true;
            }
            if (!Look())
                cancellationToken.WaitHandle.WaitOne(Pause);
        }
    }

    private byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            damaged++;
            return null;
        }
    }

    private bool Look()
    {
        // What was written just now may still be being written.
        DateTime settled = DateTime.UtcNow - Pause;
        FileInfo[] found = [.. Files().Where(file => file.LastWriteTimeUtc <= settled && (file.LastWriteTimeUtc > last || (file.LastWriteTimeUtc == last && !ofLast.Contains(file.Name))))];
        foreach (FileInfo file in found)
        {
            Note(file);
            waiting.Enqueue(file.FullName);
        }
        return found.Length > 0;
    }

    private void Note(FileInfo file)
    {
        if (file.LastWriteTimeUtc > last)
            (last, ofLast) = (file.LastWriteTimeUtc, []);
        ofLast.Add(file.Name);
    }

    /// <summary>False also of a file that has gone since it was listed: uploaders write under another name first.</summary>
    private static bool HasContent(FileInfo file)
    {
        try
        {
            return file.Length > 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private IEnumerable<FileInfo> Files() => new DirectoryInfo(folder).EnumerateFiles()
        .Where(file => !FolderWalk.IsPassedOver(file.Name) && HasContent(file))
        .OrderBy(file => file.Name, StringComparer.Ordinal).OrderBy(file => file.LastWriteTimeUtc);
}
