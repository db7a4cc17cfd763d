using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>The signature of one path with words in the lanes: lane i follows word <c>group · lanes + i</c> of
    /// <paramref name="level"/>, and all that begins with it.</summary>
    /// <remarks>The same operations in the same order as one path per lane, so the same bits.</remarks>
    private static void ForwardWords(in ForwardRequest<T> request, int path, int level, int group)
    {
        SignatureLayout layout = request.Layout;
        int channels = layout.Channels, below = layout.Depth - level, lanes = TLanes.Width, wide = channels * lanes;
        int innerLength = layout.LevelOffset(below) + layout.LevelLength(below);
        BlockPlan plan = WordsPlan(request, level);
        long stateLength = (long)innerLength * lanes;
        T* state = Workspace.Rent<T>(WordsScratchLength(request, level, plan));
        T* chain = state + stateLength, series = chain + level * lanes, broad = series + plan.SeriesLength * lanes;
        T* letters = broad + (long)plan.Chunk * wide, first = letters + plan.Chunk * lanes, second = first + (long)plan.Chunk * layout.Depth * lanes;
        T* root = second + (long)plan.Chunk * layout.Depth * lanes, increments = root + layout.Depth * lanes, previous = increments + plan.Chunk * channels;

        int* offsets = stackalloc int[below + 2];
        T** levels = stackalloc T*[below + 1];
        PrefixTree<T> tree = new() { Channels = channels, Depth = below, State = state, Offsets = offsets, Series = levels, Reciprocals = root };
        Lay(ref tree, layout, series, plan);
        FillRoot(root, layout.Depth);

        int firstWord = group * lanes, words = layout.LevelLength(level), used = Math.Min(lanes, words - firstWord);
        MoveWords(request, path, level, firstWord, used, chain, state, load: true);

        T* at = request.Paths + (long)path * request.Length * channels;
        for (int channel = 0; channel < channels; channel++)
            previous[channel] = request.ZeroPoint ? T.Zero : request.Points != null ? request.Points[path * channels + channel] : *at++;
        for (int step = 0; step < request.Steps; step += plan.Chunk)
        {
            int steps = Math.Min(plan.Chunk, request.Steps - step);
            for (int index = 0; index < steps * channels; index++, at++)
            {
                increments[index] = *at - (index < channels ? previous[index] : at[-channels]);
                TLanes.Store(TLanes.Broadcast(increments[index]), broad + (long)index * lanes);
            }
            for (int channel = 0; channel < channels; channel++)
                previous[channel] = at[channel - channels];

            // Down the chain of each lane's own letters, from the empty word to its word.
            T* from = root, to = first;
            int stride = 0, divisor = words;
            for (int letter = 1; letter <= level; letter++)
            {
                divisor /= channels;
                for (int lane = 0; lane < lanes; lane++)
                {
                    T* source = increments + (firstWord + Math.Min(lane, used - 1)) / divisor % channels;
                    for (int index = 0; index < steps; index++)
                        letters[index * lanes + lane] = source[index * channels];
                }
                int count = layout.Depth - letter;
                Child(from, stride, letters, lanes, steps, chain + (letter - 1) * lanes, to, count, root);
                from = to;
                to = to == first ? second : first;
                stride = count * lanes;
            }
            Walk(ref tree, broad, steps, plan.Block, from, stride);
        }
        MoveWords(request, path, level, firstWord, used, chain, state, load: false);
    }

    /// <summary>Loads the lanes' coefficients from the initial signature, or stores them into the result.</summary>
    private static void MoveWords(in ForwardRequest<T> request, int path, int level, int firstWord, int used, T* chain, T* state, bool load)
    {
        SignatureLayout layout = request.Layout;
        int lanes = TLanes.Width, words = layout.LevelLength(level), below = layout.Depth - level;
        if (load && request.Initial == null)
        {
            new Span<T>(chain, level * lanes).Clear();
            new Span<byte>(state, checked((int)((long)(layout.LevelOffset(below) + layout.LevelLength(below)) * lanes * sizeof(T)))).Clear();
            return;
        }
        T* signature = (load ? request.Initial : request.Result) + (long)path * layout.Length;
        T** rows = stackalloc T*[lanes];
        for (int letter = 1, divisor = words; letter <= level; letter++)
        {
            divisor /= layout.Channels;
            for (int lane = 0; lane < lanes; lane++)
            {
                T* word = signature + layout.LevelOffset(letter) + (firstWord + Math.Min(lane, used - 1)) / divisor;
                if (load)
                    chain[(letter - 1) * lanes + lane] = *word;
                else if (lane < used)
                    *word = chain[(letter - 1) * lanes + lane];
            }
        }
        for (int deeper = 1; deeper <= below; deeper++)
        {
            int count = layout.LevelLength(deeper);
            T* target = state + (long)layout.LevelOffset(deeper) * lanes;
            Rows(rows, signature + layout.LevelOffset(level + deeper), count, firstWord, used);
            if (load)
                TransposeKernel<TLanes, TVector, T>.ToLanes(rows, count, target);
            else
                TransposeKernel<TLanes, TVector, T>.FromLanes(target, used, count, rows);
        }
    }

    /// <summary>The paths left over of log-signatures whose signatures are better done with words in the lanes, or 0.</summary>
    /// <param name="request">Log-signatures, not streamed.</param>
    public static int RestInWords(in ForwardRequest<T> request)
    {
        ForwardRequest<T> signatures = request;
        signatures.Log = null;
        int rest = request.Batch % TLanes.Width;
        return rest > 0 && WordLanes(signatures, rest) > 0 ? rest : 0;
    }

    /// <summary>The level whose words go into the lanes for <paramref name="rest"/> paths, or 0 to put the paths there.</summary>
    private static int WordLanes(in ForwardRequest<T> request, int rest)
    {
        // Prefixes and logarithms read whole signatures: those stay with one path per lane.
        if (request.Stream || request.Log is not null)
            return 0;
        SignatureLayout layout = request.Layout;
        double best = TreeCost(layout.Channels, layout.Depth) + layout.Channels;
        int level = 0;
        for (int candidate = 1; candidate < layout.Depth; candidate++)
        {
            // Gathering a lane's letters costs about a scalar move for each; the chain above the word is paid in every lane.
            double group = TreeCost(layout.Channels, layout.Depth - candidate) + layout.Channels + candidate * (TLanes.Width + layout.Depth);
            double cost = rest * (double)WordGroups(request, candidate) * group;
            if (cost < best)
                (best, level) = (cost, candidate);
        }
        return level;
    }

    private static int WordGroups(in ForwardRequest<T> request, int level) =>
        (request.Layout.LevelLength(level) + TLanes.Width - 1) / TLanes.Width;

    /// <summary>Fused operations of one step through a tree of <paramref name="depth"/> levels.</summary>
    private static double TreeCost(int channels, int depth)
    {
        double cost = 0, words = 1;
        for (int level = 1; level <= depth; level++)
        {
            words *= channels;
            cost += words * (depth - level + 1);
        }
        return cost;
    }
}
