using System.Numerics;
using ImageSig.Tensors;

namespace ImageSig.Signature;

/// <summary>Augmentations one after the other, for batches.</summary>
/// <param name="Steps">Applied first to last.</param>
public sealed record PathAugmentations(params IReadOnlyList<PathAugmentation> Steps)
{
    /// <summary>Applied first to last.</summary>
    /// <exception cref="ArgumentNullException">There are none.</exception>
    public IReadOnlyList<PathAugmentation> Steps { get; init; } = Steps ?? throw new ArgumentNullException(nameof(Steps));

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
    public (int Length, int Channels) OutputShape(int length, int channels)
    {
        foreach (PathAugmentation step in Steps)
            (length, channels) = step.OutputShape(length, channels);
        return (length, channels);
    }

    /// <summary>The changed paths [B, T', C'] of [B, T, C].</summary>
    /// <exception cref="ArgumentException">The numbers are not of that shape, or a step cannot take it.</exception>
    public T[] Forward<T>(ReadOnlySpan<T> paths, int batch, int length, int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Check(nameof(Forward), paths.Length, batch, length, channels);
        T[] current = paths.ToArray();
        foreach (PathAugmentation step in Steps)
        {
            (int nextLength, int nextChannels) = step.OutputShape(length, channels);
            int from = length * channels, to = nextLength * nextChannels;
            var next = new T[checked(batch * to)];
            for (int path = 0; path < batch; path++)
                step.Forward<T>(current.AsSpan(path * from, from), length, channels, next.AsSpan(path * to, to));
            (current, length, channels) = (next, nextLength, nextChannels);
        }
        return current;
    }

    /// <summary>The gradients [B, T, C], given the cotangents [B, T', C'] of the changed paths.</summary>
    /// <exception cref="ArgumentException">The numbers are not of that shape, or a step cannot take it.</exception>
    public T[] Backward<T>(ReadOnlySpan<T> cotangents, int batch, int length, int channels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<(int Length, int Channels)> shapes = [(length, channels)];
        foreach (PathAugmentation step in Steps)
            shapes.Add(step.OutputShape(shapes[^1].Length, shapes[^1].Channels));
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

    private static PathAugmentation One(string name)
    {
        if (name.StartsWith("scale=", StringComparison.Ordinal)
            && double.TryParse(name.AsSpan(6), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double factor))
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
