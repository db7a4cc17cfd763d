using System.Numerics;

namespace ImageSig.Signature;

public sealed partial class SignatureTransform
{
    /// <summary>No gradient lies over what is read, nor over another one.</summary>
    private static void CheckApart<T>(string operation, ReadOnlySpan<T> paths, PathStart<T> start, ReadOnlySpan<T> cotangents, PathGradients<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckApart(operation, paths, start, cotangents, gradients.Paths, "the paths' gradients");
        CheckApart(operation, paths, start, cotangents, gradients.Points, "the points' gradients");
        CheckApart(operation, paths, start, cotangents, gradients.Signatures, "the signatures' gradients");
        if (gradients.Paths.Overlaps(gradients.Points) || gradients.Paths.Overlaps(gradients.Signatures) || gradients.Points.Overlaps(gradients.Signatures))
            throw new ArgumentException($"{operation}: two of the gradients overlap; give each memory of its own.", nameof(gradients));
    }

    private static void CheckApart<T>(string operation, ReadOnlySpan<T> paths, PathStart<T> start, ReadOnlySpan<T> cotangents, ReadOnlySpan<T> gradients, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string? read = gradients.Overlaps(paths) ? "the paths"
            : gradients.Overlaps(cotangents) ? "the cotangents"
            : gradients.Overlaps(start.Points) ? "the start's points"
            : gradients.Overlaps(start.Signatures) ? "the start's signatures"
            : null;
        if (read is not null)
            Apart.Check(operation, $"{name} overlap {read}", gradients, gradients, nameof(gradients));
    }
}
