namespace ImageSig.Cli.Display;

/// <summary>Whoever read standard output has closed it: what is printed from now on is lost.</summary>
internal sealed class ClosedOutputException(Exception cause)
    : IOException("standard output was closed by whoever read it; the rest of the results is left out.", cause);
