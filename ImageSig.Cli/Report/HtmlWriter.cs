using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Report;

/// <summary>A text that is markup already.</summary>
internal readonly record struct Markup(string Text)
{
    /// <summary>An attribute of its own where something is so, nothing where not.</summary>
    public static Markup If(bool condition, string markup) => new(condition ? markup : "");
}

/// <summary>Writes a page that is HTML and well-formed XML at once. What is interpolated is escaped, unless it is <see cref="Markup"/>: a name can come from anywhere.</summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder text = new();

    /// <summary>Adds markup, and ends its line: <c>page.Add($"&lt;td&gt;{name}&lt;/td&gt;")</c>.</summary>
    /// <param name="markup">In the page already when this is called.</param>
    public void Add([InterpolatedStringHandlerArgument("")] ref Interpolation markup) => text.Append('\n');

    /// <summary>The letters of a text that page and attributes show as they are; what has no place in XML becomes a question mark.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(string.Concat(Printable.Cell(text).Select(letter => letter is '\uFFFE' or '\uFFFF' ? '?' : letter)));

    public override string ToString() => text.ToString();

    /// <summary>The pieces of an interpolated string, on their way into the page.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Interpolation
    {
        private readonly StringBuilder text;

        /// <summary>Called by the compiler, which tells the lengths too.</summary>
        public Interpolation(int literalLength, int formattedCount, HtmlWriter writer)
        {
            text = writer.text;
            text.EnsureCapacity(text.Length + literalLength + formattedCount);
        }

        public void AppendLiteral(string markup) => text.Append(markup);

        public void AppendFormatted(Markup markup) => text.Append(markup.Text);

        public void AppendFormatted(string name) => text.Append(Escape(name));

        public void AppendFormatted(IFormattable number, string? format = null) => text.Append(number.ToString(format, CultureInfo.InvariantCulture));
    }
}
