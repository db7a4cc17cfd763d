using System.Numerics;

namespace ImageSig.Signature;

/// <summary>The signature of a path that arrives point by point: memory for two signatures, however long the path.</summary>
/// <remarks>Not for several threads at once. The bits are those of the whole path's signature.</remarks>
public sealed class RunningSignature<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Points from which on the kernels of whole paths are faster than one step after the other, in small signatures too.</summary>
    private const int ManyPoints = 8;

    private readonly SignatureTransform _transform;
    private readonly T[] _signature;
    private readonly T[] _earlier;
    private readonly T[] _last;
    private readonly T[] _increment;
    private readonly T[] _scratch;

    /// <summary>An empty path of <paramref name="channels"/> coordinates.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Channels or depth below 1.</exception>
    /// <exception cref="ImageSig.Tensors.SettingException">More features than an array can hold.</exception>
    public RunningSignature(int channels, int depth)
    {
        _transform = new SignatureTransform(channels, depth);
        _signature = new T[Layout.Length];
        _earlier = new T[Layout.Length];
        _last = new T[channels];
        _increment = new T[channels];
        _scratch = new T[TensorAlgebra.ScratchLength(Layout)];
    }

    /// <summary>Channels and depth.</summary>
    public SignatureLayout Layout => _transform.Layout;

    /// <summary>Points so far.</summary>
    public long Count { get; private set; }

    /// <summary>[F], of all points so far; all zeros for none or one.</summary>
    public ReadOnlySpan<T> Signature => _signature;

    /// <summary>Appends points [K, C].</summary>
    /// <exception cref="ArgumentException">No whole number of points.</exception>
    public void Append(ReadOnlySpan<T> points)
    {
        int channels = Layout.Channels;
        if (points.Length % channels != 0)
            throw new ArgumentException($"RunningSignature.Append: {points.Length} numbers are no whole number of points of {channels} channels.", nameof(points));
        if (points.Length >= ManyPoints * channels)
        {
            AppendMany(points);
            return;
        }
        for (; !points.IsEmpty; points = points[channels..])
        {
            if (Count > 0)
            {
                for (int channel = 0; channel < channels; channel++)
                    _increment[channel] = points[channel] - _last[channel];
                TensorAlgebra.FusedMultiplyExponential<T>(Layout, _signature, _increment, _scratch);
            }
            points[..channels].CopyTo(_last);
            Count++;
        }
    }

    private void AppendMany(ReadOnlySpan<T> points)
    {
        int channels = Layout.Channels, count = points.Length / channels;
        _signature.CopyTo(_earlier, 0);
        _transform.Forward(points, 1, count, Count == 0 ? default : PathStart.After<T>(_earlier, _last), _signature);
        points[^channels..].CopyTo(_last);
        Count += count;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Count} points, signature of {Layout}";

    /// <summary>Forgets all points.</summary>
    public void Clear()
    {
        Array.Clear(_signature);
        Count = 0;
    }
}
