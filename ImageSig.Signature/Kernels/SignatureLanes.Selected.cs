using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>The wanted words of the paths of piece <paramref name="piece"/>, one path in each lane: the walk of <see cref="PrefixTree{T}"/> over the
    /// prefixes of those words only, so the same bits.</summary>
    public static void ForwardSelected(in ForwardRequest<T> request, WordSet words, int piece)
    {
        int first = piece * TLanes.Width, used = Math.Min(TLanes.Width, request.Batch - first);
        int lanes = TLanes.Width, wide = request.Layout.Channels * lanes, depth = words.Depth;
        const int Block = 32;
        long stateLength = (long)words.Nodes.Length * lanes, resultLength = (long)words.Words.Count * lanes;
        T* state = Workspace.Rent<T>(stateLength + resultLength + (Block + 1L) * wide + depth * lanes + (long)Block * depth * (depth + 1) / 2 * lanes);
        T* result = state + stateLength, points = result + resultLength, root = points + (Block + 1) * wide, series = root + depth * lanes;
        T** levels = stackalloc T*[depth + 1];
        for (int level = 1; level <= depth; level++)
        {
            levels[level] = series;
            series += (long)Block * (depth - level) * lanes;
        }
        FillRoot(root, depth);
        new Span<byte>(state, checked((int)(stateLength * sizeof(T)))).Clear();
        for (int step = 0; step < request.Steps; step += Block)
        {
            int steps = Math.Min(Block, request.Steps - step);
            LoadIncrements(request, first, used, step, steps, points);
            DescendSelected(words.Nodes, 0, 0, state, points + wide, wide, steps, root, 0, levels, root);
        }
        for (int word = 0; word < words.Words.Count; word++)
            TLanes.Store(TLanes.Load(state + (long)words.Places[word] * lanes), result + (long)word * lanes);
        T** rows = stackalloc T*[lanes];
        TransposeKernel<TLanes, TVector, T>.FromLanes(result, used, words.Words.Count, Rows(rows, request.Result, words.Words.Count, first, used));
    }

    private static void DescendSelected(WordSet.Node[] nodes, int node, int level, T* state, T* increments, int wide, int steps, T* series, int stride, T** levels, T* reciprocals)
    {
        foreach (int child in nodes[node].Children)
        {
            T* z = increments + nodes[child].Letter * TLanes.Width, coefficient = state + (long)child * TLanes.Width;
            int height = nodes[child].Height;
            if (height == 0)
            {
                Product(series, stride, 1, z, 1, wide, steps, coefficient);
                continue;
            }
            Child(series, stride, z, wide, steps, coefficient, levels[level + 1], height, reciprocals);
            DescendSelected(nodes, child, level + 1, state, increments, wide, steps, levels[level + 1], height * TLanes.Width, levels, reciprocals);
        }
    }
}
