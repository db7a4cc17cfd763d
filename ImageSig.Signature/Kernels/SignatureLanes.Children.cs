using System.Runtime.CompilerServices;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
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
        int wide = count * TLanes.Width;
        switch (count)
        {
            case 1: Children<One, One>(series, stride, increments, incrementStride, steps, coefficient, below, wide, reciprocals); break;
            case 2: Children<One, Two>(series, stride, increments, incrementStride, steps, coefficient, below, wide, reciprocals); break;
            case 3: Children<One, Three>(series, stride, increments, incrementStride, steps, coefficient, below, wide, reciprocals); break;
            default: ChildMany(series, stride, increments, incrementStride, steps, coefficient, below, count, reciprocals); break;
        }
    }

    /// <summary>All 3 children of a node at once, each with 2 or 3 levels below it: one child alone would wait for its own sum at every step.</summary>
    /// <param name="series">[Steps, count + 1, lane], Horner's values at the node.</param>
    /// <param name="stride">Numbers from one step of it to the next.</param>
    /// <param name="increments">[Steps, 3, lane].</param>
    /// <param name="steps">Steps.</param>
    /// <param name="coefficients">[3, lane], updated.</param>
    /// <param name="below">[Steps, 3, count, lane], Horner's values at the children, written.</param>
    /// <param name="count">Levels below the children.</param>
    /// <param name="reciprocals">[count or more, lane], <c>1/(i + 1)</c>.</param>
    private static void Siblings(T* series, int stride, T* increments, int steps, T* coefficients, T* below, int count, T* reciprocals)
    {
        int wide = 3 * TLanes.Width;
        if (count == 2)
            Children<Three, Two>(series, stride, increments, wide, steps, coefficients, below, count * wide, reciprocals);
        else
            Children<Three, Three>(series, stride, increments, wide, steps, coefficients, below, count * wide, reciprocals);
    }

    /// <summary>All C children of a node, each with one level below it.</summary>
    /// <param name="series">[Steps, 2, lane], Horner's values at the node.</param>
    /// <param name="stride">Numbers from one step of it to the next.</param>
    /// <param name="increments">[Steps, C, lane].</param>
    /// <param name="channels">C.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="coefficients">[C, lane], updated.</param>
    /// <param name="below">[Steps, C, lane], Horner's values at the children, written.</param>
    /// <param name="reciprocals">[1 or more, lane], not read.</param>
    private static void AllChildren(T* series, int stride, T* increments, int channels, int steps, T* coefficients, T* below, T* reciprocals)
    {
        int wide = channels * TLanes.Width, width;
        for (int letter = 0; letter < channels; letter += width)
        {
            width = Extent(channels - letter, 4);
            int at = letter * TLanes.Width;
            switch (width)
            {
                case 1: Children<One, One>(series, stride, increments + at, wide, steps, coefficients + at, below + at, wide, reciprocals); break;
                case 2: Children<Two, One>(series, stride, increments + at, wide, steps, coefficients + at, below + at, wide, reciprocals); break;
                case 3: Children<Three, One>(series, stride, increments + at, wide, steps, coefficients + at, below + at, wide, reciprocals); break;
                default: Children<Four, One>(series, stride, increments + at, wide, steps, coefficients + at, below + at, wide, reciprocals); break;
            }
        }
    }

    /// <summary>TLetters children of a node side by side, each with TLevels (at most 3) below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Children<TLetters, TLevels>(
        T* series, int stride, T* increments, int incrementStride, int steps, T* coefficients, T* below, int belowStride, T* reciprocals)
        where TLetters : struct, IExtent
        where TLevels : struct, IExtent
    {
        int lane = TLanes.Width, values = TLevels.Value * lane;
        TVector zero = default, a0 = TLanes.Load(coefficients);
        TVector a1 = TLetters.Value > 1 ? TLanes.Load(coefficients + lane) : zero;
        TVector a2 = TLetters.Value > 2 ? TLanes.Load(coefficients + 2 * lane) : zero;
        TVector a3 = TLetters.Value > 3 ? TLanes.Load(coefficients + 3 * lane) : zero;
        TVector half = TLevels.Value > 1 ? TLanes.Load(reciprocals + lane) : zero;
        TVector third = TLevels.Value > 2 ? TLanes.Load(reciprocals + 2 * lane) : zero;
        for (int step = 0; step < steps; step++, series += stride, increments += incrementStride, below += belowStride)
        {
            Grow<TLevels>(series, increments, half, third, below, ref a0);
            if (TLetters.Value > 1) Grow<TLevels>(series, increments + lane, half, third, below + values, ref a1);
            if (TLetters.Value > 2) Grow<TLevels>(series, increments + 2 * lane, half, third, below + 2 * values, ref a2);
            if (TLetters.Value > 3) Grow<TLevels>(series, increments + 3 * lane, half, third, below + 3 * values, ref a3);
        }
        TLanes.Store(a0, coefficients);
        if (TLetters.Value > 1) TLanes.Store(a1, coefficients + lane);
        if (TLetters.Value > 2) TLanes.Store(a2, coefficients + 2 * lane);
        if (TLetters.Value > 3) TLanes.Store(a3, coefficients + 3 * lane);
    }

    /// <summary>One step of one letter: Horner's values, and its coefficient after.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Grow<TLevels>(T* series, T* increment, TVector half, TVector third, T* below, ref TVector a)
        where TLevels : struct, IExtent
    {
        int lane = TLanes.Width;
        TVector z = TLanes.Load(increment), grow = TLanes.Load(series);
        TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(series + lane), z, a), below);
        if (TLevels.Value > 1)
            TLanes.Store(TLanes.Multiply(half, TLanes.MultiplyAdd(TLanes.Load(series + 2 * lane), z, a)), below + lane);
        if (TLevels.Value > 2)
            TLanes.Store(TLanes.Multiply(third, TLanes.MultiplyAdd(TLanes.Load(series + 3 * lane), z, a)), below + 2 * lane);
        a = TLanes.MultiplyAdd(grow, z, a);
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
