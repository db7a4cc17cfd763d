using System.Numerics;
using System.Runtime.CompilerServices;

namespace ImageSig.Signature;

public sealed partial class SignatureTransform
{
    /// <summary>Every way a batch can be wrong, named with its numbers and what to do.</summary>
    private void Check<T>(string operation, int paths, int batch, int length, PathStart<T> start, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (batch < 0)
            throw new ArgumentOutOfRangeException(nameof(batch), $"{operation}: batch is {batch}; it must be 0 or more.");
        CheckLength(operation, length);
        CheckThreads(operation, threads);
        CheckCount(operation, "paths", paths, batch, length, Layout.Channels);
        if (Options.Basepoint && !start.Points.IsEmpty)
            throw new ArgumentException($"{operation}: this transform puts the basepoint zero in front, and a start was given as well; prepare it without SignatureOptions.Basepoint.", nameof(start));
        if (!start.Points.IsEmpty || !start.Signatures.IsEmpty)
            CheckCount(operation, "the start's points", start.Points.Length, batch, 1, Layout.Channels);
        if (!start.Signatures.IsEmpty)
            CheckCount(operation, "the start's signatures", start.Signatures.Length, batch, 1, Layout.Length);
    }

    private static void CheckLength(string operation, int length)
    {
        if (length < 1)
            throw new ArgumentOutOfRangeException(nameof(length), $"{operation}: length is {length}; a path needs at least 1 point.");
    }

    /// <summary>The same for windows, each of which is an interval of the path.</summary>
    internal void CheckWindows<T>(string operation, ReadOnlySpan<T> paths, int batch, int length, IReadOnlyList<PathWindow> windows, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(windows);
        Check(operation, paths.Length, batch, length, default(PathStart<T>), threads);
        for (int index = 0; index < windows.Count; index++)
            if (windows[index].Start < 0 || windows[index].End > length || windows[index].End <= windows[index].Start)
                throw new ArgumentException($"{operation}: window {index} is {windows[index].Start}…{windows[index].End}; it must hold at least one of the points 0…{length}.", nameof(windows));
    }

    /// <summary>Refuses a number of threads that is none, and so would be one without a word.</summary>
    internal static void CheckThreads(string operation, int threads)
    {
        if (threads < 1)
            throw new ArgumentOutOfRangeException(nameof(threads), $"{operation}: threads is {threads}; it must be 1 or more. Environment.ProcessorCount is one for each core.");
    }

    /// <summary>The parameter that an expression such as <c>paths.Length</c> is about.</summary>
    internal static string ParameterOf(string expression) => expression.Split('.')[0];

    internal void CheckCount(string operation, string name, long found, int batch, int rows, long columns, [CallerArgumentExpression(nameof(found))] string parameter = "")
    {
        long expected = (long)batch * rows * columns;
        if (found != expected)
            throw new ArgumentException($"{operation}: {name} must be [{batch}, {(rows == 1 ? "" : rows + ", ")}{columns}], {expected} numbers, but holds {found}; this transform was prepared for {Layout}.", ParameterOf(parameter));
    }
}
