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
    /// <exception cref="ArgumentException">A name that is none of <see cref="Names"/>.</exception>
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
        Check(nameof(Forward), paths.Length, batch, length, channels);
        List<(int Length, int Channels)> shapes = ShapesOf(nameof(Forward), batch, length, channels);
        T[] current = paths.ToArray();
        for (int index = 0; index < Steps.Count; index++)
        {
            (int before, int width) = shapes[index];
            int from = before * width, to = shapes[index + 1].Length * shapes[index + 1].Channels;
            var next = new T[batch * to];
            for (int path = 0; path < batch; path++)
                Steps[index].Forward<T>(current.AsSpan(path * from, from), before, width, next.AsSpan(path * to, to));
            current = next;
        }
        return current;
    }

    /// <summary>The gradients [B, T, C], given the cotangents [B, T', C'] of the changed paths.</summary>
    /// <exception cref="ArgumentException">The numbers are not of that shape.</exception>
    /// <exception cref="SettingException">More numbers on the way than an array can hold; nothing is done then.</exception>
    public T[] Backward<T>(ReadOnlySpan<T> cotangents, int batch, int length, int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<(int Length, int Channels)> shapes = ShapesOf(nameof(Backward), batch, length, channels);
        Check(nameof(Backward), cotangents.Length, batch, shapes[^1].Length, shapes[^1].Channels);
        T[] current = cotangents.ToArray();
        for (int index = Steps.Count - 1; index >= 0; index--)
        {
            (int before, int width) = shapes[index];
            int from = shapes[index + 1].Length * shapes[index + 1].Channels, to = before * width;
            var next = new T[batch * to];
            for (int path = 0; path < batch; path++)
                Steps[index].Backward<T>(current.AsSpan(path * from, from), before, width, next.AsSpan(path * to, to));
            current = next;
        }
        return current;
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

    private static void Check(string operation, int found, int batch, int length, int channels)
    {
        if (batch < 0 || length < 1 || channels < 1 || found != (long)batch * length * channels)
            throw new ArgumentException($"PathAugmentations.{operation}: the paths must be [{batch}, {length}, {channels}] with at least one point and channel, but hold {found} numbers.", operation == nameof(Forward) ? "paths" : "cotangents");
    }
}
