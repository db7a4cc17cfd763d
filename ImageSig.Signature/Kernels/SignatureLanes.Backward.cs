using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>Pieces of a backward pass: groups of paths, one path in a lane.</summary>
    public static int Pieces(in BackwardRequest<T> request) => (request.Forward.Batch + TLanes.Width - 1) / TLanes.Width;

    /// <summary>Gradients of the paths of piece <paramref name="piece"/>.</summary>
    public static void Backward(in BackwardRequest<T> request, int piece)
    {
        ForwardRequest<T> forward = request.Forward;
        SignatureLayout layout = forward.Layout;
        int first = piece * TLanes.Width, used = Math.Min(TLanes.Width, forward.Batch - first);
        int channels = layout.Channels, depth = layout.Depth, lanes = TLanes.Width, wide = channels * lanes;
        BlockPlan plan = BackPlan(forward);
        long stateLength = (long)(depth == 1 ? 1 : layout.LevelOffset(depth)) * lanes, cotangentLength = (long)layout.Length * lanes;
        long pointLength = (long)(plan.Chunk + 1) * wide, seriesLength = (plan.SeriesLength + plan.Block) * lanes;
        long logLength = forward.Log is null ? 0 : LogarithmKernel<TLanes, TVector, T>.BackwardScratchLength(layout);
        long rowLength = (long)forward.RowLength * lanes;

        T* state = Workspace.Rent<T>(BackScratchLength(forward, plan));
        T* cotangent = state + stateLength, points = cotangent + cotangentLength, gradients = points + pointLength, series = gradients + pointLength;
        T* seriesGradients = series + seriesLength, root = seriesGradients + seriesLength, rootGradients = root + depth * lanes;
        T* row = rootGradients + depth * lanes, log = row + rowLength, later = log + logLength;

        int* offsets = stackalloc int[depth + 2];
        T** levels = stackalloc T*[depth + 1], levelGradients = stackalloc T*[depth + 1];
        FillRoot(root, depth);
        new Span<T>(rootGradients, depth * lanes).Clear();
        PrefixTree<T> tree = new() { Channels = channels, Depth = depth - 1, State = state, Offsets = offsets, Series = levels, Reciprocals = root };
        if (tree.Depth > 0)
        {
            // Forward, siblings go side by side: their values take the room of the gradients too, which begins where the series end.
            Lay(ref tree, layout, series, plan with { Back = false });
            Replay(forward, first, used, ref tree, points, root, plan);
        }
        tree.Depth = depth;
        Lay(ref tree, layout, series, plan);

        GradientTree<T> back = new()
        {
            Channels = channels, Depth = depth, State = state, Cotangent = cotangent, Offsets = offsets, Series = levels, SeriesGradients = levelGradients,
            Reciprocals = root,
        };
        for (int level = 1; level <= depth; level++)
            levelGradients[level] = seriesGradients + (levels[level] - series);

        new Span<byte>(cotangent, checked((int)(cotangentLength * sizeof(T)))).Clear();
        new Span<T>(later, wide).Clear();
        if (!forward.Stream)
            AddCotangent(request, first, used, 0, state, cotangent, row, log);
        int chunks = (forward.Steps + plan.Chunk - 1) / plan.Chunk;
        for (int step = (chunks - 1) * plan.Chunk; step >= 0; step -= plan.Chunk)
        {
            int steps = Math.Min(plan.Chunk, forward.Steps - step);
            LoadIncrements(forward, first, used, step, steps, points);
            new Span<T>(gradients, steps * wide).Clear();
            if (forward.Stream)
                for (int one = steps - 1; one >= 0; one--)
                {
                    AddCotangent(request, first, used, step + one, state, cotangent, row, log);
                    WalkBack(ref back, points + (one + 1) * wide, gradients + one * wide, 1, 1, root, rootGradients);
                }
            else
                WalkBack(ref back, points + wide, gradients, steps, plan.Block, root, rootGradients);
            EmitGradients(request, first, used, step, steps, gradients, later);
        }
        FinishGradients(request, first, used, cotangent, later);
    }

    /// <summary>Levels 1…depth − 1 of the forward pass: all that un-multiplying needs.</summary>
    private static void Replay(in ForwardRequest<T> forward, int first, int used, ref PrefixTree<T> tree, T* points, T* root, BlockPlan plan)
    {
        LoadInitial(forward, first, used, tree.Depth, tree.State);
        for (int step = 0; step < forward.Steps; step += plan.Chunk)
        {
            int steps = Math.Min(plan.Chunk, forward.Steps - step);
            LoadIncrements(forward, first, used, step, steps, points);
            Walk(ref tree, points + tree.Channels * TLanes.Width, steps, plan.Block, root, 0);
        }
    }

    /// <summary>Adds the cotangents of result <paramref name="prefix"/> to D, through the logarithm where there is one.</summary>
    private static void AddCotangent(in BackwardRequest<T> request, int first, int used, int prefix, T* state, T* cotangent, T* row, T* log)
    {
        int length = request.Forward.RowLength;
        T** rows = stackalloc T*[TLanes.Width];
        Rows(rows, request.Cotangents + (long)prefix * length, (long)length * request.Forward.Prefixes, first, used);
        TransposeKernel<TLanes, TVector, T>.ToLanes(rows, length, row);
        if (request.Forward.Log is not null)
            LogarithmKernel<TLanes, TVector, T>.Backward(request.Forward.Log, state, row, cotangent, log);
        else
            for (long index = 0; index < (long)length * TLanes.Width; index += TLanes.Width)
                TLanes.Store(TLanes.Add(TLanes.Load(cotangent + index), TLanes.Load(row + index)), cotangent + index);
    }

    /// <summary>All words below the root, back over a chunk of time.</summary>
    private static void WalkBack(ref GradientTree<T> tree, T* increments, T* incrementGradients, int steps, int block, T* root, T* rootGradients)
    {
        int channels = tree.Channels, wide = channels * TLanes.Width, last = (steps - 1) / block * block;
        for (int letter = 0; letter < (tree.Depth <= 2 ? 1 : channels); letter++)
            for (int start = last; start >= 0; start -= block)
            {
                tree.Increments = increments + (long)start * wide;
                tree.IncrementGradients = incrementGradients + (long)start * wide;
                tree.Steps = Math.Min(block, steps - start);
                if (tree.Depth <= 2)
                    Ascend(ref tree, 0, 0, root, rootGradients, 0);
                else
                    AscendChild(ref tree, 0, 0, letter, root, rootGradients, 0);
            }
    }

    /// <summary>From increments to points: a point gains the gradient of the step that arrives and loses that of the step that leaves.</summary>
    private static void EmitGradients(in BackwardRequest<T> request, int first, int used, int step, int steps, T* gradients, T* later)
    {
        int channels = request.Forward.Layout.Channels, wide = channels * TLanes.Width;
        T** rows = stackalloc T*[TLanes.Width];
        T* afterLast = gradients + (long)steps * wide;
        new Span<T>(later, wide).CopyTo(new Span<T>(afterLast, wide));
        new Span<T>(gradients, wide).CopyTo(new Span<T>(later, wide));
        for (T* at = gradients; at < afterLast; at += TLanes.Width)
            TLanes.Store(TLanes.Subtract(TLanes.Load(at), TLanes.Load(at + wide)), at);
        int point = step + (request.Forward.HasPoint ? 0 : 1);
        Rows(rows, request.Paths + (long)point * channels, (long)request.Forward.Length * channels, first, used);
        TransposeKernel<TLanes, TVector, T>.FromLanes(gradients, used, steps * channels, rows);
    }

    /// <summary>The gradient of the first point of all, and of the signature so far.</summary>
    private static void FinishGradients(in BackwardRequest<T> request, int first, int used, T* cotangent, T* later)
    {
        int channels = request.Forward.Layout.Channels, length = request.Forward.Layout.Length;
        T** rows = stackalloc T*[TLanes.Width];
        for (int index = 0; index < channels * TLanes.Width; index += TLanes.Width)
            TLanes.Store(TLanes.Subtract(default, TLanes.Load(later + index)), later + index);
        if (!request.Forward.HasPoint)
            TransposeKernel<TLanes, TVector, T>.FromLanes(later, used, channels, Rows(rows, request.Paths, (long)request.Forward.Length * channels, first, used));
        else if (request.Points != null)
            TransposeKernel<TLanes, TVector, T>.FromLanes(later, used, channels, Rows(rows, request.Points, channels, first, used));
        if (request.Initial != null)
            TransposeKernel<TLanes, TVector, T>.FromLanes(cotangent, used, length, Rows(rows, request.Initial, length, first, used));
    }
}
