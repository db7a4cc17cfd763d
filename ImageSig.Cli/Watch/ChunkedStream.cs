using System.Globalization;
using System.Text;
using ImageSig.Tensors;

namespace ImageSig.Cli.Watch;

/// <summary>The content of an answer that comes in chunks, <c>LENGTH[;EXTENSION] CRLF BYTES CRLF</c>, the last of length 0 before lines that say no more about pictures (RFC 9112, 7.1). Servers of small cameras send so whatever was asked for.</summary>
/// <param name="inner">The connection, behind the head; closed with this.</param>
/// <param name="name">Whose answer it is: for messages.</param>
internal sealed class ChunkedStream(Stream inner, string name) : ForwardStream
{
    private const int LongestLine = 4096, MostTrailers = 100, MostDigits = 8;
    private readonly byte[] arrived = new byte[4096];
    private int begin, end;
    private long left;
    private bool hasBegun, hasEnded;

    /// <exception cref="IOException">It is damaged, or ends before its last chunk.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (left == 0 && !hasEnded)
            BeginChunk();
        if (left == 0 || buffer.IsEmpty)
            return 0;
        if (begin == end)
            Fill();
        int read = (int)Math.Min(left, Math.Min(end - begin, buffer.Length));
        arrived.AsSpan(begin, read).CopyTo(buffer);
        begin += read;
        left -= read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void BeginChunk()
    {
        if (hasBegun && ReadLine().Length > 0)
            throw Damaged("a chunk is longer than it says");
        hasBegun = true;
        string line = ReadLine(), digits = line.Split(';')[0].TrimEnd(' ', '\t');
        if (digits.Length > MostDigits || !long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out left))
            throw Damaged("a chunk does not begin with its length");
        hasEnded = left == 0;
        for (int trailers = 0; hasEnded && ReadLine().Length > 0; trailers++)
            if (trailers == MostTrailers)
                throw Damaged("its end is too long");
    }

    private string ReadLine()
    {
        StringBuilder line = new();
        while (true)
        {
            if (begin == end)
                Fill();
            char next = (char)arrived[begin++];
            if (next == '\n')
                return line.Length > 0 && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : line.ToString();
            if (line.Length == LongestLine)
                throw Damaged("a line between chunks is too long");
            line.Append(next);
        }
    }

    private void Fill()
    {
        (begin, end) = (0, inner.Read(arrived));
        if (end == 0)
            throw new IOException($"{name}: the connection ended before the answer did.");
    }

    private IOException Damaged(string what) => new($"{name}: the answer, which comes in chunks, is damaged: {what}.");
}
