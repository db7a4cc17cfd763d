namespace ImageSig.Tensors;

/// <summary>Shapes that are about to be written, of any lengths until they are looked at.</summary>
internal static class StoredShape
{
    /// <summary>Whether a shape has no length below 0 and holds a number of values within bounds.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="fewest">The fewest values that are possible.</param>
    /// <param name="most">The most; no more than an array can hold.</param>
    /// <param name="count">The product of the lengths, for a message. A double, for it does not wrap around; numbers of values that an array can hold it counts exactly.</param>
    public static bool Holds(IReadOnlyList<int> shape, int fewest, int most, out double count)
    {
        count = shape.Aggregate(1.0, (product, length) => product * length);
        return count >= fewest && count <= most && shape.All(length => length >= 0);
    }
}
