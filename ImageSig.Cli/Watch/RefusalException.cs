namespace ImageSig.Cli.Watch;

/// <summary>A server has answered, with another status than success.</summary>
/// <param name="message">The whole line.</param>
/// <param name="status">Of HTTP, as text.</param>
internal sealed class RefusalException(string message, string status) : IOException(message)
{
    /// <summary>Whether asking again is in vain: the address (3xx) or the request (4xx) is what is wrong, and not that the server is slow or busy.</summary>
    public bool IsFinal => status is ['3' or '4', _, _] and not ("408" or "429");
}
