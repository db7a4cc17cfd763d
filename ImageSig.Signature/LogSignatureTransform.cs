using System.Numerics;
using ImageSig.Signature.Kernels;
using ImageSig.Tensors;

namespace ImageSig.Signature;

/// <summary>Log-signatures of paths in a named basis: prepared once for (channels, depth, basis), then called from any thread.</summary>
/// <remarks>The tensor logarithm of the signature. Words and brackets are different numbers from depth 3 on: [1,[2,3]] multiplied out holds
/// the Lyndon word 132 as well. A path's bits depend on that path alone.</remarks>
public sealed partial class LogSignatureTransform
{
    private readonly SignatureTransform _signature;
    private readonly LyndonBasis? _lyndon;
    private readonly LogPlan _plan;

    /// <summary>Prepares the transform and its basis.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Channels or depth below 1, or no basis of those.</exception>
    /// <exception cref="SettingException">More features than an array can hold, or more Lyndon words than can be prepared.</exception>
    public LogSignatureTransform(int channels, int depth, LogSignatureBasis basis, SignatureOptions? options = null)
    {
        if (!Enum.IsDefined(basis))
            throw new ArgumentOutOfRangeException(nameof(basis), $"LogSignatureTransform: basis {(int)basis} is none of Expanded, Words and Brackets.");
        _signature = new SignatureTransform(channels, depth, options);
        Basis = basis;
        if (basis != LogSignatureBasis.Expanded && LogPlan.SplitsLength(Layout) > Array.MaxLength)
            throw new SettingException($"LogSignatureTransform: {channels} channels to depth {depth} have too many Lyndon words to prepare; lower the depth or select fewer channels.");
        _lyndon = basis == LogSignatureBasis.Expanded ? null : new LyndonBasis(Layout);
        _plan = new LogPlan(Layout, _lyndon, basis == LogSignatureBasis.Brackets);
    }

    /// <summary>Channels and depth, and where each word of the signature stands.</summary>
    public SignatureLayout Layout => _signature.Layout;

    /// <summary>What the numbers are.</summary>
    public LogSignatureBasis Basis { get; }

    /// <summary>The options it was prepared with.</summary>
    public SignatureOptions Options => _signature.Options;

    /// <summary>L, the numbers of a log-signature: the count of Lyndon words, or F when expanded.</summary>
    public int Length => _plan.Length;

    /// <summary>The word (letters 0…C−1) of each number; for brackets, the word whose standard bracketing it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not 0…L − 1.</exception>
    public int[] WordAt(int index) => (uint)index < (uint)Length
        ? Layout.WordAt(_plan.PlaceOf(index))
        : throw new ArgumentOutOfRangeException(nameof(index), $"LogSignatureTransform: index {index} is outside 0…{Length - 1}.");

    /// <summary>The name of each number as people write it, letters from 1: <c>123</c>, or <c>[1,[2,3]]</c> for brackets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not 0…L − 1.</exception>
    public string NameAt(int index) => Basis == LogSignatureBasis.Brackets
        ? LyndonWords.BracketName(WordAt(index))
        : LyndonWords.Name(WordAt(index), Layout.Channels);

    /// <summary>The log-signature of every path of a batch.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T, at least 1.</param>
    /// <param name="result">[B, L], overwritten.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, or a length below 1.</exception>
    public void Forward<T>(ReadOnlySpan<T> paths, int batch, int length, Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Forward(paths, batch, length, default, result);

    /// <summary>The log-signature of every path of a batch, with what stands in front of each.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T, at least 1.</param>
    /// <param name="start">A basepoint or an earlier signature (not its logarithm) for every path, or default.</param>
    /// <param name="result">[B, L], overwritten.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or one that is written over one that is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    public void Forward<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, Span<T> result, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _signature.Run(nameof(Forward), _plan, false, paths, batch, length, start, result, threads);
        NegateIfInverse(result);
    }

    /// <summary>The log-signatures of every prefix; see <see cref="SignatureTransform.Stream"/>.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T, at least 1.</param>
    /// <param name="start">A basepoint or an earlier signature for every path, or default.</param>
    /// <param name="result">[B, K, L], overwritten.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">Spans that do not hold what is said here, or one that is written over one that is read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    public void Stream<T>(ReadOnlySpan<T> paths, int batch, int length, PathStart<T> start, Span<T> result, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _signature.Run(nameof(Stream), _plan, true, paths, batch, length, start, result, threads);
        NegateIfInverse(result);
    }

    /// <summary>The multiply-adds of one path of <paramref name="length"/> points; the logarithm adds little and is not counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A length below 1.</exception>
    public long MultiplyAdds(int length) => _signature.MultiplyAdds(length);

    /// <summary>K of <see cref="Stream"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A length below 1.</exception>
    public int PrefixCount<T>(int length, PathStart<T> start = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => _signature.PrefixCount(length, start);

    /// <inheritdoc/>
    public override string ToString() => $"log-signature of {Layout}: {Length} numbers, basis {Basis}";

    /// <summary>The inverse group element has the negated logarithm, exactly.</summary>
    private void NegateIfInverse<T>(Span<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Options.Inverse)
            foreach (ref T value in result)
                value = -value;
    }
}
