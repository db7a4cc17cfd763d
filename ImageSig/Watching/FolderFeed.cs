namespace ImageSig.Watching;

/// <summary>The pictures that appear in a folder, oldest first; those that are there already are passed over.</summary>
internal sealed class FolderFeed : FrameFeed
{
    /// <summary>How often a picture that cannot be read is tried.</summary>
    private const int MostTries = 5;

    /// <summary>Milliseconds between two looks, and for which a file must stay as it is: what has just changed may still be being written.</summary>
    private const int Pause = 250;

    private readonly string folder;
    private readonly Action<string> complain;
    private readonly DamagedFiles damagedFiles;
    private readonly int mostGone;
    private readonly Queue<string> waiting = [];
    private readonly Dictionary<string, Sighting> seen = [];
    private long frames, damaged, pause = Pause;
    private int mostListed;
    private string? current;
    private bool isGone;

    /// <summary>Begins to watch.</summary>
    /// <param name="folder">The folder; its sub-folders are not looked into.</param>
    /// <param name="complain">Told when the folder cannot be listed any more, and when it can again.</param>
    /// <param name="damagedFiles">Told of files that cannot be read.</param>
    /// <param name="mostGone">Names that are remembered of files that have gone, or as many as were ever there: a folder that is not mounted for a while brings the same ones back.</param>
    public FolderFeed(string folder, Action<string> complain, DamagedFiles damagedFiles, int mostGone = 10_000)
    {
        (this.folder, this.complain, this.damagedFiles, this.mostGone) = (folder, complain, damagedFiles, mostGone);
        foreach (FileInfo file in Files())
            seen[file.Name] = new(file.LastWriteTimeUtc, file.Length, Environment.TickCount64, Tries: 0, IsTaken: true);
        mostListed = seen.Count;
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
            while (waiting.TryDequeue(out string? name))
            {
                string path = Path.Combine(folder, name);
                if (Read(path, name) is not { } bytes)
                    continue;
                frames++;
                current = path;
                frame = bytes;
                return true;
            }
            if (!Look())
                LivelyWait.For(TimeSpan.FromMilliseconds(pause), Waits, cancellationToken);
        }
    }

    /// <summary>Null of a file that has gone, and of one that cannot be read: it is tried again a little later, and counts as damaged in the end.</summary>
    private byte[]? Read(string path, string name)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Sighting sighting = seen[name];
            if (sighting.Tries + 1 < MostTries)
            {
                seen[name] = sighting with { Since = Environment.TickCount64, Tries = sighting.Tries + 1, IsTaken = false };
                return null;
            }
            damaged++;
            damagedFiles.Name(path, "this file cannot be read.");
            return null;
        }
    }

    /// <summary>Lists the folder; what is new waits to be taken.</summary>
    /// <returns>Whether there is something new.</returns>
    private bool Look()
    {
        long now = Environment.TickCount64;
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
        foreach (FileInfo file in files.Where(file => IsNew(file, now)).OrderBy(file => file.Name, StringComparer.Ordinal).OrderBy(file => file.LastWriteTimeUtc))
            waiting.Enqueue(file.Name);
        mostListed = Math.Max(mostListed, files.Length);
        if (files.Length > 0 && seen.Count > files.Length + Math.Max(mostGone, mostListed))
            Forget(files);
        // Where a folder holds very many files, looking at them should not be all that the machine does.
        pause = Math.Max(Pause, 10 * (Environment.TickCount64 - now));
        return waiting.Count > 0;
    }

    private bool IsNew(FileInfo file, long now)
    {
        if (!seen.TryGetValue(file.Name, out Sighting sighting) || (sighting.Written, sighting.Length) != (file.LastWriteTimeUtc, file.Length))
            sighting = new(file.LastWriteTimeUtc, file.Length, now, Tries: 0, IsTaken: IsRenamed(file));
        else if (sighting.IsTaken)
            return false;
        bool isNew = !sighting.IsTaken && now - sighting.Since >= Pause;
        seen[file.Name] = isNew ? sighting with { IsTaken = true } : sighting;
        return isNew;
    }

    /// <summary>Whether a file that was taken has got another name.</summary>
    private bool IsRenamed(FileInfo file) => seen.Any(other =>
        other.Value.IsTaken && (other.Value.Written, other.Value.Length) == (file.LastWriteTimeUtc, file.Length) && other.Key != file.Name && !File.Exists(Path.Combine(folder, other.Key)));

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

    private IEnumerable<FileInfo> Files() => new DirectoryInfo(folder).EnumerateFiles().Where(file => !FolderWalk.IsPassedOver(file.Name) && HasContent(file));

    /// <summary>What a file looked like.</summary>
    /// <param name="Written">When it was written, UTC.</param>
    /// <param name="Length">Its bytes.</param>
    /// <param name="Since">When it was first seen like this, or was tried last: <see cref="Environment.TickCount64"/>, since clocks of others, and this machine's own, may be wrong.</param>
    /// <param name="Tries">How often it could not be read.</param>
    /// <param name="IsTaken">Whether its picture was taken, or was there before.</param>
    private readonly record struct Sighting(DateTime Written, long Length, long Since, int Tries, bool IsTaken);
}
