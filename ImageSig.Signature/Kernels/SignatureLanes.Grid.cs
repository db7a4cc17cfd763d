using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The signature grid over lanes: a cell of the grid in each lane, unless channels fill them.</summary>
internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>The grid of one image.</summary>
    public static void ForwardGrid(in GridRequest<T> request, int image)
    {
        if (request.PutsChannelsIn(TLanes.Width))
        {
            ForwardChannels(request, image);
            return;
        }
        for (int first = 0; first < request.CellCount; first += TLanes.Width)
            for (int direction = 0; direction < 2; direction++)
                ForwardCells(request, image, first, Math.Min(TLanes.Width, request.CellCount - first), direction);
    }

    /// <summary>Cells in the lanes, along rows (0) or columns (1).</summary>
    private static void ForwardCells(in GridRequest<T> request, int image, int first, int used, int direction)
    {
        SignatureLayout layout = request.Layout;
        int channels = layout.Channels, depth = layout.Depth, lanes = TLanes.Width, wide = channels * lanes, window = request.Window;
        BlockPlan plan = BlockPlan.For(channels, depth, window, lanes * sizeof(T));
        long featureLength = (long)request.Features * lanes, lowerLength = (depth == 1 ? 0 : (long)layout.LevelOffset(depth)) * lanes;
        T* sum = Workspace.Rent<T>(2 * featureLength + (window + 1) * wide + (depth + plan.SeriesLength) * lanes);
        T* state = sum + featureLength, points = state + featureLength, root = points + (window + 1) * wide, series = root + depth * lanes;

        int* offsets = stackalloc int[depth + 2];
        T** levels = stackalloc T*[depth + 1], rows = stackalloc T*[lanes], ends = stackalloc T*[lanes];
        PrefixTree<T> tree = new() { Channels = channels, Depth = depth, State = state, Offsets = offsets, Series = levels, Reciprocals = root };
        Lay(ref tree, layout, series, plan);
        FillRoot(root, depth);
        new Span<T>(sum, (int)(2 * featureLength)).Clear();
        CellRows(request, request.Images + image * request.ImageLength, first, used, direction, rows, ends);
        for (int line = 0; line < window; line++)
        {
            LoadWindow(request, direction, rows, ends, points);
            NextLine(request, direction, rows, ends);
            AddPoints(sum, points, window + 1, wide);
            Differences(points, window, wide);
            // Nothing reads the top level, so it simply goes on from line to line; the lower levels begin anew.
            new Span<T>(state, (int)lowerLength).Clear();
            Walk(ref tree, points + wide, window, plan.Block, root, 0);
            AddTo(sum + wide, state, lowerLength);
        }
        AddTo(sum + wide + lowerLength, state + lowerLength, featureLength - wide - lowerLength);
        Scale(sum, wide, T.One / T.CreateTruncating(window * (window + 1)));
        Scale(sum + wide, featureLength - wide, T.One / T.CreateTruncating(window));
        TransposeKernel<TLanes, TVector, T>.FromLanes(sum, used, request.Features, CellFeatures(request, image, first, used, direction, rows));
    }

    /// <summary>Where the first line of each lane's cell begins, and its last point: that of the next window's first, or,
    /// at the image's edge, its own last once more.</summary>
    private static void CellRows(in GridRequest<T> request, T* image, int first, int used, int direction, T** rows, T** ends)
    {
        int channels = request.Layout.Channels, window = request.Window, across = request.Width / window, down = request.Height / window;
        long step = direction == 0 ? channels : (long)request.Width * channels;
        for (int lane = 0; lane < TLanes.Width; lane++)
        {
            int cell = first + Math.Min(lane, used - 1), row = cell / across, column = cell % across;
            bool isLast = direction == 0 ? column == across - 1 : row == down - 1;
            rows[lane] = image + ((long)row * window * request.Width + column * window) * channels;
            ends[lane] = rows[lane] + (isLast ? window - 1 : window) * step;
        }
    }

    /// <summary>From a line of each lane's cell to the next.</summary>
    private static void NextLine(in GridRequest<T> request, int direction, T** rows, T** ends)
    {
        long side = (direction == 0 ? request.Width : 1L) * request.Layout.Channels;
        for (int lane = 0; lane < TLanes.Width; lane++)
        {
            rows[lane] += side;
            ends[lane] += side;
        }
    }

    /// <summary>The L + 1 points of a line of each lane's cell. Leaves <paramref name="rows"/> as they were.</summary>
    private static void LoadWindow(in GridRequest<T> request, int direction, T** rows, T** ends, T* points)
    {
        int channels = request.Layout.Channels, wide = channels * TLanes.Width, window = request.Window;
        if (direction == 0)
            TransposeKernel<TLanes, TVector, T>.ToLanes(rows, window * channels, points);
        else
            for (int point = 0; point < window; point++)
            {
                TransposeKernel<TLanes, TVector, T>.ToLanes(rows, channels, points + point * wide);
                for (int lane = 0; lane < TLanes.Width; lane++)
                    rows[lane] += (point == window - 1 ? 1 - window : 1) * (long)request.Width * channels;
            }
        TransposeKernel<TLanes, TVector, T>.ToLanes(ends, channels, points + window * wide);
    }

    private static T** CellFeatures(in GridRequest<T> request, int image, int first, int used, int direction, T** rows)
    {
        T* cells = request.Cells + ((long)image * request.CellCount * 2 + direction) * request.Features;
        return Rows(rows, cells, 2L * request.Features, first, used);
    }

    private static void AddPoints(T* sum, T* points, int count, int wide)
    {
        for (int index = 0; index < wide; index += TLanes.Width)
        {
            TVector total = TLanes.Load(sum + index);
            for (int point = 0; point < count; point++)
                total = TLanes.Add(total, TLanes.Load(points + point * wide + index));
            TLanes.Store(total, sum + index);
        }
    }

    private static void AddTo(T* target, T* source, long count)
    {
        for (long index = 0; index < count; index += TLanes.Width)
            TLanes.Store(TLanes.Add(TLanes.Load(target + index), TLanes.Load(source + index)), target + index);
    }

    private static void Scale(T* target, long count, T factor)
    {
        TVector scale = TLanes.Broadcast(factor);
        for (long index = 0; index < count; index += TLanes.Width)
            TLanes.Store(TLanes.Multiply(TLanes.Load(target + index), scale), target + index);
    }
}
