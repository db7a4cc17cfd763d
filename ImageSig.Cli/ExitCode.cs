namespace ImageSig.Cli;

/// <summary>What the program answers its caller with.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was asked for is done.</summary>
    public const int Done = 0;

    /// <summary>The work failed, or some of its inputs did, or what lies on the disk stands against it.</summary>
    public const int Failed = 1;

    /// <summary>The command line asks for something that does not exist, for things that do not go together, or for more or less than can be; nothing was started.</summary>
    public const int WrongUsage = 2;

    /// <summary>The work is done, and an answer was another than <c>--expect</c> said.</summary>
    public const int Unexpected = 3;

    /// <summary>Stopped by the user: 128 + SIGINT, as shells expect it.</summary>
    public const int Interrupted = 130;
}
