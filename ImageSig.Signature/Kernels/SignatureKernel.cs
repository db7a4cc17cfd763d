using System.Numerics;
using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The signature over lanes: the walk through the tree of words (see <see cref="PrefixTree{T}"/>).</summary>
internal static unsafe partial class SignatureKernel<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Takes all children of the node <paramref name="word"/> of <paramref name="level"/> through the block of time.</summary>
    /// <param name="tree">The group of lanes.</param>
    /// <param name="level">m, below <c>tree.Depth</c>.</param>
    /// <param name="word">The node's index in its level.</param>
    /// <param name="series">[Steps, Depth − m, lane], Horner's values at the node.</param>
    /// <param name="stride">Numbers from one step's values to the next; 0 where they are constant.</param>
    public static void Descend(ref PrefixTree<T> tree, int level, int word, T* series, int stride)
    {
        int channels = tree.Channels, remaining = tree.Depth - level;
        T* children = tree.State + (long)(tree.Offsets[level + 1] + word * channels) * TLanes.Width;
        if (remaining == 1)
        {
            Product(series, stride, 1, tree.Increments, channels, tree.Steps, children);
            return;
        }
        if (remaining == 2)
        {
            T* top = tree.State + (long)(tree.Offsets[level + 2] + word * channels * channels) * TLanes.Width;
            if (channels == 3)
                LastTwoLevels3(series, stride, tree.Increments, tree.Steps, children, top);
            else if (channels == 4 && TLanes.HasManyRegisters)
                LastTwoLevels4(series, stride, tree.Increments, tree.Steps, children, top);
            else
            {
                T* values = tree.Series[level + 1];
                AllChildren(series, stride, tree.Increments, channels, tree.Steps, children, values);
                Product(values, channels * TLanes.Width, channels, tree.Increments, channels, tree.Steps, top);
            }
            return;
        }
        T* below = tree.Series[level + 1];
        for (int letter = 0; letter < channels; letter++)
        {
            Child(series, stride, tree.Increments + letter * TLanes.Width, channels * TLanes.Width, tree.Steps,
                children + letter * TLanes.Width, below, remaining - 1, tree.Reciprocals);
            Descend(ref tree, level + 1, word * channels + letter, below, (remaining - 1) * TLanes.Width);
        }
    }

    /// <summary>One child pk of a node p: its coefficient over the block of time, and Horner's values for its own children.</summary>
    /// <param name="series">[Steps, count + 1, lane], of p.</param>
    /// <param name="stride">Numbers from one step of <paramref name="series"/> to the next.</param>
    /// <param name="increments">z[k] of the first step.</param>
    /// <param name="incrementStride">Numbers from one step's z[k] to the next.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="coefficient">A[pk], updated.</param>
    /// <param name="below">[Steps, count, lane], of pk, written.</param>
    /// <param name="count">Levels below pk.</param>
    /// <param name="reciprocals">[count or more, lane], <c>1/(i + 1)</c>.</param>
    public static void Child(T* series, int stride, T* increments, int incrementStride, int steps, T* coefficient, T* below, int count, T* reciprocals)
    {
        switch (count)
        {
            case 1: Child1(series, stride, increments, incrementStride, steps, coefficient, below); break;
            case 2: Child2(series, stride, increments, incrementStride, steps, coefficient, below, reciprocals); break;
            case 3: Child3(series, stride, increments, incrementStride, steps, coefficient, below, reciprocals); break;
            default: ChildMany(series, stride, increments, incrementStride, steps, coefficient, below, count, reciprocals); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Child1(T* series, int stride, T* increments, int incrementStride, int steps, T* coefficient, T* below)
    {
        TVector a = TLanes.Load(coefficient);
        for (int step = 0; step < steps; step++, series += stride, increments += incrementStride, below += TLanes.Width)
        {
            TVector z = TLanes.Load(increments);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(series + TLanes.Width), z, a), below);
            a = TLanes.MultiplyAdd(TLanes.Load(series), z, a);
        }
        TLanes.Store(a, coefficient);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Child2(T* series, int stride, T* increments, int incrementStride, int steps, T* coefficient, T* below, T* reciprocals)
    {
        TVector half = TLanes.Load(reciprocals + TLanes.Width);
        TVector a = TLanes.Load(coefficient);
        for (int step = 0; step < steps; step++, series += stride, increments += incrementStride, below += 2 * TLanes.Width)
        {
            TVector z = TLanes.Load(increments);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(series + TLanes.Width), z, a), below);
            TLanes.Store(TLanes.Multiply(half, TLanes.MultiplyAdd(TLanes.Load(series + 2 * TLanes.Width), z, a)), below + TLanes.Width);
            a = TLanes.MultiplyAdd(TLanes.Load(series), z, a);
        }
        TLanes.Store(a, coefficient);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Child3(T* series, int stride, T* increments, int incrementStride, int steps, T* coefficient, T* below, T* reciprocals)
    {
        TVector half = TLanes.Load(reciprocals + TLanes.Width), third = TLanes.Load(reciprocals + 2 * TLanes.Width);
        TVector a = TLanes.Load(coefficient);
        for (int step = 0; step < steps; step++, series += stride, increments += incrementStride, below += 3 * TLanes.Width)
        {
            TVector z = TLanes.Load(increments);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(series + TLanes.Width), z, a), below);
            TLanes.Store(TLanes.Multiply(half, TLanes.MultiplyAdd(TLanes.Load(series + 2 * TLanes.Width), z, a)), below + TLanes.Width);
            TLanes.Store(TLanes.Multiply(third, TLanes.MultiplyAdd(TLanes.Load(series + 3 * TLanes.Width), z, a)), below + 2 * TLanes.Width);
            a = TLanes.MultiplyAdd(TLanes.Load(series), z, a);
        }
        TLanes.Store(a, coefficient);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChildMany(T* series, int stride, T* increments, int incrementStride, int steps, T* coefficient, T* below, int count, T* reciprocals)
    {
        TVector a = TLanes.Load(coefficient);
        for (int step = 0; step < steps; step++, series += stride, increments += incrementStride, below += count * TLanes.Width)
        {
            TVector z = TLanes.Load(increments);
            for (int level = 0; level < count; level++)
                TLanes.Store(TLanes.Multiply(TLanes.Load(reciprocals + level * TLanes.Width),
                    TLanes.MultiplyAdd(TLanes.Load(series + (level + 1) * TLanes.Width), z, a)), below + level * TLanes.Width);
            a = TLanes.MultiplyAdd(TLanes.Load(series), z, a);
        }
        TLanes.Store(a, coefficient);
    }
}
