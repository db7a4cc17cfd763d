namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>Numbers of scratch of a thread for the largest piece of a forward pass.</summary>
    public static long ScratchLength(in ForwardRequest<T> request)
    {
        int rest = request.Batch % TLanes.Width, level = rest == 0 ? 0 : WordLanes(request, rest);
        return Math.Max(
            request.Batch >= TLanes.Width || rest > 0 && level == 0 ? PathsScratchLength(request, PathsPlan(request)) : 0,
            level > 0 ? WordsScratchLength(request, level, WordsPlan(request, level)) : 0);
    }

    private static BlockPlan PathsPlan(in ForwardRequest<T> request) =>
        BlockPlan.For(request.Layout.Channels, request.Layout.Depth, request.Steps, TLanes.Width * sizeof(T));

    /// <summary>The coefficients, the points of a chunk, the series, and what the logarithm takes.</summary>
    private static long PathsScratchLength(in ForwardRequest<T> request, BlockPlan plan)
    {
        SignatureLayout layout = request.Layout;
        long logLength = request.Log is null ? 0 : LogarithmKernel<TLanes, TVector, T>.ScratchLength(layout) + (long)request.RowLength * TLanes.Width;
        return (layout.Length + (plan.Chunk + 1L) * layout.Channels + layout.Depth + plan.SeriesLength) * TLanes.Width + logLength;
    }

    private static BlockPlan WordsPlan(in ForwardRequest<T> request, int level)
    {
        BlockPlan plan = BlockPlan.For(request.Layout.Channels, request.Layout.Depth - level, request.Steps, TLanes.Width * sizeof(T));
        return plan with { Chunk = Math.Min(plan.Chunk, plan.Block * 2) };
    }

    /// <summary>The coefficients below the lanes' words, their chains, the series, and the letters and values of a chunk.</summary>
    private static long WordsScratchLength(in ForwardRequest<T> request, int level, BlockPlan plan)
    {
        SignatureLayout layout = request.Layout;
        int channels = layout.Channels, lanes = TLanes.Width, below = layout.Depth - level;
        return (layout.LevelOffset(below) + layout.LevelLength(below) + level + plan.SeriesLength + layout.Depth) * lanes + channels
            + plan.Chunk * ((channels + 1L + 2 * layout.Depth) * lanes + channels);
    }

    private static BlockPlan BackPlan(in ForwardRequest<T> forward) =>
        BlockPlan.For(forward.Layout.Channels, forward.Layout.Depth, forward.Steps, 2 * TLanes.Width * sizeof(T), back: true);

    /// <summary>Numbers of scratch of a thread for a piece of a backward pass.</summary>
    public static long BackScratchLength(in ForwardRequest<T> forward) => BackScratchLength(forward, BackPlan(forward));

    /// <summary>The coefficients and their cotangents, the points of a chunk and the series with their gradients, and what the logarithm takes.</summary>
    private static long BackScratchLength(in ForwardRequest<T> forward, BlockPlan plan)
    {
        SignatureLayout layout = forward.Layout;
        long logLength = forward.Log is null ? 0 : LogarithmKernel<TLanes, TVector, T>.BackwardScratchLength(layout);
        long states = (layout.Depth == 1 ? 1 : layout.LevelOffset(layout.Depth)) + (long)layout.Length, points = (plan.Chunk + 1L) * layout.Channels;
        return (states + 2 * points + 2 * (plan.SeriesLength + plan.Block) + 2L * layout.Depth + forward.RowLength + layout.Channels) * TLanes.Width + logLength;
    }
}
