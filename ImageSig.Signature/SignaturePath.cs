using System.Numerics;

namespace ImageSig.Signature;

/// <summary>A path that grows, and answers the signature of any interval of it in time that does not depend on the interval's length.</summary>
/// <remarks>
/// <para>Segments stand in blocks of 16. Each block keeps the signatures from its start and to its end; whole blocks keep products such that any run of
/// blocks is one product of two (a disjoint sparse table). An interval is at most four products, or 15 steps inside one block. Nothing is ever
/// divided out, so long paths lose no accuracy. Memory: about <c>(2 + log₂(T/16)/16) · T · F</c> numbers.</para>
/// <para>Any number of threads may read while one appends: what has been published never changes.</para>
/// </remarks>
public sealed class SignaturePath<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockSteps = 16;
    private readonly Lock _appending = new();
    private readonly GrowingRows<T> _points;
    private readonly GrowingRows<T> _fromStart;
    private readonly GrowingRows<T> _toEnd;
    private readonly GrowingRows<T>?[] _runs = new GrowingRows<T>?[32];
    private readonly T[] _scratch;
    private int _count;

    /// <summary>An empty path.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Channels or depth below 1.</exception>
    /// <exception cref="ImageSig.Tensors.SettingException">More features than an array can hold.</exception>
    public SignaturePath(int channels, int depth)
    {
        Layout = new SignatureLayout(channels, depth);
        _points = new GrowingRows<T>(channels);
        _fromStart = new GrowingRows<T>(Layout.Length);
        _toEnd = new GrowingRows<T>(Layout.Length);
        _scratch = new T[TensorAlgebra.ScratchLength(Layout) + channels + Layout.Length];
    }

    /// <summary>Channels and depth.</summary>
    public SignatureLayout Layout { get; }

    /// <summary>Points so far.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Appends points [K, C].</summary>
    /// <exception cref="ArgumentException">No whole number of points.</exception>
    public void Append(ReadOnlySpan<T> points)
    {
        int channels = Layout.Channels;
        if (points.Length % channels != 0)
            throw new ArgumentException($"SignaturePath.Append: {points.Length} numbers are no whole number of points of {channels} channels.", nameof(points));
        lock (_appending)
            for (; !points.IsEmpty; points = points[channels..])
            {
                int count = _count;
                points[..channels].CopyTo(_points.Add());
                if (count > 0)
                    AppendStep(count - 1);
                Volatile.Write(ref _count, count + 1);
            }
    }

    /// <summary>The signature of the points <paramref name="start"/>…<paramref name="end"/> − 1.</summary>
    /// <param name="start">The first point.</param>
    /// <param name="end">One past the last point.</param>
    /// <param name="result">[F], overwritten.</param>
    /// <exception cref="ArgumentOutOfRangeException">An interval of no points, or outside the path.</exception>
    /// <exception cref="ArgumentException">A result that does not hold F numbers.</exception>
    public void Signature(int start, int end, Span<T> result)
    {
        int count = Count;
        if (start < 0 || end > count || end <= start)
            throw new ArgumentOutOfRangeException(nameof(start), $"SignaturePath: the interval {start}…{end} is not inside 0…{count}, or holds no point.");
        if (result.Length != Layout.Length)
            throw new ArgumentException($"SignaturePath: the result holds {result.Length} numbers, {Layout} need {Layout.Length}.", nameof(result));
        result.Clear();
        int first = start, last = end - 2;
        if (last < first)
            return;
        int firstBlock = first / BlockSteps, lastBlock = last / BlockSteps;
        if (firstBlock == lastBlock && first % BlockSteps != 0)
        {
            Walk(first, last, result);
            return;
        }
        if (firstBlock == lastBlock)
        {
            _fromStart[last].CopyTo(result);
            return;
        }
        _toEnd[first].CopyTo(result);
        if (firstBlock + 1 < lastBlock)
            MultiplyRun(firstBlock + 1, lastBlock - 1, result);
        TensorAlgebra.Multiply<T>(Layout, result, _fromStart[last], result);
    }

    /// <summary>The log-signature of the points <paramref name="start"/>…<paramref name="end"/> − 1.</summary>
    /// <param name="start">The first point.</param>
    /// <param name="end">One past the last point.</param>
    /// <param name="transform">The basis; prepared for the same channels and depth, without options.</param>
    /// <param name="result">[L], overwritten.</param>
    /// <exception cref="ArgumentException">The transform was prepared for other channels, another depth, a basepoint or the inverse, the interval is not one of the path, or the result not of its length.</exception>
    /// <exception cref="ArgumentNullException">There is no transform.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An interval of no points, or outside the path.</exception>
    public void LogSignature(int start, int end, LogSignatureTransform transform, Span<T> result)
    {
        ArgumentNullException.ThrowIfNull(transform);
        if (!transform.Layout.Equals(Layout))
            throw new ArgumentException($"SignaturePath.LogSignature: the basis was prepared for {transform.Layout}, this path has {Layout}.", nameof(transform));
        if (transform.Options.Basepoint || transform.Options.Inverse)
            throw new ArgumentException("SignaturePath.LogSignature: the transform has a basepoint or is that of the inverse, which intervals have not; prepare one without options.", nameof(transform));
        var signature = new T[Layout.Length];
        Signature(start, end, signature);
        transform.FromSignatures<T>(signature, 1, result);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Count} points, signatures of {Layout}";

    /// <summary>Step <paramref name="step"/>: the prefix of its block, and when that is full all that ends with it.</summary>
    private void AppendStep(int step)
    {
        Span<T> prefix = _fromStart.Add();
        if (step % BlockSteps != 0)
            _fromStart[step - 1].CopyTo(prefix);
        Step(step, prefix);
        _toEnd.Add();
        if (step % BlockSteps != BlockSteps - 1)
            return;
        int begin = step - (BlockSteps - 1);
        Span<T> whole = _scratch.AsSpan(TensorAlgebra.ScratchLength(Layout) + Layout.Channels, Layout.Length);
        whole.Clear();
        for (int from = step; from >= begin; from--)
        {
            // exp(step) ⊗ what follows, into a row that no reader sees yet.
            Span<T> suffix = _toEnd[from];
            suffix.Clear();
            Step(from, suffix);
            TensorAlgebra.Multiply<T>(Layout, suffix, whole, suffix);
            suffix.CopyTo(whole);
        }
        AppendBlock(step / BlockSteps);
    }

    /// <summary>Whole block <paramref name="block"/> into every level of the table: behind a middle products grow to the right, before it to the left.</summary>
    private void AppendBlock(int block)
    {
        for (int level = 1, half = 1; level < _runs.Length && half > 0 && half <= block + 1; level++, half *= 2)
        {
            GrowingRows<T> rows = _runs[level] ??= new GrowingRows<T>(Layout.Length);
            while (rows.Count <= block)
                rows.Add();
            int place = block % (2 * half);
            if (place >= half)
            {
                Whole(block).CopyTo(rows[block]);
                if (place > half)
                    TensorAlgebra.Multiply<T>(Layout, rows[block - 1], Whole(block), rows[block]);
            }
            else if (place == half - 1)
            {
                Whole(block).CopyTo(rows[block]);
                for (int left = block - 1; left > block - half; left--)
                    TensorAlgebra.Multiply<T>(Layout, Whole(left), rows[left + 1], rows[left]);
            }
        }
    }

    private void MultiplyRun(int first, int last, Span<T> result)
    {
        if (first == last)
        {
            TensorAlgebra.Multiply<T>(Layout, result, Whole(first), result);
            return;
        }
        GrowingRows<T> rows = _runs[BitOperations.Log2((uint)(first ^ last)) + 1]!;
        TensorAlgebra.Multiply<T>(Layout, result, rows[first], result);
        TensorAlgebra.Multiply<T>(Layout, result, rows[last], result);
    }

    private Span<T> Whole(int block) => _fromStart[block * BlockSteps + BlockSteps - 1];

    /// <summary>Appends step <paramref name="step"/> to a signature, with the appender's scratch.</summary>
    private void Step(int step, Span<T> signature) => Step(step, signature, _scratch);

    private void Step(int step, Span<T> signature, Span<T> scratch)
    {
        Span<T> increment = scratch[..Layout.Channels];
        for (int channel = 0; channel < increment.Length; channel++)
            increment[channel] = _points[step + 1][channel] - _points[step][channel];
        TensorAlgebra.FusedMultiplyExponential(Layout, signature, increment, scratch[Layout.Channels..]);
    }

    private void Walk(int first, int last, Span<T> result)
    {
        var scratch = new T[TensorAlgebra.ScratchLength(Layout) + Layout.Channels];
        for (int step = first; step <= last; step++)
            Step(step, result, scratch);
    }
}
