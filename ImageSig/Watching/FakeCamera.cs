namespace ImageSig.Watching;

/// <summary>The pictures of a folder over and over, at the pace of a camera: to try what will be done with a real one.</summary>
/// <param name="folder">Pictures, at any depth.</param>
/// <param name="interval">From one picture to the next.</param>
internal sealed class FakeCamera(string folder, TimeSpan interval) : FrameFeed
{
    private readonly IReadOnlyList<string> files = FolderWalk.Files(folder) is { Count: > 0 } found ? found : throw new IOException($"{folder}: this folder holds no file to play.");
    private long frames;

    /// <inheritdoc/>
    public override long Frames => frames;

    /// <inheritdoc/>
    public override long Dropped => 0;

    /// <inheritdoc/>
    public override long Damaged => 0;

    /// <inheritdoc/>
    public override bool TryTake(out ReadOnlySpan<byte> frame, CancellationToken cancellationToken)
    {
        if (frames > 0)
            cancellationToken.WaitHandle.WaitOne(interval);
        cancellationToken.ThrowIfCancellationRequested();
        frame = File.ReadAllBytes(files[(int)(frames++ % files.Count)]);
        return true;
    }
}
