namespace ImageSig.Cli.Display;

/// <summary>Standard input of this process.</summary>
internal static class StandardInput
{
    /// <summary>What stands for it on a command line.</summary>
    public const string Name = "-";

    /// <summary>Whether an argument stands for it: its name, or where systems show it as a file, which would be waited for even after a stop.</summary>
    public static bool Is(string? path) => path is Name or "/dev/stdin" or "/dev/fd/0" or "/proc/self/fd/0";

    /// <summary>Opens it, to be read by a thread that may wait for ever.</summary>
    /// <exception cref="IOException">It is closed, or a folder.</exception>
    public static Stream Open() =>
        StandardDescriptor.IsClosed(StandardDescriptor.Input) ? throw new IOException("standard input is closed.")
        : StandardDescriptor.IsFolder(StandardDescriptor.Input) ? throw new IOException("standard input is a folder; give a file or a pipe.")
        : Console.OpenStandardInput();

    /// <summary>Opens it, to be read until its end or a stop.</summary>
    /// <param name="cancellation">The stop.</param>
    /// <exception cref="IOException">It is closed, or a folder.</exception>
    public static Stream OpenStoppable(CancellationToken cancellation) => new StoppableStream(Open(), cancellation);
}
