using System.Text;
using ImageSig.Tensors;

namespace ImageSig.Cli.Display;

/// <summary>A writer that lets someone else decide what a failure to write means: a closed pipe, a full disk behind a redirection.</summary>
/// <param name="inner">Where the text goes.</param>
/// <param name="failed">Told of each failure; if it returns, the text is lost and the work goes on.</param>
internal sealed class GuardedWriter(TextWriter inner, Action<Exception> failed) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    /// <summary>For messages: nobody may be listening any more, but that must not end a long training.</summary>
    public static GuardedWriter Forgiving(TextWriter inner) => new(inner, _ => { });

    /// <summary>For results: whoever asked for them must learn that they are not complete.</summary>
    public static GuardedWriter Strict(TextWriter inner) =>
        new(inner, problem => throw problem as ClosedOutputException ?? new IOException($"cannot write the results to standard output: {AtomicFile.ReasonOf(problem)}.", problem));

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ObjectDisposedException || AtomicFile.IsTooLong(problem))
        {
            failed(problem);
        }
    }
}
