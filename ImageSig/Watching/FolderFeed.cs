namespace ImageSig.Watching;

/// <summary>The pictures that appear in a folder, oldest first; those that are there already are passed over.</summary>
internal sealed class FolderFeed : FrameFeed
{
    /// <summary>Names that are remembered of files that have gone: a folder that is not mounted for a while brings the same ones back.</summary>
    private const int MostGone = 10_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly string folder;
    private readonly Action<string> complain;
    private readonly Queue<string> waiting = [];
    private readonly Dictionary<string, Sighting> seen = [];
    private long frames, damaged;
    private string? current;
    private bool isGone;

    /// <summary>Begins to watch.</summary>
    /// <param name="folder">The folder; its sub-folders are not looked into.</param>
    /// <param name="complain">Told when the folder cannot be listed any more, and when it can again.</param>
    public FolderFeed(string folder, Action<string> complain)
    {
        (this.folder, this.complain) = (folder, complain);
        foreach (FileInfo file in Files())
            seen[file.Name] = new(file.LastWriteTimeUtc, file.Length, DateTime.UtcNow, IsTaken: true);
    }

    /// <inheritdoc/>
    public override long Frames => frames;

    /// <inheritdoc/>
    public override long Dropped => 0;

    /// <inheritdoc/>
    public override long Damaged => damaged;

    /// <inheritdoc/>
    public override string? Current => current;

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
                current = path;
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

    /// <summary>Lists the folder; what is new waits to be taken.</summary>
    /// <returns>Whether there is something new.</returns>
    private bool Look()
    {
        FileInfo[] files;
        try
        {
            files = [.. Files()];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            if (!isGone)
                complain($"{folder}: this folder cannot be listed any more. It is tried again.");
            isGone = true;
            return false;
        }
        if (isGone)
            complain($"{folder}: this folder is back.");
        isGone = false;
        DateTime now = DateTime.UtcNow;
        foreach (FileInfo file in files)
            Note(file, now);
        if (seen.Count > files.Length + MostGone)
            Forget(files);
        return waiting.Count > 0;
    }

    private void Note(FileInfo file, DateTime now)
    {
        if (!seen.TryGetValue(file.Name, out Sighting sighting) || (sighting.Written, sighting.Length) != (file.LastWriteTimeUtc, file.Length))
            sighting = new(file.LastWriteTimeUtc, file.Length, now, IsTaken: false);
        // What was written or has changed just now may still be being written.
        DateTime settled = now - Pause;
        if (!sighting.IsTaken && (sighting.Written <= settled || sighting.Since <= settled))
        {
            sighting = sighting with { IsTaken = true };
            waiting.Enqueue(file.FullName);
        }
        seen[file.Name] = sighting;
    }

    private void Forget(FileInfo[] present)
    {
        HashSet<string> names = [.. present.Select(file => file.Name)];
        foreach (string name in seen.Keys.Where(name => !names.Contains(name)).ToArray())
            seen.Remove(name);
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

    /// <summary>What a file looked like.</summary>
    /// <param name="Written">When it was written, UTC.</param>
    /// <param name="Length">Its bytes.</param>
    /// <param name="Since">When it was first seen like this, UTC.</param>
    /// <param name="IsTaken">Whether its picture was taken, or was there before.</param>
    private readonly record struct Sighting(DateTime Written, long Length, DateTime Since, bool IsTaken);
}
