using System.Numerics;
using ImageSig.Signature.Kernels;

namespace ImageSig.Signature;

/// <summary>Some coefficients of signatures, computed without the rest: prepared once for a <see cref="WordSet"/>, then called from any thread.</summary>
/// <remarks>The work is that of the words' prefixes. The bits are those of the whole signature.</remarks>
public sealed class SelectedSignatureTransform
{
    private readonly SignatureLayout _layout;
    private readonly bool _basepoint;

    /// <summary>Prepares the transform.</summary>
    /// <param name="words">The wanted words.</param>
    /// <param name="basepoint">Puts the point zero in front of every path.</param>
    /// <exception cref="ArgumentNullException">There are no words.</exception>
    public SelectedSignatureTransform(WordSet words, bool basepoint = false)
    {
        ArgumentNullException.ThrowIfNull(words);
        Words = words;
        _basepoint = basepoint;
        _layout = new SignatureLayout(words.Channels, 1);
    }

    /// <summary>The wanted words.</summary>
    public WordSet Words { get; }

    /// <inheritdoc/>
    public override string ToString() => $"coefficients of {Words}";

    /// <summary>The wanted coefficients of every path of a batch.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T, at least 1.</param>
    /// <param name="result">[B, words], overwritten, in the words' order.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <exception cref="ArgumentException">An array is not of its shape.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Threads below 1.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public unsafe void Forward<T>(ReadOnlySpan<T> paths, int batch, int length, Span<T> result, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"SelectedSignatureTransform: words are selected in float and double, not in {typeof(T).Name}; convert the paths first.");
        SignatureTransform.CheckThreads(nameof(SelectedSignatureTransform), threads);
        if (batch < 0 || length < 1 || paths.Length != (Int128)batch * length * Words.Channels)
            throw new ArgumentException($"SelectedSignatureTransform: paths must be [{batch}, {length}, {Words.Channels}] with at least 1 point, but holds {paths.Length} numbers.", nameof(paths));
        if (result.Length != (long)batch * Words.Words.Count)
            throw new ArgumentException($"SelectedSignatureTransform: the result must be [{batch}, {Words.Words.Count}], but holds {result.Length} numbers.", nameof(result));
        Apart.Check(nameof(SelectedSignatureTransform), "the result overlaps the paths", result, paths, nameof(result));
        if (batch == 0)
            return;
        fixed (T* path = paths, target = result)
        {
            ForwardRequest<T> forward = new() { Layout = _layout, Paths = path, Batch = batch, Length = length, ZeroPoint = _basepoint, Result = target };
            new SignatureDispatch<SelectedRequest<T>, T>(new(forward, Words), threads).Run();
        }
    }
}
