namespace ImageSig.Checking;

/// <summary>One thing that was found: a picture, several that belong together, or a class that has none.</summary>
/// <param name="Kind">What.</param>
/// <param name="Images">The pictures, as indices into <see cref="DataCheck.Images"/>; of those that are alike the one to keep stands first.</param>
/// <param name="Detail">What was measured, in a few words.</param>
internal sealed record CheckFinding(CheckKind Kind, IReadOnlyList<int> Images, string Detail)
{
    /// <summary>The class of a finding without pictures.</summary>
    public CheckedClass? Class { get; init; }
}
