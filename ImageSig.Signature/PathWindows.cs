using System.Numerics;
using ImageSig.Tensors;

namespace ImageSig.Signature;

/// <summary>Windows over a path: intervals of points, the same for every path of a batch.</summary>
/// <param name="Start">The first point.</param>
/// <param name="End">One past the last point.</param>
public readonly record struct PathWindow(int Start, int End)
{
    /// <summary>Windows of <paramref name="points"/> points, each <paramref name="step"/> points after the last, as many as fit.</summary>
    /// <exception cref="SettingException">A window or step below 1, or a window longer than the path.</exception>
    public static IReadOnlyList<PathWindow> Sliding(int length, int points, int step)
    {
        Check(nameof(Sliding), length, points, step);
        List<PathWindow> windows = [];
        for (long start = 0; start <= length - points; start += step)
            windows.Add(new PathWindow((int)start, (int)start + points));
        return windows;
    }

    /// <summary>Windows from the first point on: <paramref name="points"/> points, then <paramref name="step"/> more each, as many as fit.</summary>
    /// <exception cref="SettingException">A window or step below 1, or a window longer than the path.</exception>
    public static IReadOnlyList<PathWindow> Expanding(int length, int points, int step)
    {
        Check(nameof(Expanding), length, points, step);
        List<PathWindow> windows = [];
        for (long end = points; end <= length; end += step)
            windows.Add(new PathWindow(0, (int)end));
        return windows;
    }

    private static void Check(string operation, int length, int points, int step)
    {
        if (points < 1 || step < 1 || points > length)
            throw new SettingException($"PathWindow.{operation}: windows of {points} points every {step} points over {length} points; a window needs 1…{length} points and a step of at least 1.");
    }
}

public sealed partial class SignatureTransform
{
    /// <summary>The signature of every window of every path.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="windows">K intervals of 0…T.</param>
    /// <param name="result">[B, K, F], overwritten.</param>
    /// <param name="threads">Threads that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">A window is not one of the path, or an array is not of its shape.</exception>
    /// <exception cref="ArgumentNullException">There are no windows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or a length below 1.</exception>
    public void Windows<T>(ReadOnlySpan<T> paths, int batch, int length, IReadOnlyList<PathWindow> windows, Span<T> result, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(windows);
        Check(nameof(Windows), paths.Length, batch, length, default(PathStart<T>));
        CheckCount(nameof(Windows), "the result", result.Length, batch, windows.Count, Layout.Length);
        int channels = Layout.Channels, features = Layout.Length;
        var piece = new T[(long)batch * length * channels];
        T[] one = new T[(long)batch * features], lastPoints = new T[batch * channels];
        for (int index = 0; index < windows.Count; index++)
        {
            (int start, int end) = windows[index];
            if (start < 0 || end > length || end <= start)
                throw new ArgumentException($"Windows: window {index} is {start}…{end}; it must hold at least one of the points 0…{length}.", nameof(windows));
            // A window that only adds points to the one before continues from its signature: the same steps, so the same bits.
            bool continues = index > 0 && windows[index - 1].Start == start && windows[index - 1].End <= end && !Options.Inverse;
            int from = continues ? windows[index - 1].End : start, points = end - from;
            if (points > 0)
            {
                for (int path = 0; path < batch; path++)
                {
                    ReadOnlySpan<T> whole = paths.Slice(path * length * channels, length * channels);
                    whole[(from * channels)..(end * channels)].CopyTo(piece.AsSpan(path * points * channels));
                    if (continues)
                        whole.Slice((from - 1) * channels, channels).CopyTo(lastPoints.AsSpan(path * channels));
                }
                PathStart<T> before = continues ? PathStart.After<T>([.. one], lastPoints) : default;
                RunWindow(piece.AsSpan(0, batch * points * channels), batch, points, before, one, continues, threads);
            }
            for (int path = 0; path < batch; path++)
                one.AsSpan(path * features, features).CopyTo(result[((path * windows.Count + index) * features)..]);
        }
    }

    /// <summary>A window's own first point follows the basepoint, if there is one; the rest of a longer window follows the shorter one.</summary>
    private void RunWindow<T>(ReadOnlySpan<T> piece, int batch, int points, PathStart<T> before, Span<T> result, bool continues, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (continues && Options.Basepoint)
            new SignatureTransform(Layout.Channels, Layout.Depth).Forward(piece, batch, points, before, result, threads);
        else
            Forward(piece, batch, points, before, result, threads);
    }
}
