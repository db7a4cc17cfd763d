using System.Numerics;

namespace ImageSig.Cli.Commands;

/// <summary>The infinities and NaN among the numbers of an array that is written piece by piece.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class NonFiniteCount<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private long _count;
    private long _total;
    private long _first;

    /// <summary>Looks through the next piece.</summary>
    public void Add(ReadOnlySpan<T> values)
    {
        for (int index = 0; index < values.Length; index++)
            if (!T.IsFinite(values[index]) && _count++ == 0)
                _first = _total + index;
        _total += values.Length;
    }

    /// <summary>How many of how many there are, the first one's place, and what to do; null where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">The lengths of its axes.</param>
    public string? Line(string path, IReadOnlyList<int> shape)
    {
        if (_count == 0)
            return null;
        var place = new long[shape.Count];
        long rest = _first;
        for (int axis = shape.Count - 1; axis >= 0; rest /= shape[axis--])
            place[axis] = rest % shape[axis];
        return $"{path}: {_count} of {_total} numbers are infinite or NaN, the first at [{string.Join(", ", place)}]; look for such numbers in what was read, or scale the paths down"
            + (typeof(T) == typeof(float) ? ", or add --dtype float64." : ".");
    }
}
