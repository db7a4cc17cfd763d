using System.Runtime.CompilerServices;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>All C children of a node with one level below them: <see cref="ChildBefore"/> for up to four letters at once, whose chains of
    /// dependent operations then overlap.</summary>
    private static void ChildrenBefore(T* series, int stride, T* increments, int channels, int steps, T* coefficients, T* below)
    {
        int wide = channels * TLanes.Width, width;
        for (int letter = 0; letter < channels; letter += width)
        {
            width = Extent(channels - letter, 4);
            T* z = increments + letter * TLanes.Width, a = coefficients + letter * TLanes.Width, to = below + letter * TLanes.Width;
            switch (width)
            {
                case 1: ChildrenBefore<One>(series, stride, z, wide, steps, a, to); break;
                case 2: ChildrenBefore<Two>(series, stride, z, wide, steps, a, to); break;
                case 3: ChildrenBefore<Three>(series, stride, z, wide, steps, a, to); break;
                default: ChildrenBefore<Four>(series, stride, z, wide, steps, a, to); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChildrenBefore<TLetters>(T* series, int stride, T* increments, int wide, int steps, T* coefficients, T* below)
        where TLetters : struct, IExtent
    {
        int lane = TLanes.Width;
        TVector zero = default, a0 = TLanes.Load(coefficients);
        TVector a1 = TLetters.Value > 1 ? TLanes.Load(coefficients + lane) : zero;
        TVector a2 = TLetters.Value > 2 ? TLanes.Load(coefficients + 2 * lane) : zero;
        TVector a3 = TLetters.Value > 3 ? TLanes.Load(coefficients + 3 * lane) : zero;
        series += (long)(steps - 1) * stride;
        increments += (long)(steps - 1) * wide;
        below += (long)(steps - 1) * wide;
        for (int step = 0; step < steps; step++, series -= stride, increments -= wide, below -= wide)
        {
            TVector shrink = TLanes.Subtract(zero, TLanes.Load(series)), top = TLanes.Load(series + lane);
            TakeBack(shrink, top, increments, below, ref a0);
            if (TLetters.Value > 1) TakeBack(shrink, top, increments + lane, below + lane, ref a1);
            if (TLetters.Value > 2) TakeBack(shrink, top, increments + 2 * lane, below + 2 * lane, ref a2);
            if (TLetters.Value > 3) TakeBack(shrink, top, increments + 3 * lane, below + 3 * lane, ref a3);
        }
        TLanes.Store(a0, coefficients);
        if (TLetters.Value > 1) TLanes.Store(a1, coefficients + lane);
        if (TLetters.Value > 2) TLanes.Store(a2, coefficients + 2 * lane);
        if (TLetters.Value > 3) TLanes.Store(a3, coefficients + 3 * lane);
    }

    /// <summary>One step of one letter: its coefficient before, and Horner's value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TakeBack(TVector shrink, TVector top, T* increment, T* below, ref TVector a)
    {
        TVector z = TLanes.Load(increment);
        a = TLanes.MultiplyAdd(shrink, z, a);
        TLanes.Store(TLanes.MultiplyAdd(top, z, a), below);
    }

    /// <summary>All C children of a node with one level below them: <see cref="ChildAfter"/> for up to four letters at once.</summary>
    private static void ChildrenAfter(T* series, T* gradients, int stride, T* increments, T* incrementGradients, int channels, int steps,
        T* cotangents, T* below)
    {
        int wide = channels * TLanes.Width, width;
        for (int letter = 0; letter < channels; letter += width)
        {
            width = Extent(channels - letter, 4);
            int at = letter * TLanes.Width;
            switch (width)
            {
                case 1: ChildrenAfter<One>(series, gradients, stride, increments + at, incrementGradients + at, wide, steps, cotangents + at, below + at); break;
                case 2: ChildrenAfter<Two>(series, gradients, stride, increments + at, incrementGradients + at, wide, steps, cotangents + at, below + at); break;
                case 3: ChildrenAfter<Three>(series, gradients, stride, increments + at, incrementGradients + at, wide, steps, cotangents + at, below + at); break;
                default: ChildrenAfter<Four>(series, gradients, stride, increments + at, incrementGradients + at, wide, steps, cotangents + at, below + at); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChildrenAfter<TLetters>(T* series, T* gradients, int stride, T* increments, T* incrementGradients, int wide, int steps, T* cotangents, T* below)
        where TLetters : struct, IExtent
    {
        int lane = TLanes.Width;
        TVector zero = default, d0 = TLanes.Load(cotangents);
        TVector d1 = TLetters.Value > 1 ? TLanes.Load(cotangents + lane) : zero;
        TVector d2 = TLetters.Value > 2 ? TLanes.Load(cotangents + 2 * lane) : zero;
        TVector d3 = TLetters.Value > 3 ? TLanes.Load(cotangents + 3 * lane) : zero;
        long last = steps - 1;
        series += last * stride;
        gradients += last * stride;
        increments += last * wide;
        incrementGradients += last * wide;
        below += last * wide;
        for (int step = 0; step < steps; step++, series -= stride, gradients -= stride, increments -= wide, incrementGradients -= wide, below -= wide)
        {
            TVector lower = TLanes.Load(series), top = TLanes.Load(series + lane);
            TVector lowerGradient = TLanes.Load(gradients), topGradient = TLanes.Load(gradients + lane);
            GiveBack(lower, top, increments, incrementGradients, below, ref lowerGradient, ref topGradient, ref d0);
            if (TLetters.Value > 1) GiveBack(lower, top, increments + lane, incrementGradients + lane, below + lane, ref lowerGradient, ref topGradient, ref d1);
            if (TLetters.Value > 2) GiveBack(lower, top, increments + 2 * lane, incrementGradients + 2 * lane, below + 2 * lane, ref lowerGradient, ref topGradient, ref d2);
            if (TLetters.Value > 3) GiveBack(lower, top, increments + 3 * lane, incrementGradients + 3 * lane, below + 3 * lane, ref lowerGradient, ref topGradient, ref d3);
            TLanes.Store(lowerGradient, gradients);
            TLanes.Store(topGradient, gradients + lane);
        }
        TLanes.Store(d0, cotangents);
        if (TLetters.Value > 1) TLanes.Store(d1, cotangents + lane);
        if (TLetters.Value > 2) TLanes.Store(d2, cotangents + 2 * lane);
        if (TLetters.Value > 3) TLanes.Store(d3, cotangents + 3 * lane);
    }

    /// <summary>One step of one letter: the gradients of its coefficient and its value, into the node's two values and the increment.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GiveBack(TVector lower, TVector top, T* increment, T* incrementGradient, T* below, ref TVector lowerGradient, ref TVector topGradient, ref TVector d)
    {
        TVector z = TLanes.Load(increment), h = TLanes.Load(below);
        lowerGradient = TLanes.MultiplyAdd(d, z, lowerGradient);
        topGradient = TLanes.MultiplyAdd(h, z, topGradient);
        TLanes.Store(TLanes.MultiplyAdd(h, top, TLanes.MultiplyAdd(d, lower, TLanes.Load(incrementGradient))), incrementGradient);
        d = TLanes.Add(d, h);
    }
}
