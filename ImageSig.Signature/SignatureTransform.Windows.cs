using System.Numerics;

namespace ImageSig.Signature;

public sealed partial class SignatureTransform
{
    /// <summary>Numbers of windows and their signatures that are worked on at once, where one window of all paths is not more.</summary>
    private const long WindowNumbersAtOnce = 1 << 18;

    /// <summary>The signature of every window of every path.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="windows">K intervals of 0…T.</param>
    /// <param name="result">[B, K, F], overwritten.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <remarks>Neighboring windows of the same number of points, as those of <see cref="PathWindow.Sliding"/>, are computed side by side as a batch of paths. One that only adds
    /// points to the one before, as those of <see cref="PathWindow.Expanding"/>, goes on from its signature. The bits are those of each window by itself.</remarks>
    /// <exception cref="ArgumentException">A window is not one of the path, or an array is not of its shape.</exception>
    /// <exception cref="ArgumentNullException">There are no windows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    public void Windows<T>(ReadOnlySpan<T> paths, int batch, int length, IReadOnlyList<PathWindow> windows, Span<T> result, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckWindows(nameof(Windows), paths, batch, length, windows, threads);
        CheckCount(nameof(Windows), "the result", result.Length, batch, windows.Count, Layout.Length);
        Apart.Check(nameof(Windows), "the result overlaps the paths", result, paths, nameof(result));
        T[] pieces = [], signatures = [];
        List<int> groups = GroupsOf(windows, batch);
        for (int group = 0; group + 1 < groups.Count; group++)
        {
            int first = groups[group], count = groups[group + 1] - first;
            bool continues = Continues(windows, first);
            int from = continues ? windows[first - 1].End : windows[first].Start, points = windows[first].End - from;
            // With one path its windows stand in a row, here and in the result.
            Span<T> target = batch == 1 ? result.Slice(first * Layout.Length, count * Layout.Length) : Room(ref signatures, (long)batch * count * Layout.Length);
            PathStart<T> before = continues ? Before(paths, length, from, result, windows.Count, first) : default;
            if (points == 0)
                before.Signatures.CopyTo(target);
            else
                OfWindow(before).Forward(Pieces(paths, batch, length, windows, first, count, points, ref pieces), batch * count, points, before, target, threads);
            for (int path = 0; path < batch && batch > 1; path++)
                target.Slice(path * count * Layout.Length, count * Layout.Length).CopyTo(result[((path * windows.Count + first) * Layout.Length)..]);
        }
    }

    /// <summary>Where windows begin that are worked on at once, in their order, and behind the last: neighbors with one number of points, or one that goes on from the one before.</summary>
    private List<int> GroupsOf(IReadOnlyList<PathWindow> windows, int batch)
    {
        List<int> groups = [0];
        for (int first = 0; first < windows.Count && batch > 0; groups.Add(first))
            first += Continues(windows, first) ? 1 : AlikeFrom(windows, first, batch);
        return groups;
    }

    /// <summary>Whether a window only adds points to the one before: the same steps, so the same bits.</summary>
    private bool Continues(IReadOnlyList<PathWindow> windows, int index) =>
        index > 0 && windows[index - 1].Start == windows[index].Start && windows[index - 1].End <= windows[index].End && !Options.Inverse;

    /// <summary>How many windows from one on have its number of points and fit the memory that is worked on at once; 1 or more.</summary>
    private int AlikeFrom(IReadOnlyList<PathWindow> windows, int first, int batch)
    {
        int points = windows[first].End - windows[first].Start, last = first + 1;
        long most = WindowNumbersAtOnce / (batch * ((long)points * Layout.Channels + Layout.Length));
        while (last < windows.Count && last - first < most && windows[last].End - windows[last].Start == points && !Continues(windows, last))
            last++;
        return last - first;
    }

    /// <summary>The points of some windows from <paramref name="points"/> before their ends on, [B, count, points, C].</summary>
    private ReadOnlySpan<T> Pieces<T>(ReadOnlySpan<T> paths, int batch, int length, IReadOnlyList<PathWindow> windows, int first, int count, int points, ref T[] memory)
    {
        int channels = Layout.Channels, size = points * channels;
        Span<T> pieces = Room(ref memory, (long)batch * count * size);
        for (int path = 0; path < batch; path++)
            for (int window = 0; window < count; window++)
                paths.Slice((path * length + windows[first + window].End - points) * channels, size).CopyTo(pieces[((path * count + window) * size)..]);
        return pieces;
    }

    /// <summary>What the windows before left: their signatures [B, F], out of the result, and their last points [B, C].</summary>
    private PathStart<T> Before<T>(ReadOnlySpan<T> paths, int length, int from, ReadOnlySpan<T> result, int windows, int index)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int channels = Layout.Channels, features = Layout.Length, batch = paths.Length / (length * channels);
        T[] signatures = new T[batch * features], points = new T[batch * channels];
        for (int path = 0; path < batch; path++)
        {
            result.Slice((path * windows + index - 1) * features, features).CopyTo(signatures.AsSpan(path * features));
            paths.Slice((path * length + from - 1) * channels, channels).CopyTo(points.AsSpan(path * channels));
        }
        return PathStart.After<T>(signatures, points);
    }

    /// <summary>A window's own first point follows the basepoint, if there is one; the rest of a longer window follows the shorter one.</summary>
    private SignatureTransform OfWindow<T>(PathStart<T> before)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Options.Basepoint && !before.Points.IsEmpty ? new SignatureTransform(Layout.Channels, Layout.Depth) : this;

    /// <summary>The first <paramref name="count"/> numbers of memory that grows when it must.</summary>
    private static Span<T> Room<T>(ref T[] memory, long count)
    {
        if (memory.Length < count)
            memory = new T[count];
        return memory.AsSpan(0, (int)count);
    }
}
