namespace ImageSig;

/// <summary>One image of a data set, not yet read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">The index of its class.</param>
public readonly record struct LabeledPath(string Path, int Label);
