namespace ImageSig.Cli;

/// <summary>Arguments that are each possible but not together: wrong usage, found before any work.</summary>
internal sealed class UsageException(string message) : Exception(message);
