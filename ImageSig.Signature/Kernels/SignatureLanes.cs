using System.Numerics;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The signature over lanes: the walk through the tree of words (see <see cref="PrefixTree{T}"/>).</summary>
internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
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
        if (remaining <= 2)
        {
            tree.NextPoints.FetchSome();
            tree.ResultRows.FetchSome();
        }
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
                T* products = tree.Series[level + 1];
                AllChildren(series, stride, tree.Increments, channels, tree.Steps, children, products, tree.Reciprocals);
                Product(products, channels * TLanes.Width, channels, tree.Increments, channels, tree.Steps, top);
            }
            return;
        }
        T* below = tree.Series[level + 1];
        if (BlockPlan.SideBySide(channels, tree.Depth, level + 1))
        {
            Siblings(series, stride, tree.Increments, tree.Steps, children, below, remaining - 1, tree.Reciprocals);
            int values = (remaining - 1) * TLanes.Width;
            for (int letter = 0; letter < channels; letter++)
                Descend(ref tree, level + 1, word * channels + letter, below + letter * values, channels * values);
            return;
        }
        for (int letter = 0; letter < channels; letter++)
        {
            Child(series, stride, tree.Increments + letter * TLanes.Width, channels * TLanes.Width, tree.Steps,
                children + letter * TLanes.Width, below, remaining - 1, tree.Reciprocals);
            Descend(ref tree, level + 1, word * channels + letter, below, (remaining - 1) * TLanes.Width);
        }
    }
}
