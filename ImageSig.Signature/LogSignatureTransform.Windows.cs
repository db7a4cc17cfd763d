using System.Numerics;
using ImageSig.Tensors;

namespace ImageSig.Signature;

public sealed partial class LogSignatureTransform
{
    /// <summary>Numbers of signatures that are held at once, where one path's are not more.</summary>
    private const int SignaturesAtOnce = 1 << 20;

    /// <summary>The log-signature of every window of every path.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="windows">K intervals of 0…T.</param>
    /// <param name="result">[B, K, L], overwritten.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <remarks>The logarithms of <see cref="SignatureTransform.Windows"/>, with the bits of each window by itself. The signatures of some paths are held on the way, of one path at least.</remarks>
    /// <exception cref="ArgumentException">A window is not one of the path, or an array is not of its shape.</exception>
    /// <exception cref="ArgumentNullException">There are no windows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    /// <exception cref="SettingException">The signatures of one path's windows are more than an array holds.</exception>
    public void Windows<T>(ReadOnlySpan<T> paths, int batch, int length, IReadOnlyList<PathWindow> windows, Span<T> result, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _signature.CheckWindows(nameof(Windows), paths, batch, length, windows, threads);
        int some = PathsAtOnce(nameof(Windows), batch, windows.Count), points = length * Layout.Channels, row = windows.Count * Length;
        _signature.CheckCount(nameof(Windows), "the result", result.Length, batch, windows.Count, Length);
        Apart.Check(nameof(Windows), "the result overlaps the paths", result, paths, nameof(result));
        SignatureTransform forwards = NotInverted();
        var memory = new T[some * windows.Count * Layout.Length];
        for (int first = 0; first < batch; first += some)
        {
            int count = Math.Min(some, batch - first);
            Span<T> signatures = memory.AsSpan(0, count * windows.Count * Layout.Length);
            forwards.Windows(paths.Slice(first * points, count * points), count, length, windows, signatures, threads);
            FromSignatures<T>(signatures, count * windows.Count, result.Slice(first * row, count * row), threads);
        }
        NegateIfInverse(result);
    }

    /// <summary>The gradient of <c>Σ cotangents · Windows(paths)</c> with respect to the paths.</summary>
    /// <param name="paths">[B, T, C].</param>
    /// <param name="batch">B.</param>
    /// <param name="length">T.</param>
    /// <param name="windows">K intervals of 0…T.</param>
    /// <param name="cotangents">[B, K, L].</param>
    /// <param name="gradients">[B, T, C], overwritten; 0 at points of no window.</param>
    /// <param name="threads">1 or more, that share the work; the bits do not depend on it.</param>
    /// <remarks>The gradients of the logarithms, and through <see cref="SignatureTransform.WindowsBackward"/> those of the paths. The signatures of some paths and their gradients are held on the way.</remarks>
    /// <exception cref="ArgumentException">A window is not one of the path, an array is not of its shape, or the gradients are written over what is read.</exception>
    /// <exception cref="ArgumentNullException">There are no windows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length below 1, or threads below 1.</exception>
    /// <exception cref="NotSupportedException">Numbers that are neither float nor double.</exception>
    /// <exception cref="SettingException">The signatures of one path's windows are more than an array holds.</exception>
    public void WindowsBackward<T>(ReadOnlySpan<T> paths, int batch, int length, IReadOnlyList<PathWindow> windows, ReadOnlySpan<T> cotangents, Span<T> gradients, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _signature.CheckWindows(nameof(WindowsBackward), paths, batch, length, windows, threads);
        int some = PathsAtOnce(nameof(WindowsBackward), batch, windows.Count), points = length * Layout.Channels, row = windows.Count * Length;
        _signature.CheckCount(nameof(WindowsBackward), "cotangents", cotangents.Length, batch, windows.Count, Length);
        _signature.CheckCount(nameof(WindowsBackward), "the gradients", gradients.Length, batch, length, Layout.Channels);
        Apart.Check(nameof(WindowsBackward), "the gradients overlap the paths", gradients, paths, nameof(gradients));
        Apart.Check(nameof(WindowsBackward), "the gradients overlap the cotangents", gradients, cotangents, nameof(gradients));
        SignatureTransform forwards = NotInverted();
        T[] memory = new T[some * windows.Count * Layout.Length], ofMemory = new T[memory.Length];
        for (int first = 0; first < batch; first += some)
        {
            int count = Math.Min(some, batch - first);
            ReadOnlySpan<T> pieces = paths.Slice(first * points, count * points);
            Span<T> signatures = memory.AsSpan(0, count * windows.Count * Layout.Length), ofSignatures = ofMemory.AsSpan(0, signatures.Length);
            forwards.Windows(pieces, count, length, windows, signatures, threads);
            FromSignaturesBackward(signatures, count * windows.Count, cotangents.Slice(first * row, count * row), ofSignatures, threads);
            NegateIfInverse(ofSignatures);
            forwards.RunWindowsBack(pieces, count, length, windows, signatures, ofSignatures, gradients.Slice(first * points, count * points), threads);
        }
    }

    /// <summary>How many paths' signatures are held at once; 1 or more.</summary>
    private int PathsAtOnce(string operation, int batch, int windows)
    {
        long perPath = Math.Max(1, (long)windows * Layout.Length);
        return perPath <= Array.MaxLength
            ? (int)Math.Clamp(SignaturesAtOnce / perPath, 1, Math.Max(1, batch))
            : throw new SettingException($"LogSignatureTransform.{operation}: the signatures of {windows} windows are {perPath} numbers, more than an array holds; take fewer windows at a time, or lower the depth.");
    }

    /// <summary>Inverted is the logarithm, which is exact, rather than the signature.</summary>
    private SignatureTransform NotInverted() =>
        Options.Inverse ? new SignatureTransform(Layout.Channels, Layout.Depth, new SignatureOptions { Basepoint = Options.Basepoint }) : _signature;
}
