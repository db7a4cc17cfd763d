using ImageSig.Imaging;
using ImageSig.Watching;

namespace ImageSig.Cli.Predict;

/// <summary>A stream that can be looked into, and then be read from its beginning.</summary>
/// <param name="inner">The stream; closed with this one.</param>
internal sealed class RewindableStream(Stream inner) : ForwardStream
{
    private readonly MemoryStream seen = new();
    private bool isRewound;

    /// <summary>What was seen before the rewinding.</summary>
    public ReadOnlySpan<byte> Seen => seen.GetBuffer().AsSpan(0, (int)seen.Length);

    /// <summary>Goes back to the beginning, once.</summary>
    public void Rewind()
    {
        isRewound = true;
        seen.Position = 0;
    }

    /// <remarks>The look ends where any image file would have to.</remarks>
    public override int Read(Span<byte> buffer)
    {
        if (isRewound)
            return seen.Read(buffer) is > 0 and int again ? again : inner.Read(buffer);
        int count = seen.Length > DecodeOptions.Default.MaxFileBytes ? 0 : inner.Read(buffer);
        seen.Write(buffer[..count]);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
