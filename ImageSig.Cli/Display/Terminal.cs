namespace ImageSig.Cli.Display;

/// <summary>The two streams of the program: results for whoever reads its output, messages for whoever sits in front of it.</summary>
/// <param name="results">Standard output: tables, JSON, nothing else.</param>
/// <param name="messages">Standard error: progress, warnings, failures.</param>
/// <param name="isInteractive">Whether <paramref name="messages"/> is a terminal that can redraw its lines.</param>
internal sealed class Terminal(TextWriter results, TextWriter messages, bool isInteractive)
{
    public TextWriter Results { get; } = results;

    public TextWriter Messages { get; } = messages;

    public bool IsInteractive { get; } = isInteractive;

    /// <summary>How a message is told, such as without the secrets of a command line.</summary>
    public Func<string, string> Wording { private get; set; } = message => message;

    /// <summary>Standard output and standard error of this process. Consoles of Windows take control sequences only where they were told to, so that there progress is told in lines.</summary>
    public static Terminal OfThisProcess() => new(
        GuardedWriter.Strict(StandardOutput.Open()),
        GuardedWriter.Forgiving(StandardDescriptor.IsClosed(StandardDescriptor.Messages) ? TextWriter.Null : Console.Error),
        !OperatingSystem.IsWindows() && !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb");

    /// <summary>One line on the message stream that says who speaks.</summary>
    public void Complain(string message) => Messages.WriteLine($"imagesig: {Printable.Line(Wording(message))}");
}
