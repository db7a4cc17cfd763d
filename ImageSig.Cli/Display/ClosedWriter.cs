using System.Text;

namespace ImageSig.Cli.Display;

/// <summary>Standard output of a process that was begun without one (<c>&gt;&amp;-</c>).</summary>
internal sealed class ClosedWriter : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    /// <exception cref="ClosedOutputException">Always.</exception>
    public override void Write(char value) => throw new ClosedOutputException("standard output is closed", "the results are");
}
