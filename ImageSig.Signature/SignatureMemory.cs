using System.Numerics;
using ImageSig.Signature.Kernels;

namespace ImageSig.Signature;

/// <summary>What is asked of a transform, for <see cref="SignatureMemory.Of{T}"/>.</summary>
/// <param name="Batch">B.</param>
/// <param name="Length">T, points of a path; one more where a point stands in front.</param>
public sealed record SignatureWork(int Batch, int Length)
{
    /// <summary>Every prefix rather than the whole path.</summary>
    public bool Stream { get; init; }

    /// <summary>The gradient of the paths rather than the result.</summary>
    public bool Backward { get; init; }

    /// <summary>Threads that share the work.</summary>
    public int Threads { get; init; } = 1;
}

/// <summary>The memory that signatures or log-signatures take, known before any work.</summary>
/// <param name="Preparation">Bytes that making the transform takes: nothing but for log-signatures. Of brackets it is an estimate, rather too high.</param>
/// <param name="Results">Bytes of the results, or of the gradients.</param>
/// <param name="Scratch">Bytes of working memory of all threads.</param>
public readonly record struct SignatureMemory(long Preparation, long Results, long Scratch)
{
    /// <summary>Each figure ends here: more than any machine has, and the sum of three still counts.</summary>
    private const long Max = 1L << 60;

    /// <summary>All of it, bytes.</summary>
    public long Total => Preparation + Results + Scratch;

    /// <summary>The memory of some work; nothing is prepared or allocated for the answer.</summary>
    /// <param name="layout">Channels and depth.</param>
    /// <param name="basis">The log-signature's basis, or null for the signature.</param>
    /// <param name="work">How many paths, how long, what of them.</param>
    /// <exception cref="ArgumentNullException">No layout or no work.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A batch below 0, a length or threads below 1.</exception>
    public static SignatureMemory Of<T>(SignatureLayout layout, LogSignatureBasis? basis, SignatureWork work)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfNegative(work.Batch);
        ArgumentOutOfRangeException.ThrowIfLessThan(work.Length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(work.Threads, 1);
        ForwardRequest<T> request = new()
        {
            Layout = layout,
            Batch = work.Batch,
            Length = work.Length,
            Stream = work.Stream,
            Log = basis is null ? null : LogPlan.OfLength(layout, basis == LogSignatureBasis.Expanded ? layout.Length : LyndonWords.CountUpTo(layout.Channels, layout.Depth)),
        };
        double results = work.Backward
            ? (double)work.Batch * work.Length * layout.Channels
            : (double)work.Batch * (work.Stream ? work.Length : 1) * request.RowLength;
        return new SignatureMemory(Bytes(PreparationBytes(layout, basis)), Bytes(results * SizeOf<T>()), Bytes((double)ScratchWork<T>.Of(request, work.Backward, work.Threads) * SizeOf<T>()));
    }

    private static unsafe double SizeOf<T>()
        where T : unmanaged => sizeof(T);

    private static long Bytes(double count) => (long)Math.Min(count, Max);

    private static double PreparationBytes(SignatureLayout layout, LogSignatureBasis? basis)
    {
        if (basis is null or LogSignatureBasis.Expanded)
            return 0;
        double length = LyndonWords.CountUpTo(layout.Channels, layout.Depth), bytes = 2 * sizeof(int) * length + sizeof(int) * (double)LogPlan.SplitsLength(layout);
        if (basis == LogSignatureBasis.Words)
            return bytes;
        // Of a bracket's words about one in eight is a Lyndon word. Each is an entry of the triangular system, and while that is made stands in a list that doubles.
        const int TermBytes = 8, EntryBytes = 8 + 2 * 12, OneIn = 8, ArrayBytes = 80;
        double[] terms = LyndonBasis.MaxTerms(layout);
        double kept = LyndonBasis.KeptCount(layout) < length ? terms[..^1].Sum() : terms.Sum();
        return bytes + TermBytes * kept + EntryBytes * terms[^1] / OneIn + ArrayBytes * length + 2.0 * sizeof(int) * layout.LevelLength(layout.Depth);
    }
}
