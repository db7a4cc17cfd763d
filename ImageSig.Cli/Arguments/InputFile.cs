namespace ImageSig.Cli.Arguments;

/// <summary>A file that is to be answered for.</summary>
/// <param name="File">Its path.</param>
/// <param name="Needed">Whether it must be: one that was named itself must, a folder may hold others.</param>
internal sealed record InputFile(string File, bool Needed);
