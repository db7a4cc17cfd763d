namespace ImageSig.Watching;

/// <summary>An answer that makes a picture worth labeling.</summary>
/// <param name="Model">The position of the model.</param>
/// <param name="Label">What it took the picture for; of attributes the least certain one.</param>
/// <param name="Confidence">How certain it was, 0…1.</param>
/// <param name="IsChange">Whether its steady label is another one with this picture.</param>
internal sealed record HardAnswer(int Model, string Label, double Confidence, bool IsChange);
