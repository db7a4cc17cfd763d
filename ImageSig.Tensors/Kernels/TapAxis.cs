namespace ImageSig.Tensors.Kernels;

/// <summary>One dimension of a convolution channel by channel: which sources reach a target, and through which taps of the kernel.</summary>
/// <remarks>Forward, output t takes tap k from input <c>t·stride + k − padding</c>: all taps, one after the other, sources rising with them. Backward, input t
/// takes tap k from the output <c>(t + padding − k) / stride</c> where that is whole: every stride-th tap, sources falling. Both are the same sum over taps, so one kernel
/// does both.</remarks>
/// <param name="sources">Positions that are read.</param>
/// <param name="targets">Positions that are written.</param>
/// <param name="taps">Length of the kernel.</param>
/// <param name="stride">Of the convolution.</param>
/// <param name="padding">Zeros before its first input.</param>
/// <param name="isBackward">Whether sources are outputs of the convolution.</param>
internal readonly struct TapAxis(int sources, int targets, int taps, int stride, int padding, bool isBackward)
{
    /// <summary>Positions that are written.</summary>
    public int Targets => targets;

    /// <summary>From a target to the next that takes the same taps.</summary>
    public int TargetStep => isBackward ? stride : 1;

    /// <summary>How far the sources of two such targets lie apart.</summary>
    public int SourceStep => isBackward ? 1 : stride;

    /// <summary>From a tap to the next that is taken.</summary>
    public int TapStep => isBackward ? stride : 1;

    /// <summary>From a tap's source to the next tap's.</summary>
    public int TapSourceStep => isBackward ? -1 : 1;

    /// <summary>The first tap that target <paramref name="t"/> takes, how many it takes, and the first one's source. None where all sources are padding.</summary>
    public (int Tap, int Count, int Source) At(int t)
    {
        if (!isBackward)
        {
            int origin = t * stride - padding;
            int first = Math.Max(0, -origin);
            return (first, Math.Max(0, Math.Min(taps, sources - origin) - first), origin + first);
        }
        int reach = t + padding;
        int least = Math.Max(0, reach - (sources - 1) * stride);
        int tap = least + (reach - least) % stride;
        return (tap, Math.Max(0, (Math.Min(taps, reach + 1) - tap + stride - 1) / stride), (reach - tap) / stride);
    }

    /// <summary>How many targets from <paramref name="t"/> on, <see cref="TargetStep"/> apart, take the same taps: of those that padding cuts, one.</summary>
    public int Run(int t)
    {
        int from = isBackward ? taps - 1 - padding : (padding + stride - 1) / stride;
        int to = isBackward ? (sources - 1) * stride - padding : sources + padding < taps ? -1 : (sources + padding - taps) / stride;
        to = Math.Min(to, targets - 1);
        return t < from || t > to ? 1 : (to - t) / TargetStep + 1;
    }

    /// <summary>Of a forward axis, the targets that take <paramref name="tap"/> from a source: from the first to before the end.</summary>
    public (int First, int End) TargetsOf(int tap)
    {
        int first = Math.Max(0, (padding - tap + stride - 1) / stride);
        int last = sources - 1 + padding - tap;
        return (first, last < 0 ? 0 : Math.Min(targets, last / stride + 1));
    }

    /// <summary>Of a forward axis, where target <paramref name="t"/> takes <paramref name="tap"/> from.</summary>
    public int SourceOf(int t, int tap) => t * stride + tap - padding;
}
