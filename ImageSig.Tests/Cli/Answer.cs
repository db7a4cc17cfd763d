using ImageSig.Cli;
using ImageSig.Cli.Display;

namespace ImageSig.Tests.Cli;

/// <summary>What the program answered to one command line, run in this process.</summary>
internal sealed record Answer(int Code, string Results, string Messages)
{
    /// <summary>The message stream line by line, without the last empty one.</summary>
    public string[] MessageLines => Messages.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The result stream line by line, without the last empty one.</summary>
    public string[] ResultLines => Results.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs <c>imagesig</c> with these arguments, as if piped.</summary>
    public static Answer To(params string[] arguments) => To(CancellationToken.None, arguments);

    /// <summary>The same, stopped when <paramref name="cancellation"/> says so.</summary>
    public static Answer To(CancellationToken cancellation, params string[] arguments)
    {
        using StringWriter results = new() { NewLine = "\n" };
        using StringWriter messages = new() { NewLine = "\n" };
        int code = Application.Run(arguments, new Terminal(results, messages, isInteractive: false), cancellation);
        return new Answer(code, results.ToString(), messages.ToString());
    }
}
