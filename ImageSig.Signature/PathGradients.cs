using System.Numerics;

namespace ImageSig.Signature;

/// <summary>Where a backward pass writes what it finds besides the paths' gradients.</summary>
/// <remarks>Either span may be empty: nothing is written then.</remarks>
public readonly ref struct PathGradients<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>[B, T, C], overwritten.</summary>
    public required Span<T> Paths { get; init; }

    /// <summary>[B, C], overwritten: the gradients of the points in front (<see cref="PathStart{T}.Points"/>, or of the basepoint zero). Refused where there is no such point.</summary>
    public Span<T> Points { get; init; }

    /// <summary>[B, F], overwritten: the gradients of the earlier signatures (<see cref="PathStart{T}.Signatures"/>).</summary>
    public Span<T> Signatures { get; init; }
}
