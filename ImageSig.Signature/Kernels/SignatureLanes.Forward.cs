using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>A batch is done in pieces that do not depend on each other: <c>Batch / lanes</c> groups of paths, one path in a lane;
    /// then, for the paths left over, either one more such group, or the words of a path in the lanes, group by group.</summary>
    public static int Pieces(in ForwardRequest<T> request)
    {
        int rest = request.Batch % TLanes.Width;
        return request.Batch / TLanes.Width + (rest == 0 ? 0 : WordLanes(request, rest) is int level and > 0 ? rest * WordGroups(request, level) : 1);
    }

    /// <summary>Does piece <paramref name="piece"/> of a forward pass.</summary>
    public static void Forward(in ForwardRequest<T> request, int piece)
    {
        int full = request.Batch / TLanes.Width;
        if (piece < full)
        {
            ForwardPaths(request, piece * TLanes.Width, TLanes.Width);
            return;
        }
        int rest = request.Batch % TLanes.Width, level = WordLanes(request, rest);
        if (level == 0)
            ForwardPaths(request, full * TLanes.Width, rest);
        else
            ForwardWords(request, full * TLanes.Width + (piece - full) / WordGroups(request, level), level, (piece - full) % WordGroups(request, level));
    }

    /// <summary>Signatures of <paramref name="used"/> paths, one in each lane.</summary>
    private static void ForwardPaths(in ForwardRequest<T> request, int first, int used)
    {
        SignatureLayout layout = request.Layout;
        int channels = layout.Channels, depth = layout.Depth, lanes = TLanes.Width, wide = channels * lanes;
        BlockPlan plan = PathsPlan(request);
        long stateLength = (long)layout.Length * lanes, pointLength = (long)(plan.Chunk + 1) * wide;
        T* state = Workspace.Rent<T>(PathsScratchLength(request, plan));
        T* points = state + stateLength, root = points + pointLength, series = root + depth * lanes, log = series + plan.SeriesLength * lanes;

        int* offsets = stackalloc int[depth + 2];
        T** levels = stackalloc T*[depth + 1];
        PrefixTree<T> tree = new() { Channels = channels, Depth = depth, State = state, Offsets = offsets, Series = levels, Reciprocals = root };
        Lay(ref tree, layout, series, plan);
        FillRoot(root, depth);
        LoadInitial(request, first, used, depth, state);
        FetchAhead(request, first, used, plan.Block, ref tree);
        for (int step = 0; step < request.Steps; step += plan.Chunk)
        {
            int steps = Math.Min(plan.Chunk, request.Steps - step);
            LoadIncrements(request, first, used, step, steps, points);
            if (request.Stream)
                for (int one = 0; one < steps; one++)
                {
                    Walk(ref tree, points + (one + 1) * wide, 1, 1, root, 0);
                    Emit(request, state, log, first, used, step + one);
                }
            else
                Walk(ref tree, points + wide, steps, plan.Block, root, 0);
        }
        if (!request.Stream)
            Emit(request, state, log, first, used, 0);
    }

    /// <summary>Horner's values of the empty word: <c>1/(i + 1)</c>, at every step. All other words divide by loading them from here.</summary>
    private static void FillRoot(T* root, int depth)
    {
        for (int level = 0; level < depth; level++)
            TLanes.Store(TLanes.Broadcast(T.One / T.CreateTruncating(level + 1)), root + level * TLanes.Width);
    }

    /// <summary>Levels 1…depth of the signatures so far, in lanes.</summary>
    private static void LoadInitial(in ForwardRequest<T> request, int first, int used, int depth, T* state)
    {
        int length = request.Layout.LevelOffset(depth) + request.Layout.LevelLength(depth);
        if (request.Initial == null)
        {
            new Span<byte>(state, checked((int)((long)length * TLanes.Width * sizeof(T)))).Clear();
            return;
        }
        T** rows = stackalloc T*[TLanes.Width];
        TransposeKernel<TLanes, TVector, T>.ToLanes(Rows(rows, request.Initial, request.Layout.Length, first, used), length, state);
    }

    /// <summary>The increments of steps <paramref name="step"/>…, in rows 1… of <paramref name="points"/>; row 0 is scratch.</summary>
    private static void LoadIncrements(in ForwardRequest<T> request, int first, int used, int step, int steps, T* points)
    {
        int channels = request.Layout.Channels, wide = channels * TLanes.Width;
        T** rows = stackalloc T*[TLanes.Width];
        // Step s arrives at point s where a point stands in front, else at point s + 1.
        int point = step - (request.HasPoint ? 1 : 0);
        if (point < 0)
        {
            if (request.ZeroPoint)
                new Span<T>(points, wide).Clear();
            else
                TransposeKernel<TLanes, TVector, T>.ToLanes(Rows(rows, request.Points, channels, first, used), channels, points);
            Rows(rows, request.Paths, (long)request.Length * channels, first, used);
            TransposeKernel<TLanes, TVector, T>.ToLanes(rows, steps * channels, points + wide);
        }
        else
        {
            Rows(rows, request.Paths + (long)point * channels, (long)request.Length * channels, first, used);
            TransposeKernel<TLanes, TVector, T>.ToLanes(rows, (steps + 1) * channels, points);
        }
        Differences(points, steps, wide);
    }

    /// <summary>The lanes' state as result number <paramref name="prefix"/> of each path.</summary>
    private static void Emit(in ForwardRequest<T> request, T* state, T* log, int first, int used, int prefix)
    {
        T** rows = stackalloc T*[TLanes.Width];
        T* values = state;
        if (request.Log is not null)
        {
            values = log + LogarithmKernel<TLanes, TVector, T>.ScratchLength(request.Layout);
            LogarithmKernel<TLanes, TVector, T>.Log(request.Log, state, log, values);
        }
        int length = request.RowLength;
        Rows(rows, request.Result + (long)prefix * length, (long)length * request.Prefixes, first, used);
        TransposeKernel<TLanes, TVector, T>.FromLanes(values, used, length, rows);
    }

    /// <summary>All words below the root, over a chunk of time.</summary>
    /// <param name="tree">The group of lanes.</param>
    /// <param name="increments">[steps, C, lane].</param>
    /// <param name="steps">Steps of the chunk.</param>
    /// <param name="block">Steps at a time.</param>
    /// <param name="series">[steps, Depth, lane], Horner's values at the root.</param>
    /// <param name="stride">Numbers from one step's values to the next; 0 where they are constant.</param>
    private static void Walk(ref PrefixTree<T> tree, T* increments, int steps, int block, T* series, int stride)
    {
        int channels = tree.Channels, lanes = TLanes.Width, wide = channels * lanes;
        if (tree.Depth <= 2)
        {
            for (int start = 0; start < steps; start += block)
            {
                tree.Increments = increments + (long)start * wide;
                tree.Steps = Math.Min(block, steps - start);
                Descend(ref tree, 0, 0, series + (long)start * stride, stride);
            }
            return;
        }
        // A first letter's words at a time, through the whole chunk: their coefficients stay in the cache, where all words' might not.
        for (int letter = 0; letter < channels; letter++)
        {
            for (int start = 0; start < steps; start += block)
            {
                tree.Increments = increments + (long)start * wide;
                tree.Steps = Math.Min(block, steps - start);
                Child(series + (long)start * stride, stride, tree.Increments + letter * lanes, wide, tree.Steps,
                    tree.State + letter * lanes, tree.Series[1], tree.Depth - 1, tree.Reciprocals);
                Descend(ref tree, 1, letter, tree.Series[1], (tree.Depth - 1) * lanes);
            }
        }
    }

    /// <summary>The next group's points and this group's rows of the result, to arrive while this group is computed.</summary>
    private static void FetchAhead(in ForwardRequest<T> request, int first, int used, int block, ref PrefixTree<T> tree)
    {
        long pathLength = (long)request.Length * tree.Channels, turns = ((long)request.Steps + block - 1) / block;
        for (int level = 2; level < tree.Depth; level++)
            turns *= tree.Channels;
        int next = first + used;
        tree.NextPoints = new MemoryAhead(request.Paths + next * pathLength, Math.Min(TLanes.Width, request.Batch - next) * pathLength * sizeof(T), turns);
        if (!request.Stream)
            tree.ResultRows = new MemoryAhead(request.Result + (long)first * request.RowLength, (long)used * request.RowLength * sizeof(T), turns);
    }

    /// <summary>Turns points [1 + steps, wide] into increments in rows 1….</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Differences(T* points, int steps, int wide)
    {
        for (T* column = points; column < points + wide; column += TLanes.Width)
        {
            TVector before = TLanes.Load(column);
            T* at = column + wide;
            for (int step = 0; step < steps; step++, at += wide)
            {
                TVector here = TLanes.Load(at);
                TLanes.Store(TLanes.Subtract(here, before), at);
                before = here;
            }
        }
    }

    /// <summary>Fills the offsets of the levels and the places of their series.</summary>
    private static void Lay(ref PrefixTree<T> tree, SignatureLayout layout, T* series, BlockPlan plan)
    {
        for (int level = 1; level <= tree.Depth; level++)
        {
            tree.Offsets[level] = layout.LevelOffset(level);
            tree.Series[level] = series;
            series += (long)plan.Block * TLanes.Width * BlockPlan.SeriesAt(tree.Channels, tree.Depth, level, plan.Back);
        }
    }

    /// <summary>One pointer per lane; unused lanes repeat the last path, and nobody reads what becomes of it.</summary>
    private static T** Rows(T** rows, T* start, long rowLength, int first, int used)
    {
        for (int lane = 0; lane < TLanes.Width; lane++)
            rows[lane] = start + (first + Math.Min(lane, used - 1)) * rowLength;
        return rows;
    }
}
