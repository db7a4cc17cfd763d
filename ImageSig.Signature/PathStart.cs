using System.Numerics;

namespace ImageSig.Signature;

/// <summary>What stands in front of each path of a batch: nothing, a basepoint, or all that came before.</summary>
/// <remarks>Continuing needs both the earlier signature and the point where it ended, for the step from that point to the new
/// path's first belongs to the whole: there is no way to give one without the other.</remarks>
public readonly ref struct PathStart<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal PathStart(ReadOnlySpan<T> points, ReadOnlySpan<T> signatures)
    {
        Points = points;
        Signatures = signatures;
    }

    /// <summary>[B, C], the points in front; empty for none.</summary>
    public ReadOnlySpan<T> Points { get; }

    /// <summary>[B, F], the signatures up to those points; empty for none.</summary>
    public ReadOnlySpan<T> Signatures { get; }
}

/// <summary>Makes a <see cref="PathStart{T}"/>.</summary>
public static class PathStart
{
    /// <summary>A basepoint of its own for every path.</summary>
    /// <param name="points">[B, C].</param>
    public static PathStart<T> At<T>(ReadOnlySpan<T> points)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(points, default);

    /// <summary>Continues earlier paths: the result is the signature of the earlier path, the step to the new path's first point, and the new path.</summary>
    /// <param name="signatures">[B, F], of the earlier paths.</param>
    /// <param name="lastPoints">[B, C], where the earlier paths ended.</param>
    /// <exception cref="ArgumentException">There are points and no signatures.</exception>
    public static PathStart<T> After<T>(ReadOnlySpan<T> signatures, ReadOnlySpan<T> lastPoints)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => signatures.IsEmpty && !lastPoints.IsEmpty
            ? throw new ArgumentException("PathStart.After: there are no signatures of the earlier paths; give them, or take PathStart.At for points alone.", nameof(signatures))
            : new(lastPoints, signatures);
}
