using System.Numerics;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary>Reads the arrays of a <see cref="SignatureJob"/>, computes, writes.</summary>
internal sealed class SignatureRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Paths worked on between two looks at the cancellation; enough for every thread.</summary>
    private const int Chunk = 1024;

    private readonly SignatureJob job;
    private readonly SignatureTransform signature;
    private readonly LogSignatureTransform? logarithm;
    private readonly IReadOnlyList<PathWindow>? windows;
    private readonly T[] paths;
    private readonly T[] points;
    private readonly T[] initial;
    private readonly T[] cotangents;
    private readonly (int Length, int Channels) given;
    private readonly (int Length, int Channels) changed;
    private readonly int count;
    private readonly int rows;
    private readonly int columns;

    private SignatureRun(SignatureJob job)
    {
        this.job = job;
        (paths, int[] shape) = NpyFile.Read<T>(job.Paths);
        if (shape is not [_, int length and > 0, int channels and > 0])
            throw new InvalidDataException($"{job.Paths}: the array is [{string.Join(", ", shape)}]; [B, T, C] was expected: paths, points, dimensions.");
        count = shape[0];
        given = (length, channels);
        changed = job.Augment?.OutputShape(length, channels) ?? given;
        signature = new SignatureTransform(changed.Channels, job.Depth, job.Options);
        logarithm = job.Log is LogSignatureBasis basis ? new LogSignatureTransform(changed.Channels, job.Depth, basis, job.Options) : null;
        windows = job.Window is int size ? PathWindow.Sliding(changed.Length, size, job.Step) : null;
        points = ReadOptional(job.Points, [count, changed.Channels]);
        initial = ReadOptional(job.Initial, [count, signature.Layout.Length]);
        columns = logarithm?.Length ?? signature.Layout.Length;
        rows = windows?.Count ?? (job.Stream ? signature.PrefixCount(changed.Length, Start(0, count)) : 1);
        cotangents = ReadOptional(job.Backward, job.Stream ? [count, rows, columns] : [count, columns]);
    }

    /// <summary>Does the job and returns the shape of what was written.</summary>
    public static int[] Do(SignatureJob job, CancellationToken cancellation)
    {
        SignatureRun<T> run = new(job);
        int[] rowShape = job.Backward is not null ? [run.given.Length, run.given.Channels]
            : job.Stream || run.windows is not null ? [run.rows, run.columns] : [run.columns];
        int rowLength = rowShape.Aggregate(1, (product, size) => checked(product * size));
        using NpyWriter<T> writer = new(job.Output, rowShape);
        for (int first = 0; first < run.count; first += Chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            int batch = Math.Min(Chunk, run.count - first);
            T[] result = job.Backward is null ? run.Forward(first, batch) : run.Backward(first, batch);
            for (int path = 0; path < batch; path++)
                writer.Append(result.AsSpan(path * rowLength, rowLength));
        }
        writer.Complete();
        return [run.count, .. rowShape];
    }

    private T[] Forward(int first, int batch)
    {
        T[] changedPaths = Changed(first, batch), result = new T[checked(batch * rows * columns)];
        PathStart<T> start = Start(first, batch);
        if (windows is not null && logarithm is not null)
        {
            T[] signatures = new T[batch * rows * signature.Layout.Length];
            signature.Windows<T>(changedPaths, batch, changed.Length, windows, signatures, job.Threads);
            logarithm.FromSignatures<T>(signatures, batch * rows, result);
        }
        else if (windows is not null)
            signature.Windows<T>(changedPaths, batch, changed.Length, windows, result, job.Threads);
        else if (logarithm is not null && job.Stream)
            logarithm.Stream(changedPaths, batch, changed.Length, start, result, job.Threads);
        else if (logarithm is not null)
            logarithm.Forward(changedPaths, batch, changed.Length, start, result, job.Threads);
        else if (job.Stream)
            signature.Stream(changedPaths, batch, changed.Length, start, result, job.Threads);
        else
            signature.Forward(changedPaths, batch, changed.Length, start, result, job.Threads);
        return result;
    }

    private T[] Backward(int first, int batch)
    {
        T[] changedPaths = Changed(first, batch), gradients = new T[changedPaths.Length];
        PathStart<T> start = Start(first, batch);
        ReadOnlySpan<T> cotangent = cotangents.AsSpan(first * rows * columns, batch * rows * columns);
        PathGradients<T> target = new() { Paths = gradients };
        if (logarithm is not null && job.Stream)
            logarithm.StreamBackward(changedPaths, batch, changed.Length, start, cotangent, target, job.Threads);
        else if (logarithm is not null)
            logarithm.Backward(changedPaths, batch, changed.Length, start, cotangent, target, job.Threads);
        else if (job.Stream)
            signature.StreamBackward(changedPaths, batch, changed.Length, start, cotangent, target, job.Threads);
        else
            signature.Backward(changedPaths, batch, changed.Length, start, cotangent, target, job.Threads);
        return job.Augment?.Backward<T>(gradients, batch, given.Length, given.Channels) ?? gradients;
    }

    private T[] Changed(int first, int batch)
    {
        int row = given.Length * given.Channels;
        ReadOnlySpan<T> some = paths.AsSpan(first * row, batch * row);
        return job.Augment?.Forward(some, batch, given.Length, given.Channels) ?? some.ToArray();
    }

    private PathStart<T> Start(int first, int batch)
    {
        if (job.Points is null)
            return default;
        ReadOnlySpan<T> before = points.AsSpan(first * changed.Channels, batch * changed.Channels);
        return job.Initial is null
            ? PathStart.At(before)
            : PathStart.After(initial.AsSpan(first * signature.Layout.Length, batch * signature.Layout.Length), before);
    }

    private static T[] ReadOptional(string? path, int[] expected)
    {
        if (path is null)
            return [];
        (T[] values, int[] shape) = NpyFile.Read<T>(path);
        return shape.AsSpan().SequenceEqual(expected)
            ? values
            : throw new InvalidDataException($"{path}: the array is [{string.Join(", ", shape)}]; [{string.Join(", ", expected)}] was expected.");
    }
}
