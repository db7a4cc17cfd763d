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
        List<PathWindow> windows = new(CountSliding(length, points, step));
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

    /// <summary>How many windows <see cref="Sliding"/> gives.</summary>
    /// <exception cref="SettingException">A window or step below 1, or a window longer than the path.</exception>
    public static int CountSliding(int length, int points, int step)
    {
        Check(nameof(Sliding), length, points, step);
        return (length - points) / step + 1;
    }

    private static void Check(string operation, int length, int points, int step)
    {
        if (points < 1 || step < 1 || points > length)
            throw new SettingException($"PathWindow.{operation}: windows of {points} points every {step} points over {length} points; a window needs 1…{length} points and a step of at least 1.");
    }
}
