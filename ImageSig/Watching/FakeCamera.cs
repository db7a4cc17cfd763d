namespace ImageSig.Watching;

/// <summary>The pictures of a folder over and over, at the pace of a camera: to try what will be done with a real one.</summary>
/// <param name="folder">Pictures, at any depth.</param>
/// <param name="interval">From one picture to the next.</param>
/// <param name="damagedFiles">Told of files that cannot be read.</param>
internal sealed class FakeCamera(string folder, TimeSpan interval, DamagedFiles damagedFiles) : FrameFeed
{
    private readonly IReadOnlyList<string> files = FolderWalk.Files(folder) is { Count: > 0 } found ? found : throw new IOException($"{folder}: this folder holds no file to play.");
    private long frames, damaged;
    private int next;
    private string? current;

    /// <inheritdoc/>
    public override long Frames => frames;

    /// <inheritdoc/>
    public override string? Current => current;

    /// <inheritdoc/>
    public override long Dropped => 0;

    /// <summary>Files that could not be read when their turn came.</summary>
    public override long Damaged => damaged;

    /// <inheritdoc/>
    public override bool TryTake(out ReadOnlySpan<byte> frame, CancellationToken cancellationToken)
    {
        if (frames > 0)
            LivelyWait.For(interval, Waits, cancellationToken);
        for (int tried = 0; tried < files.Count; tried++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            current = files[next];
            next = (next + 1) % files.Count;
            try
            {
                frame = File.ReadAllBytes(current);
                frames++;
                return true;
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                damaged++;
                damagedFiles.Name(current, "this file cannot be read any more.");
            }
        }
        throw new IOException($"{folder}: none of the {files.Count} files that it held can be read any more.");
    }
}
