using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Imaging.Decoders;

/// <summary>What restores a byte from its neighbors: stored plus predicted, modulo 256.</summary>
internal interface IPngFilter
{
    /// <summary>One byte.</summary>
    public static abstract byte Restore(int stored, int left, int above, int corner);

    /// <summary>Eight, each in the lower half of its lane, whose upper half is and stays zero.</summary>
    public static abstract Vector128<short> Restore(Vector128<short> stored, Vector128<short> left, Vector128<short> above, Vector128<short> corner);
}

/// <summary>Predicts the left neighbor.</summary>
internal readonly struct PngLeft : IPngFilter
{
    /// <inheritdoc/>
    public static byte Restore(int stored, int left, int above, int corner) => (byte)(stored + left);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Restore(Vector128<short> stored, Vector128<short> left, Vector128<short> above, Vector128<short> corner) =>
        (stored.AsByte() + left.AsByte()).AsInt16();
}

/// <summary>Predicts the mean of left and above, rounded down.</summary>
internal readonly struct PngMean : IPngFilter
{
    /// <inheritdoc/>
    public static byte Restore(int stored, int left, int above, int corner) => (byte)(stored + ((left + above) >> 1));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Restore(Vector128<short> stored, Vector128<short> left, Vector128<short> above, Vector128<short> corner) =>
        (stored.AsByte() + ((left + above) >> 1).AsByte()).AsInt16();
}

/// <summary>Predicts whichever of left, above and corner is nearest to <c>left + above − corner</c>; the first of equals.</summary>
internal readonly struct PngPaeth : IPngFilter
{
    /// <inheritdoc/>
    public static byte Restore(int stored, int left, int above, int corner) => (byte)(stored + Predict(left, above, corner));

    /// <summary>The prediction alone.</summary>
    public static byte Predict(int left, int above, int corner)
    {
        int fromLeft = Math.Abs(above - corner);
        int fromAbove = Math.Abs(left - corner);
        int fromCorner = Math.Abs(left + above - corner - corner);
        if (fromLeft <= fromAbove && fromLeft <= fromCorner)
            return (byte)left;
        return (byte)(fromAbove <= fromCorner ? above : corner);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<short> Restore(Vector128<short> stored, Vector128<short> left, Vector128<short> above, Vector128<short> corner)
    {
        Vector128<short> over = above - corner, beside = left - corner;
        Vector128<short> fromLeft = Vector128.Abs(over), fromAbove = Vector128.Abs(beside), fromCorner = Vector128.Abs(over + beside);
        // The sums stand ready before it is known which is taken: each pixel waits for the one before.
        Vector128<byte> withCorner = stored.AsByte() + corner.AsByte(), withAbove = stored.AsByte() + above.AsByte(), withLeft = stored.AsByte() + left.AsByte();
        Vector128<byte> other = Vector128.ConditionalSelect(Vector128.GreaterThan(fromAbove, fromCorner).AsByte(), withCorner, withAbove);
        Vector128<byte> notLeft = (Vector128.GreaterThan(fromLeft, fromAbove) | Vector128.GreaterThan(fromLeft, fromCorner)).AsByte();
        return Vector128.ConditionalSelect(notLeft, other, withLeft).AsInt16();
    }
}
