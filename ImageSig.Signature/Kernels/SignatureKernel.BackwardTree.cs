using System.Runtime.CompilerServices;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureKernel<TLanes, TVector, T>
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
        int channels = tree.Channels, remaining = tree.Depth - level, lane = TLanes.Count, wide = channels * lane, steps = tree.Steps;
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
            for (int letter = 0; letter < channels; letter++)
                ChildBefore(series, stride, tree.Increments + letter * lane, wide, steps, tree.State + children + letter * lane, below + letter * lane, wide, 1);
            new Span<T>(belowGradients, steps * wide).Clear();
            ProductBack(below, belowGradients, wide, channels, tree.Increments, tree.IncrementGradients, channels, steps, tree.Cotangent + top);
            for (int letter = 0; letter < channels; letter++)
                ChildAfter(series, gradients, stride, tree.Increments + letter * lane, tree.IncrementGradients + letter * lane, wide, steps,
                    tree.Cotangent + children + letter * lane, belowGradients + letter * lane, wide, 1);
            return;
        }
        for (int letter = 0; letter < channels; letter++)
            AscendChild(ref tree, level, word, letter, series, gradients, stride);
    }

    /// <summary>One child of a node, and all below it.</summary>
    private static void AscendChild(ref GradientTree<T> tree, int level, int word, int letter, T* series, T* gradients, int stride)
    {
        int channels = tree.Channels, count = tree.Depth - level - 1, lane = TLanes.Count, wide = channels * lane;
        long child = (long)(tree.Offsets[level + 1] + word * channels + letter) * lane;
        T* below = tree.Series[level + 1], belowGradients = tree.SeriesGradients[level + 1];
        ChildBefore(series, stride, tree.Increments + letter * lane, wide, tree.Steps, tree.State + child, below, count * lane, count);
        new Span<T>(belowGradients, tree.Steps * count * lane).Clear();
        Ascend(ref tree, level + 1, word * channels + letter, below, belowGradients, count * lane);
        ChildAfter(series, gradients, stride, tree.Increments + letter * lane, tree.IncrementGradients + letter * lane, wide, tree.Steps,
            tree.Cotangent + child, belowGradients, count * lane, count);
    }

    /// <summary>Un-multiplies a child's coefficient, last step first, and gives Horner's values at the child.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChildBefore(T* series, int stride, T* increments, int wide, int steps, T* coefficient, T* below, int belowStride, int count)
    {
        int lane = TLanes.Count;
        TVector zero = default, a = TLanes.Load(coefficient);
        series += (long)(steps - 1) * stride;
        increments += (long)(steps - 1) * wide;
        below += (long)(steps - 1) * belowStride;
        for (int step = 0; step < steps; step++, series -= stride, increments -= wide, below -= belowStride)
        {
            TVector z = TLanes.Load(increments);
            a = TLanes.MultiplyAdd(TLanes.Load(series), TLanes.Subtract(zero, z), a);
            TLanes.Store(below, TLanes.MultiplyAdd(TLanes.Load(series + lane), z, a));
            for (int level = 1; level < count; level++)
                TLanes.Store(below + level * lane, TLanes.Multiply(Reciprocal(level + 1), TLanes.MultiplyAdd(TLanes.Load(series + (level + 1) * lane), z, a)));
        }
        TLanes.Store(coefficient, a);
    }

    /// <summary>A child's gradients into its own cotangent, its parent's values and the increment, last step first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChildAfter(T* series, T* gradients, int stride, T* increments, T* incrementGradients, int wide, int steps,
        T* cotangent, T* below, int belowStride, int count)
    {
        int lane = TLanes.Count;
        TVector d = TLanes.Load(cotangent);
        long last = steps - 1;
        series += last * stride;
        gradients += last * stride;
        increments += last * wide;
        incrementGradients += last * wide;
        below += last * belowStride;
        for (int step = 0; step < steps; step++, series -= stride, gradients -= stride, increments -= wide, incrementGradients -= wide, below -= belowStride)
        {
            TVector z = TLanes.Load(increments);
            TVector dz = TLanes.MultiplyAdd(d, TLanes.Load(series), TLanes.Load(incrementGradients));
            TLanes.Store(gradients, TLanes.MultiplyAdd(d, z, TLanes.Load(gradients)));
            TVector h = TLanes.Load(below);
            dz = TLanes.MultiplyAdd(h, TLanes.Load(series + lane), dz);
            TLanes.Store(gradients + lane, TLanes.MultiplyAdd(h, z, TLanes.Load(gradients + lane)));
            d = TLanes.Add(d, h);
            for (int level = 1; level < count; level++)
            {
                h = TLanes.Multiply(Reciprocal(level + 1), TLanes.Load(below + level * lane));
                dz = TLanes.MultiplyAdd(h, TLanes.Load(series + (level + 1) * lane), dz);
                TLanes.Store(gradients + (level + 1) * lane, TLanes.MultiplyAdd(h, z, TLanes.Load(gradients + (level + 1) * lane)));
                d = TLanes.Add(d, h);
            }
            TLanes.Store(incrementGradients, dz);
        }
        TLanes.Store(cotangent, d);
    }

    /// <summary>The top level, whose cotangents D never change: <c>gradients[t, row] += Σ D[row, letter] z[t, letter]</c> and
    /// <c>dz[t, letter] += Σ D[row, letter] values[t, row]</c>, letters and rows in order.</summary>
    private static void ProductBack(T* values, T* gradients, int stride, int rows, T* increments, T* incrementGradients, int channels, int steps, T* cotangent)
    {
        int lane = TLanes.Count, wide = channels * lane, tallest = TLanes.ManyRegisters ? 4 : 2, widest = TLanes.ManyRegisters ? 4 : 2;
        for (int row = 0; row < rows;)
        {
            int height = Extent(rows - row, tallest);
            for (int letter = 0; letter < channels;)
            {
                int width = Extent(channels - letter, widest);
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
