namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>Takes all children of a node back through the block of time.</summary>
    /// <param name="tree">The group of lanes.</param>
    /// <param name="level">m, below <c>tree.Depth</c>.</param>
    /// <param name="word">The node's index in its level.</param>
    /// <param name="series">[Steps, Depth − m, lane], Horner's values at the node.</param>
    /// <param name="gradients">The same shape, added to.</param>
    /// <param name="stride">Numbers from one step of both to the next; 0 for the root, whose gradients nobody reads.</param>
    private static void Ascend(ref GradientTree<T> tree, int level, int word, T* series, T* gradients, int stride)
    {
        int channels = tree.Channels, remaining = tree.Depth - level, lane = TLanes.Width, wide = channels * lane, steps = tree.Steps;
        long children = (long)(tree.Offsets[level + 1] + word * channels) * lane;
        if (remaining == 1)
        {
            ProductBack(series, gradients, stride, 1, tree.Increments, tree.IncrementGradients, channels, steps, tree.Cotangent + children);
            return;
        }
        T* below = tree.Series[level + 1], belowGradients = tree.SeriesGradients[level + 1];
        if (remaining == 2)
        {
            long top = (long)(tree.Offsets[level + 2] + word * channels * channels) * lane;
            ChildrenBefore(series, stride, tree.Increments, channels, steps, tree.State + children, below);
            new Span<T>(belowGradients, steps * wide).Clear();
            ProductBack(below, belowGradients, wide, channels, tree.Increments, tree.IncrementGradients, channels, steps, tree.Cotangent + top);
            ChildrenAfter(series, gradients, stride, tree.Increments, tree.IncrementGradients, channels, steps, tree.Cotangent + children, belowGradients);
            return;
        }
        for (int letter = 0; letter < channels; letter++)
            AscendChild(ref tree, level, word, letter, series, gradients, stride);
    }

    /// <summary>One child of a node, and all below it.</summary>
    private static void AscendChild(ref GradientTree<T> tree, int level, int word, int letter, T* series, T* gradients, int stride)
    {
        int channels = tree.Channels, count = tree.Depth - level - 1, lane = TLanes.Width, wide = channels * lane;
        long child = (long)(tree.Offsets[level + 1] + word * channels + letter) * lane;
        T* below = tree.Series[level + 1], belowGradients = tree.SeriesGradients[level + 1];
        ChildBefore(series, stride, tree.Increments + letter * lane, wide, tree.Steps, tree.State + child, below, count, tree.Reciprocals);
        new Span<T>(belowGradients, tree.Steps * count * lane).Clear();
        Ascend(ref tree, level + 1, word * channels + letter, below, belowGradients, count * lane);
        ChildAfter(series, gradients, stride, tree.Increments + letter * lane, tree.IncrementGradients + letter * lane, wide, tree.Steps,
            tree.Cotangent + child, belowGradients, count, tree.Reciprocals);
    }

    /// <summary>The top level, whose cotangents D never change: <c>gradients[t, row] += Σ D[row, letter] z[t, letter]</c> and
    /// <c>dz[t, letter] += Σ D[row, letter] values[t, row]</c>, letters and rows in order.</summary>
    private static void ProductBack(T* values, T* gradients, int stride, int rows, T* increments, T* incrementGradients, int channels, int steps, T* cotangent)
    {
        int lane = TLanes.Width, wide = channels * lane, largest = TLanes.HasManyRegisters ? 4 : 3;
        for (int row = 0; row < rows;)
        {
            int height = Extent(rows - row, largest);
            for (int letter = 0; letter < channels;)
            {
                int width = Extent(channels - letter, largest);
                T* value = values + row * lane, gradient = gradients + row * lane, z = increments + letter * lane, dz = incrementGradients + letter * lane;
                T* d = cotangent + (long)(row * channels + letter) * lane;
                switch (height)
                {
                    case 1: TileBackColumns<One>(width, value, gradient, stride, z, dz, wide, steps, d); break;
                    case 2: TileBackColumns<Two>(width, value, gradient, stride, z, dz, wide, steps, d); break;
                    case 3: TileBackColumns<Three>(width, value, gradient, stride, z, dz, wide, steps, d); break;
                    default: TileBackColumns<Four>(width, value, gradient, stride, z, dz, wide, steps, d); break;
                }
                letter += width;
            }
            row += height;
        }
    }

    private static void TileBackColumns<TRows>(int width, T* values, T* gradients, int stride, T* increments, T* incrementGradients, int wide, int steps, T* cotangent)
        where TRows : struct, IExtent
    {
        switch (width)
        {
            case 1: TileBack<TRows, One>(values, gradients, stride, increments, incrementGradients, wide, steps, cotangent); break;
            case 2: TileBack<TRows, Two>(values, gradients, stride, increments, incrementGradients, wide, steps, cotangent); break;
            case 3: TileBack<TRows, Three>(values, gradients, stride, increments, incrementGradients, wide, steps, cotangent); break;
            default: TileBack<TRows, Four>(values, gradients, stride, increments, incrementGradients, wide, steps, cotangent); break;
        }
    }
}
