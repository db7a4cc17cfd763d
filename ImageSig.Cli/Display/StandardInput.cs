namespace ImageSig.Cli.Display;

/// <summary>Standard input of this process.</summary>
internal static class StandardInput
{
    /// <summary>What stands for it on a command line.</summary>
    public const string Name = "-";

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
