using System.Numerics;

namespace ImageSig.Signature;

public sealed partial class SignatureTransform
{
    /// <summary>What is written must not lie over what is still read: in small transforms it would go well, in larger ones not.</summary>
    /// <param name="operation">Whose arrays they are.</param>
    /// <param name="name">Both in words, such as "the result overlaps the paths".</param>
    /// <param name="written">What is written.</param>
    /// <param name="read">What is read.</param>
    /// <param name="parameter">The one that is written.</param>
    internal static void CheckApart<T>(string operation, string name, ReadOnlySpan<T> written, ReadOnlySpan<T> read, string parameter)
    {
        if (written.Overlaps(read))
            throw new ArgumentException($"{operation}: {name}, which are still read; give the one that is written memory of its own.", parameter);
    }

    /// <summary>The same, but one that is read from its first number to its last may be written in place.</summary>
    internal static void CheckApartOrSame<T>(string operation, string name, ReadOnlySpan<T> written, ReadOnlySpan<T> read, string parameter)
    {
        if (written != read)
            CheckApart(operation, name, written, read, parameter);
    }

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
            CheckApart(operation, $"{name} overlap {read}", gradients, gradients, nameof(gradients));
    }
}
