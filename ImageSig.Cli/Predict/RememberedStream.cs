using ImageSig.Imaging;
using ImageSig.Tensors;

namespace ImageSig.Cli.Predict;

/// <summary>A stream that can be looked into and is then there as a whole, once in memory.</summary>
/// <param name="inner">The stream; closed with this one.</param>
internal sealed class RememberedStream(Stream inner) : ForwardStream
{
    /// <summary>So many bytes tell whether they are an image.</summary>
    private const int Telling = 1 << 16;

    private readonly MemoryStream seen = new();

    /// <summary>What was read so far.</summary>
    public ReadOnlySpan<byte> Seen => seen.GetBuffer().AsSpan(0, (int)seen.Length);

    /// <summary>Reads the rest, and gives all from the first byte on. What is no image is not read to its end: a device has none.</summary>
    public MemoryStream Whole()
    {
        byte[] part = new byte[Telling];
        while ((seen.Length < Telling || ImageFormats.Recognize(Seen) is not null) && Read(part) > 0)
            continue;
        seen.Position = 0;
        return seen;
    }

    /// <remarks>Ends where any image file would have to.</remarks>
    public override int Read(Span<byte> buffer)
    {
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
