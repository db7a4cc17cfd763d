namespace ImageSig;

/// <summary>A file that could not be used as an image.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">One line: what was found and what was expected.</param>
public sealed record UnreadableImage(string Path, string Reason);
