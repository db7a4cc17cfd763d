using System.Runtime.Intrinsics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>The gradient of one image, given the cotangents of its grid.</summary>
    /// <remarks>A pixel belongs to at most two windows of a direction, and a sum of two does not depend on their order: each direction
    /// is summed by itself, so that the lanes' width cannot be seen in the result.</remarks>
    public static void BackwardGrid(in GridRequest<T> request, int image)
    {
        if (request.PutsChannelsIn(TLanes.Width))
        {
            BackwardChannels(request, image);
            return;
        }
        T* gradient = request.Gradients + image * request.ImageLength;
        new Span<T>(gradient, checked((int)request.ImageLength)).Clear();
        for (int first = 0; first < request.CellCount; first += TLanes.Width)
            BackwardCells(request, image, first, Math.Min(TLanes.Width, request.CellCount - first), 0, gradient);
        T* columns = null;
        for (int first = 0; first < request.CellCount; first += TLanes.Width)
            columns = BackwardCells(request, image, first, Math.Min(TLanes.Width, request.CellCount - first), 1, null);
        for (long index = 0; index < request.ImageLength; index++)
            gradient[index] += columns[index];
    }

    /// <summary>Cells in the lanes, along rows (0) or columns (1): their points' gradients are added to <paramref name="gradient"/>, or
    /// where that is null to a part of the workspace, which is returned.</summary>
    private static T* BackwardCells(in GridRequest<T> request, int image, int first, int used, int direction, T* gradient)
    {
        SignatureLayout layout = request.Layout;
        int channels = layout.Channels, depth = layout.Depth, lanes = TLanes.Width, wide = channels * lanes, window = request.Window;
        BlockPlan plan = BlockPlan.For(channels, depth, window, 2 * lanes * sizeof(T), back: true);
        long featureLength = (long)request.Features * lanes, lowerLength = (depth == 1 ? 0 : (long)layout.LevelOffset(depth)) * lanes;
        long pointLength = (window + 1) * wide, seriesLength = (plan.SeriesLength + plan.Block) * lanes, imageLength = (request.ImageLength + 63) / 64 * 64;
        T* whole = Workspace.Rent<T>(imageLength + 2 * featureLength + lowerLength + 2 * pointLength + wide + 2 * depth * lanes + 2 * seriesLength);
        T* cotangent = whole + imageLength, d = cotangent + featureLength, state = d + featureLength, points = state + lowerLength;
        T* gradients = points + pointLength, own = gradients + pointLength, root = own + wide, rootGradients = root + depth * lanes;
        T* series = rootGradients + depth * lanes, seriesGradients = series + seriesLength;
        if (gradient == null)
        {
            gradient = whole;
            if (first == 0)
                new Span<T>(whole, (int)imageLength).Clear();
        }

        int* offsets = stackalloc int[depth + 2];
        T** levels = stackalloc T*[depth + 1], levelGradients = stackalloc T*[depth + 1], rows = stackalloc T*[lanes], ends = stackalloc T*[lanes];
        T** rowGradients = stackalloc T*[lanes], endGradients = stackalloc T*[lanes];
        FillRoot(root, depth);
        new Span<T>(rootGradients, depth * lanes).Clear();
        PrefixTree<T> tree = new() { Channels = channels, Depth = depth, State = state, Offsets = offsets, Series = levels, Reciprocals = root };
        Lay(ref tree, layout, series, plan);
        tree.Depth = depth - 1;
        for (int level = 1; level <= depth; level++)
            levelGradients[level] = seriesGradients + (levels[level] - series);
        GradientTree<T> back = new()
        {
            Channels = channels, Depth = depth, State = state, Cotangent = d, Offsets = offsets, Series = levels, SeriesGradients = levelGradients,
            Reciprocals = root,
        };

        TransposeKernel<TLanes, TVector, T>.ToLanes(CellFeatures(request, image, first, used, direction, rows), request.Features, cotangent);
        Scale(cotangent, wide, T.One / T.CreateTruncating(window * (window + 1)));
        Scale(cotangent + wide, featureLength - wide, T.One / T.CreateTruncating(window));
        new Span<T>(cotangent + wide, (int)(featureLength - wide)).CopyTo(new Span<T>(d, (int)(featureLength - wide)));
        CellRows(request, request.Images + image * request.ImageLength, first, used, direction, rows, ends);
        CellRows(request, gradient, first, used, direction, rowGradients, endGradients);
        for (int line = 0; line < window; line++)
        {
            LoadWindow(request, direction, rows, ends, points);
            Differences(points, window, wide);
            new Span<T>(state, (int)lowerLength).Clear();
            if (tree.Depth > 0)
                Walk(ref tree, points + wide, window, plan.Block, root, 0);
            new Span<T>(cotangent + wide, (int)lowerLength).CopyTo(new Span<T>(d, (int)lowerLength));
            new Span<T>(gradients, (int)pointLength).Clear();
            WalkBack(ref back, points + wide, gradients, window, plan.Block, root, rootGradients);
            StoreWindow(request, direction, rowGradients, endGradients, used, gradients, cotangent, own);
            NextLine(request, direction, rows, ends);
            NextLine(request, direction, rowGradients, endGradients);
        }
        return gradient;
    }

    /// <summary>Adds the gradients of the L + 1 points of a line: what the step before brings, less what the step after takes, and the mean's share.</summary>
    private static void StoreWindow(in GridRequest<T> request, int direction, T** rows, T** ends, int used, T* gradients, T* mean, T* own)
    {
        int channels = request.Layout.Channels, wide = channels * TLanes.Width, window = request.Window;
        long step = direction == 0 ? channels : (long)request.Width * channels;
        T* points = stackalloc T[wide];
        T** targets = stackalloc T*[TLanes.Width];
        Rows(targets, points, channels, 0, TLanes.Width);
        for (int point = 0; point <= window; point++)
        {
            for (int index = 0; index < wide; index += TLanes.Width)
            {
                TVector value = TLanes.Load(mean + index);
                if (point > 0)
                    value = TLanes.Add(value, TLanes.Load(gradients + (point - 1) * wide + index));
                if (point < window)
                    value = TLanes.Subtract(value, TLanes.Load(gradients + point * wide + index));
                TLanes.Store(value, own + index);
            }
            TransposeKernel<TLanes, TVector, T>.FromLanes(own, TLanes.Width, channels, targets);
            for (int lane = 0; lane < used; lane++)
            {
                T* target = point == window ? ends[lane] : rows[lane] + point * step, source = targets[lane];
                int channel = 0;
                for (; channel <= channels - Vector128<T>.Count; channel += Vector128<T>.Count)
                    (Vector128.Load(target + channel) + Vector128.Load(source + channel)).Store(target + channel);
                for (; channel < channels; channel++)
                    target[channel] += source[channel];
            }
        }
    }
}
