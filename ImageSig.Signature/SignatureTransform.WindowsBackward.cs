using System.Numerics;

namespace ImageSig.Signature;

public sealed partial class SignatureTransform
{
    /// <summary>The gradient of <c>Σ cotangents · Windows(paths)</c> with respect to the paths.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="windows">K intervals of 0…T.</param>
    /// <param name="cotangents">[B, K, F].</param>
    /// <param name="gradients">[B, T, C], overwritten; 0 at points of no window.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <remarks>Windows are taken side by side as in the forward pass, and a point adds up what it is to each window from the last to the first, so that a path's bits depend
    /// neither on its batch nor on the threads. Where windows go on from the one before, as those of <see cref="PathWindow.Expanding"/>, each hands its gradient down to the
    /// shorter one: no step is walked twice, and the signatures of all windows are computed anew and held.</remarks>
    /// <exception cref="ArgumentException">A window is not one of the path, an array is not of its shape, or the gradients are written over what is read.</exception>
    /// <exception cref="ArgumentNullException">There are no windows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    public void WindowsBackward<T>(ReadOnlySpan<T> paths, int batch, int length, IReadOnlyList<PathWindow> windows, ReadOnlySpan<T> cotangents, Span<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckWindows(nameof(WindowsBackward), paths, batch, length, windows, threads);
        CheckCount(nameof(WindowsBackward), "cotangents", cotangents.Length, batch, windows.Count, Layout.Length);
        CheckCount(nameof(WindowsBackward), "the gradients", gradients.Length, batch, length, Layout.Channels);
        Apart.Check(nameof(WindowsBackward), "the gradients overlap the paths", gradients, paths, nameof(gradients));
        Apart.Check(nameof(WindowsBackward), "the gradients overlap the cotangents", gradients, cotangents, nameof(gradients));
        T[] signatures = [];
        if (Sequences.Range(0, windows.Count).Any(index => Continues(windows, index)))
        {
            signatures = new T[cotangents.Length];
            Windows(paths, batch, length, windows, signatures, threads);
        }
        RunWindowsBack<T>(paths, batch, length, windows, signatures, cotangents, gradients, threads);
    }

    /// <summary>The same of arguments that were checked.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="windows">K intervals.</param>
    /// <param name="signatures">[B, K, F] of the forward pass; not read where no window goes on from the one before.</param>
    /// <param name="cotangents">[B, K, F].</param>
    /// <param name="gradients">[B, T, C], overwritten.</param>
    /// <param name="threads">1 or more.</param>
    internal void RunWindowsBack<T>(ReadOnlySpan<T> paths, int batch, int length, IReadOnlyList<PathWindow> windows, ReadOnlySpan<T> signatures, ReadOnlySpan<T> cotangents, Span<T> gradients, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        gradients.Clear();
        int channels = Layout.Channels;
        T[] pieces = [], handedDown = [];
        List<int> groups = GroupsOf(windows, batch);
        for (int group = groups.Count - 2; group >= 0; group--)
        {
            int first = groups[group], count = groups[group + 1] - first;
            bool continues = Continues(windows, first);
            int from = continues ? windows[first - 1].End : windows[first].Start, points = windows[first].End - from;
            T[] outer = CotangentsOf(cotangents, batch, windows.Count, first, count, handedDown);
            handedDown = continues ? new T[batch * Layout.Length] : [];
            if (points == 0)
            {
                handedDown = outer;
                continue;
            }
            PathStart<T> before = continues ? Before(paths, length, from, signatures, windows.Count, first) : default;
            T[] ofPieces = new T[batch * count * points * channels], ofPoints = new T[continues ? batch * channels : 0];
            OfWindow(before).Backward(Pieces(paths, batch, length, windows, first, count, points, ref pieces), batch * count, points, before, outer,
                new PathGradients<T> { Paths = ofPieces, Points = ofPoints, Signatures = handedDown }, threads);
            for (int path = 0; path < batch; path++)
            {
                Span<T> own = gradients.Slice(path * length * channels, length * channels);
                for (int window = count - 1; window >= 0; window--)
                    Add(ofPieces.AsSpan((path * count + window) * points * channels, points * channels), own[((windows[first + window].End - points) * channels)..]);
                if (continues)
                    Add(ofPoints.AsSpan(path * channels, channels), own[((from - 1) * channels)..]);
            }
        }
    }

    /// <summary>The cotangents of some windows, [B, count, F], and what the window after the last of them hands down, if there is some.</summary>
    private T[] CotangentsOf<T>(ReadOnlySpan<T> cotangents, int batch, int windows, int first, int count, ReadOnlySpan<T> handedDown)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int features = Layout.Length;
        var some = new T[batch * count * features];
        for (int path = 0; path < batch; path++)
        {
            Span<T> own = some.AsSpan(path * count * features, count * features);
            cotangents.Slice((path * windows + first) * features, own.Length).CopyTo(own);
            if (!handedDown.IsEmpty)
                Add(handedDown.Slice(path * features, features), own[^features..]);
        }
        return some;
    }

    private static void Add<T>(ReadOnlySpan<T> share, Span<T> sum)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int index = 0; index < share.Length; index++)
            sum[index] += share[index];
    }
}
