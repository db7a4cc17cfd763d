using System.Numerics;
using System.Runtime.CompilerServices;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors;

namespace ImageSig.Signature;

public sealed partial class LogSignatureTransform
{
    /// <summary>The logarithms of signatures already computed.</summary>
    /// <param name="signatures">[B, F].</param>
    /// <param name="batch">B.</param>
    /// <param name="result">[B, L], overwritten.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <remarks>The signatures are taken as they are: of a transform with <see cref="SignatureOptions.Inverse"/> or a basepoint they have both already.</remarks>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or a result over what is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or threads below 1.</exception>
    public unsafe void FromSignatures<T>(ReadOnlySpan<T> signatures, int batch, Span<T> result, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignatureTransform.CheckThreads(nameof(FromSignatures), threads);
        CheckRows(nameof(FromSignatures), "signatures", signatures.Length, batch, Layout.Length);
        CheckRows(nameof(FromSignatures), "the result", result.Length, batch, Length);
        Apart.Check(nameof(FromSignatures), "the result overlaps the signatures", result, signatures, nameof(result));
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
        {
            fixed (T* source = signatures, target = result)
                if (batch > 0)
                    // Paths of one point have no step, and so the signatures they begin with; the points are not looked at.
                    new LogarithmWork<T>(new() { Layout = Layout, Paths = source, Batch = batch, Length = 1, Initial = source, Result = target, Log = _plan }, threads).Run();
            return;
        }
        for (int index = 0; index < batch; index++)
            ScalarSignature.Emit(_plan, Layout, signatures.Slice(index * Layout.Length, Layout.Length), result.Slice(index * Length, Length));
    }

    /// <summary>The signatures of log-signatures: the tensor exponential.</summary>
    /// <param name="logSignatures">[B, L], in this transform's basis.</param>
    /// <param name="batch">B.</param>
    /// <param name="result">[B, F], overwritten.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or a result over what is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or threads below 1.</exception>
    public unsafe void ToSignatures<T>(ReadOnlySpan<T> logSignatures, int batch, Span<T> result, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SignatureTransform.CheckThreads(nameof(ToSignatures), threads);
        CheckRows(nameof(ToSignatures), "logSignatures", logSignatures.Length, batch, Length);
        CheckRows(nameof(ToSignatures), "the result", result.Length, batch, Layout.Length);
        Apart.Check(nameof(ToSignatures), "the result overlaps the log-signatures", result, logSignatures, nameof(result));
        fixed (T* pinnedLogarithms = logSignatures, pinnedResult = result)
        {
            T* logarithms = pinnedLogarithms, signatures = pinnedResult;
            ForRows<T>(batch, threads, (row, room) =>
            {
                Expand(RowOf(logarithms, row, Length), room.Expanded, room.Product);
                TensorAlgebra.Exp<T>(Layout, room.Expanded, RowOf(signatures, row, Layout.Length));
            });
        }
    }

    /// <summary>What a thread expands log-signatures in.</summary>
    private sealed class Room<T>(SignatureLayout layout, LyndonBasis? lyndon)
    {
        public BracketProduct? Product { get; } = lyndon is null ? null : new(lyndon);

        public T[] Expanded { get; } = new T[layout.Length];

        public T[] Gradients => field ??= new T[layout.Length];
    }

    private void ForRows<T>(int batch, int threads, Action<int, Room<T>> work) =>
        ParallelLoop.For(batch, threads, () => new Room<T>(Layout, _lyndon), work, CancellationToken.None);

    private static unsafe Span<T> RowOf<T>(T* rows, int row, int columns)
        where T : unmanaged => new(rows + (long)row * columns, columns);

    /// <summary>The tensor logarithm, all words, of a log-signature in this basis.</summary>
    /// <param name="logSignature">[L].</param>
    /// <param name="expanded">[F], overwritten.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here.</exception>
    public void Expand<T>(ReadOnlySpan<T> logSignature, Span<T> expanded)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckRows(nameof(Expand), "logSignature", logSignature.Length, 1, Length);
        CheckRows(nameof(Expand), "expanded", expanded.Length, 1, Layout.Length);
        Expand(logSignature, expanded, _lyndon is null ? null : new BracketProduct(_lyndon));
    }

    private void Expand<T>(ReadOnlySpan<T> logSignature, Span<T> expanded, BracketProduct? product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_lyndon is null || product is null)
        {
            logSignature.CopyTo(expanded);
            return;
        }
        var brackets = new T[Length];
        expanded.Clear();
        for (int index = 0; index < Length; index++)
        {
            brackets[index] = logSignature[index];
            if (Basis == LogSignatureBasis.Words)
                foreach ((int column, int coefficient) in _lyndon.Rows[index])
                    brackets[index] = T.FusedMultiplyAdd(T.CreateTruncating(-coefficient), brackets[column], brackets[index]);
            foreach ((int place, int coefficient) in product.Expand(index))
                expanded[place] = T.FusedMultiplyAdd(T.CreateTruncating(coefficient), brackets[index], expanded[place]);
        }
    }

    /// <summary>The transpose of <see cref="Expand{T}(ReadOnlySpan{T}, Span{T})"/>: brackets gather what their words have, then the triangular system is solved from its end.</summary>
    private void ExpandBackward<T>(ReadOnlySpan<T> expanded, Span<T> gradient, BracketProduct? product)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_lyndon is null || product is null)
        {
            expanded.CopyTo(gradient);
            return;
        }
        gradient.Clear();
        for (int index = 0; index < Length; index++)
            foreach ((int place, int coefficient) in product.Expand(index))
                gradient[index] = T.FusedMultiplyAdd(T.CreateTruncating(coefficient), expanded[place], gradient[index]);
        for (int index = Length - 1; index >= 0 && Basis == LogSignatureBasis.Words; index--)
            foreach ((int column, int coefficient) in _lyndon.Rows[index])
                gradient[column] = T.FusedMultiplyAdd(T.CreateTruncating(-coefficient), gradient[index], gradient[column]);
    }

    private void CheckRows(string operation, string name, int found, int batch, int columns, [CallerArgumentExpression(nameof(found))] string parameter = "")
    {
        if (batch < 0)
            throw new ArgumentOutOfRangeException(nameof(batch), $"{operation}: batch is {batch}; it must be 0 or more.");
        if (found != (long)batch * columns)
            throw new ArgumentException($"{operation}: {name} must be [{batch}, {columns}], {(long)batch * columns} numbers, but holds {found}; this transform was prepared for {Layout}, basis {Basis}, {Length} numbers.", SignatureTransform.ParameterOf(parameter));
    }
}
