using System.Numerics;
using ImageSig.Tensors;

namespace ImageSig.Signature;

/// <summary>Augmentations one after the other, for batches.</summary>
/// <param name="Steps">Applied first to last.</param>
public sealed record PathAugmentations(params IReadOnlyList<PathAugmentation> Steps)
{
    /// <summary>Applied first to last.</summary>
    /// <exception cref="ArgumentNullException">There is no list.</exception>
    /// <exception cref="ArgumentException">A step is null.</exception>
    public IReadOnlyList<PathAugmentation> Steps { get; init => field = Checked(value); } = Checked(Steps);

    /// <summary>The names that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["time", "lead-lag", "basepoint", "invisibility-reset", "cumulative-sum", "scale=FACTOR"];

    /// <summary>Reads a list such as <c>lead-lag,time</c>.</summary>
    /// <exception cref="SettingException">A name that is none of <see cref="Names"/>.</exception>
    /// <exception cref="ArgumentNullException">No text.</exception>
    public static PathAugmentations Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One)]);
    }

    /// <summary>T' and C' in the end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No point or no channel.</exception>
    /// <exception cref="SettingException">More points or channels than can be counted.</exception>
    public (int Length, int Channels) OutputShape(int length, int channels) => Shapes(length, channels)[^1];

    /// <summary>The changed paths [B, T', C'] of [B, T, C].</summary>
    /// <exception cref="ArgumentException">The numbers are not of that shape.</exception>
    /// <exception cref="SettingException">More numbers on the way than an array can hold; nothing is done then.</exception>
    public T[] Forward<T>(ReadOnlySpan<T> paths, int batch, int length, int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Forward), "paths", paths.Length, batch, (length, channels));
        List<(int Length, int Channels)> shapes = ShapesOf(nameof(Forward), batch, length, channels);
        var result = new T[batch * Numbers(shapes[^1])];
        Walk(paths, batch, shapes, result, isBackward: false);
        return result;
    }

    /// <summary>The same into memory of the caller's.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="channels">C.</param>
    /// <param name="result">[B, T', C'], overwritten; of <see cref="OutputShape"/>.</param>
    /// <exception cref="ArgumentException">The numbers are not of that shape, or the result overlaps the paths.</exception>
    /// <exception cref="SettingException">More numbers on the way than an array can hold; nothing is done then.</exception>
    public void Forward<T>(ReadOnlySpan<T> paths, int batch, int length, int channels, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Forward), "paths", paths.Length, batch, (length, channels));
        List<(int Length, int Channels)> shapes = ShapesOf(nameof(Forward), batch, length, channels);
        Check(nameof(Forward), "result", result.Length, batch, shapes[^1]);
        Apart.Check("PathAugmentations.Forward", "the result overlaps the paths", result, paths, nameof(result));
        Walk(paths, batch, shapes, result, isBackward: false);
    }

    /// <summary>The gradients [B, T, C], given the cotangents [B, T', C'] of the changed paths.</summary>
    /// <exception cref="ArgumentException">The numbers are not of that shape.</exception>
    /// <exception cref="SettingException">More numbers on the way than an array can hold; nothing is done then.</exception>
    public T[] Backward<T>(ReadOnlySpan<T> cotangents, int batch, int length, int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<(int Length, int Channels)> shapes = ShapesOf(nameof(Backward), batch, length, channels);
        Check(nameof(Backward), "cotangents", cotangents.Length, batch, shapes[^1]);
        var gradients = new T[batch * Numbers(shapes[0])];
        Walk(cotangents, batch, shapes, gradients, isBackward: true);
        return gradients;
    }

    /// <summary>The same into memory of the caller's.</summary>
    /// <param name="cotangents">[B, T', C'].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="channels">C.</param>
    /// <param name="gradients">[B, T, C], overwritten.</param>
    /// <exception cref="ArgumentException">The numbers are not of that shape, or the gradients overlap the cotangents.</exception>
    /// <exception cref="SettingException">More numbers on the way than an array can hold; nothing is done then.</exception>
    public void Backward<T>(ReadOnlySpan<T> cotangents, int batch, int length, int channels, Span<T> gradients)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<(int Length, int Channels)> shapes = ShapesOf(nameof(Backward), batch, length, channels);
        Check(nameof(Backward), "cotangents", cotangents.Length, batch, shapes[^1]);
        Check(nameof(Backward), "gradients", gradients.Length, batch, shapes[0]);
        Apart.Check("PathAugmentations.Backward", "the gradients overlap the cotangents", gradients, cotangents, nameof(gradients));
        Walk(cotangents, batch, shapes, gradients, isBackward: true);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Steps);

    /// <summary>T and C in the beginning and behind each step.</summary>
    private List<(int Length, int Channels)> Shapes(int length, int channels)
    {
        if (length < 1 || channels < 1)
            throw new ArgumentOutOfRangeException(length < 1 ? nameof(length) : nameof(channels), $"PathAugmentations: the paths have {length} points and {channels} channels; at least one of each is needed.");
        List<(int Length, int Channels)> shapes = [(length, channels)];
        foreach (PathAugmentation step in Steps)
        {
            // Each step adds one or two or doubles: what wraps around is below zero.
            (int nextLength, int nextChannels) = step.OutputShape(shapes[^1].Length, shapes[^1].Channels);
            if (nextLength < 1 || nextChannels < 1)
                throw new SettingException($"PathAugmentations: {this} make more points or channels of {length} points in {channels} channels than can be counted; take fewer steps.");
            shapes.Add((nextLength, nextChannels));
        }
        return shapes;
    }

    /// <summary>The same, where a batch of every shape fits an array.</summary>
    private List<(int Length, int Channels)> ShapesOf(string operation, int batch, int length, int channels)
    {
        List<(int Length, int Channels)> shapes = Shapes(length, channels);
        foreach ((int points, int width) in shapes)
            if ((double)batch * points * width > Array.MaxLength)
                throw new SettingException($"PathAugmentations.{operation}: {batch} paths of {points} points in {width} channels are more than the {Array.MaxLength} numbers of an array; take fewer paths at once or fewer steps.");
        return shapes;
    }

    private static IReadOnlyList<PathAugmentation> Checked(IReadOnlyList<PathAugmentation> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return steps.Contains(null!) ? throw new ArgumentException("PathAugmentations: a step is null; leave it out.", nameof(steps)) : steps;
    }

    private static PathAugmentation One(string name)
    {
        if (name.StartsWith("scale=", StringComparison.Ordinal)
            && double.TryParse(name.AsSpan(6), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double factor)
            && double.IsFinite(factor))
            return new PathAugmentation.Scale(factor);
        return name switch
        {
            "time" => new PathAugmentation.Time(),
            "lead-lag" => new PathAugmentation.LeadLag(),
            "basepoint" => new PathAugmentation.Basepoint(),
            "invisibility-reset" => new PathAugmentation.InvisibilityReset(),
            "cumulative-sum" => new PathAugmentation.CumulativeSum(),
            _ => throw new SettingException($"'{name}' is no augmentation; known are {string.Join(", ", Names)}, separated by commas."),
        };
    }

    /// <summary>All steps for one path after the other: what stands between two steps is never more than one path.</summary>
    private void Walk<T>(ReadOnlySpan<T> input, int batch, List<(int Length, int Channels)> shapes, Span<T> result, bool isBackward)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Steps.Count == 0)
        {
            input.CopyTo(result);
            return;
        }
        int between = Steps.Count == 1 ? 0 : shapes[1..^1].Max(Numbers), from = Numbers(shapes[isBackward ? ^1 : 0]), to = Numbers(shapes[isBackward ? 0 : ^1]);
        T[] even = new T[between], odd = new T[Steps.Count > 2 ? between : 0];
        for (int path = 0; path < batch; path++)
        {
            ReadOnlySpan<T> current = input.Slice(path * from, from);
            for (int turn = 0; turn < Steps.Count; turn++)
            {
                int step = isBackward ? Steps.Count - 1 - turn : turn;
                (int length, int channels) = shapes[step];
                Span<T> next = turn == Steps.Count - 1 ? result.Slice(path * to, to) : (turn % 2 == 0 ? even : odd).AsSpan(0, Numbers(shapes[isBackward ? step : step + 1]));
                if (isBackward)
                    Steps[step].Backward(current, length, channels, next);
                else
                    Steps[step].Forward(current, length, channels, next);
                current = next;
            }
        }
    }

    private static int Numbers((int Length, int Channels) shape) => shape.Length * shape.Channels;

    private static void Check(string operation, string name, int found, int batch, (int Length, int Channels) shape)
    {
        if (batch < 0 || shape.Length < 1 || shape.Channels < 1 || found != (long)batch * shape.Length * shape.Channels)
            throw new ArgumentException($"PathAugmentations.{operation}: {name} must be [{batch}, {shape.Length}, {shape.Channels}] with at least one point and channel, but holds {found} numbers.", name);
    }
}
