namespace ImageSig.Cli.Display;

/// <summary>Nobody reads standard output: what is printed is lost.</summary>
/// <param name="why">Why, the beginning of a sentence.</param>
/// <param name="lost">What is lost, with its verb.</param>
/// <param name="cause">What failed; null where nothing was tried.</param>
internal sealed class ClosedOutputException(string why, string lost, Exception? cause = null) : IOException($"{why}; {lost} left out.", cause)
{
    /// <summary>Why nobody does.</summary>
    public string Why { get; } = why;
}
