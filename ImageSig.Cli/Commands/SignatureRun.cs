using System.Numerics;
using System.Runtime.CompilerServices;
using ImageSig.Cli.Arguments;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary>Reads the arrays of a <see cref="SignatureJob"/>, computes, writes. What it will take is known from the arrays' headers, before any work.</summary>
internal sealed class SignatureRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Paths worked on between two looks at the cancellation; enough for every thread.</summary>
    private const int MaxAtOnce = 1024;

    /// <summary>Numbers worked on at once, where a path alone is not more.</summary>
    private const long NumbersAtOnce = 1 << 25;

    private readonly SignatureJob job;
    private readonly SignatureLayout layout;
    private readonly SignatureTransform signature;
    private readonly LogSignatureTransform? logarithm;
    private readonly SignedRoots? roots;
    private readonly IReadOnlyList<PathWindow>? windows;
    private readonly T[] paths;
    private readonly T[] points;
    private readonly T[] initial;
    private readonly T[] cotangents;
    private readonly (int Length, int Channels) given;
    private readonly (int Length, int Channels) changed;
    private readonly int count;
    private readonly int chunk;
    private readonly int rows;
    private readonly int columns;

    private SignatureRun(SignatureJob job, PathsFile file)
    {
        this.job = job;
        IReadOnlyList<int> shape = file.Shape;
        if (shape is not [int batch, int length and > 0, int channels and > 0])
            throw new InvalidDataException($"{file.Name}: the array is [{string.Join(", ", shape)}]; [B, T, C] was expected: paths, points, dimensions.{Hint(shape.Count)}");
        count = batch;
        given = (length, channels);
        changed = job.Augment?.OutputShape(length, channels) ?? given;
        layout = new SignatureLayout(changed.Channels, job.Depth);
        columns = job.Log is null or LogSignatureBasis.Expanded ? layout.Length : LyndonWords.CountUpTo(changed.Channels, job.Depth);
        rows = job.Window is int size ? PathWindow.CountSliding(changed.Length, size, job.Step) : job.Stream ? changed.Length - 1 + (job.Options.Basepoint || job.Points is not null ? 1 : 0) : 1;
        if ((long)rows * columns > Array.MaxLength)
            throw new SettingException($"the result of one path is {rows} times {columns} numbers, more than an array holds; lower --depth{(rows > 1 ? " or take fewer windows or prefixes" : "")}.");
        if (Between > Array.MaxLength)
            throw new SettingException($"the signatures of one path, of which its log-signatures are made, are {rows} times {layout.Length} numbers, more than an array holds; lower --depth or take fewer windows.");
        chunk = ChunkOf();
        MemoryLimit.Check($"{changed.Channels} channels to depth {job.Depth}", Memory(), job.Memory, "lower --depth, take fewer channels, or allow more with --memory");
        OutputPath.CheckSpace(job.Output, (double)count * RowLength * Unsafe.SizeOf<T>());

        windows = job.Window is null ? null : count == 0 ? [] : PathWindow.Sliding(changed.Length, job.Window.Value, job.Step);
        paths = file.Read<T>();
        signature = new SignatureTransform(changed.Channels, job.Depth, job.Options);
        logarithm = job.Log is LogSignatureBasis basis ? new LogSignatureTransform(changed.Channels, job.Depth, basis, job.Options) : null;
        roots = job.Roots == 0 ? null
            : job.Log is LogSignatureBasis rooted ? SignedRoots.OfLogSignatures(changed.Channels, job.Depth, rooted, job.Roots) : SignedRoots.OfSignatures(layout, job.Roots);
        points = ReadOptional(job.Points, [count, changed.Channels]);
        initial = ReadOptional(job.Initial, [count, layout.Length]);
        cotangents = ReadOptional(job.Backward, [count, .. ResultShape]);
    }

    private int[] RowShape => job.Backward is not null ? [given.Length, given.Channels] : ResultShape;

    /// <summary>The shape of a path's result, or of its cotangents.</summary>
    private int[] ResultShape => job.Stream || job.Window is not null ? [rows, columns] : [columns];

    private int RowLength => RowShape.Aggregate(1, (product, size) => checked(product * size));

    /// <summary>Numbers of a path's signatures on the way to a window's log-signature.</summary>
    private double Between => job.Window is not null && job.Log is not null ? (double)rows * layout.Length : 0;

    /// <summary>Does the job and returns the shape of what was written, and a line about its numbers that are not finite, if there are some.</summary>
    public static (int[] Shape, string? Warning) Do(SignatureJob job, PathsFile file, CancellationToken cancellation)
    {
        SignatureRun<T> run = new(job, file);
        NonFiniteCount<T> nonFinite = new();
        int rowLength = run.RowLength;
        using NpyWriter<T> writer = new(job.Output, run.RowShape);
        for (int first = 0; first < run.count; first += run.chunk)
        {
            cancellation.ThrowIfCancellationRequested();
            int batch = Math.Min(run.chunk, run.count - first);
            T[] result = job.Backward is null ? run.Forward(first, batch) : run.Backward(first, batch);
            nonFinite.Add(result);
            for (int path = 0; path < batch; path++)
                writer.Append(result.AsSpan(path * rowLength, rowLength));
        }
        writer.Complete();
        int[] shape = [run.count, .. run.RowShape];
        return (shape, nonFinite.Line(job.Output, shape));
    }

    /// <summary>As many paths as <see cref="NumbersAtOnce"/> allow; where they are many, a number that fills the lanes.</summary>
    private int ChunkOf()
    {
        const int Lanes = 16;
        double perPath = Math.Max(Math.Max((double)rows * columns, Between), (double)changed.Length * changed.Channels);
        int fitting = (int)Math.Clamp(NumbersAtOnce / perPath, 1, MaxAtOnce);
        return Math.Max(1, Math.Min(fitting < Lanes ? fitting : fitting / Lanes * Lanes, count));
    }

    /// <summary>Bytes of all arrays and of the work on one chunk.</summary>
    private double Memory()
    {
        double read = (double)count * (given.Length * (double)given.Channels + (job.Points is null ? 0 : changed.Channels)
            + (job.Initial is null ? 0 : layout.Length) + (job.Backward is null ? 0 : (double)rows * columns));
        // A changed path, and one or two between its steps.
        double path = (double)changed.Length * changed.Channels, results = (double)rows * columns, changes = path * Math.Clamp(job.Augment?.Steps.Count ?? 1, 1, 3);
        double copies = chunk * (changes + Between + (job.Roots > 0 && job.Backward is not null ? results + changes : 0) + (job.Window is null ? 0 : layout.Length + results - columns)
            + (job.Window is not null && job.Backward is not null ? Between + results + 2 * path : 0));
        SignatureMemory transform = SignatureMemory.Of<T>(layout, job.Log,
            new SignatureWork(chunk, changed.Length) { Stream = job.Stream, Backward = job.Backward is not null, Threads = job.Threads });
        return (read + copies) * Unsafe.SizeOf<T>() + (job.Window is null ? 0 : (double)rows * Unsafe.SizeOf<PathWindow>()) + transform.Total;
    }

    private T[] Forward(int first, int batch)
    {
        T[] changedPaths = Changed(first, batch), result = new T[checked(batch * rows * columns)];
        PathStart<T> start = Start(first, batch);
        if (windows is not null && logarithm is not null)
            logarithm.Windows<T>(changedPaths, batch, changed.Length, windows, result, job.Threads);
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
        roots?.Forward<T>(result);
        return result;
    }

    private T[] Backward(int first, int batch)
    {
        T[] changedPaths = Changed(first, batch), gradients = new T[changedPaths.Length];
        PathStart<T> start = Start(first, batch);
        Span<T> cotangent = cotangents.AsSpan(first * rows * columns, batch * rows * columns);
        // Each cotangent is used once, so that it may become that of what the roots are taken of.
        roots?.Backward<T>(Forward(first, batch), cotangent);
        PathGradients<T> target = new() { Paths = gradients };
        if (windows is not null && logarithm is not null)
            logarithm.WindowsBackward<T>(changedPaths, batch, changed.Length, windows, cotangent, gradients, job.Threads);
        else if (windows is not null)
            signature.WindowsBackward<T>(changedPaths, batch, changed.Length, windows, cotangent, gradients, job.Threads);
        else if (logarithm is not null && job.Stream)
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
            : PathStart.After(initial.AsSpan(first * layout.Length, batch * layout.Length), before);
    }

    /// <summary>What to do about an array of paths that is none, where it is likely what was meant.</summary>
    private static string Hint(int axes) => axes switch
    {
        2 => " One path is saved as array[None].",
        3 => " A path has at least one point and one dimension.",
        _ => "",
    };

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
