using ImageSig.Tensors;

namespace ImageSig.Cli.Display;

/// <summary>A stream whose beginning was looked at, and is read all the same.</summary>
/// <param name="inner">The stream; closed with this one.</param>
internal sealed class PeekedStream(Stream inner) : ForwardStream
{
    private byte[] ahead = [];

    /// <summary>Whether it begins so, asked before anything is read. As many bytes are waited for, or the end.</summary>
    public bool StartsWith(ReadOnlySpan<byte> start)
    {
        byte[] seen = new byte[start.Length];
        ahead = seen[..inner.ReadAtLeast(seen, seen.Length, throwOnEndOfStream: false)];
        return start.SequenceEqual(ahead);
    }

    public override int Read(Span<byte> buffer)
    {
        if (ahead.Length == 0)
            return inner.Read(buffer);
        int count = Math.Min(ahead.Length, buffer.Length);
        ahead.AsSpan(0, count).CopyTo(buffer);
        ahead = ahead[count..];
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
