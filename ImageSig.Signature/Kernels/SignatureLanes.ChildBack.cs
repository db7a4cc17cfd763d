using System.Runtime.CompilerServices;

namespace ImageSig.Signature.Kernels;

internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>Un-multiplies a child's coefficient, last step first, and gives Horner's values at the child.</summary>
    /// <param name="series">[Steps, count + 1, lane], of the node.</param>
    /// <param name="stride">Numbers from one step of it to the next.</param>
    /// <param name="increments">z[k] of the first step.</param>
    /// <param name="wide">Numbers from one step's z[k] to the next.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="coefficient">A[pk] after the last step; before the first when done.</param>
    /// <param name="below">[Steps, count, lane], of the child, written.</param>
    /// <param name="count">Levels below the child.</param>
    /// <param name="reciprocals">[count or more, lane], <c>1/(i + 1)</c>.</param>
    private static void ChildBefore(T* series, int stride, T* increments, int wide, int steps, T* coefficient, T* below, int count, T* reciprocals)
    {
        switch (count)
        {
            case 2: ChildBefore<Two>(series, stride, increments, wide, steps, coefficient, below, count, reciprocals); break;
            case 3: ChildBefore<Three>(series, stride, increments, wide, steps, coefficient, below, count, reciprocals); break;
            default: ChildBefore<Four>(series, stride, increments, wide, steps, coefficient, below, count, reciprocals); break;
        }
    }

    /// <summary>For <paramref name="count"/> levels: 2, 3, or, with <see cref="Four"/>, 4 and more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChildBefore<TCount>(T* series, int stride, T* increments, int wide, int steps, T* coefficient, T* below, int count, T* reciprocals)
        where TCount : struct, IExtent
    {
        int lane = TLanes.Width, belowStride = (TCount.Value < 4 ? TCount.Value : count) * lane;
        TVector zero = default, a = TLanes.Load(coefficient), half = TLanes.Load(reciprocals + lane);
        TVector third = TCount.Value > 2 ? TLanes.Load(reciprocals + 2 * lane) : zero;
        series += (long)(steps - 1) * stride;
        increments += (long)(steps - 1) * wide;
        below += (long)(steps - 1) * belowStride;
        for (int step = 0; step < steps; step++, series -= stride, increments -= wide, below -= belowStride)
        {
            TVector z = TLanes.Load(increments);
            a = TLanes.MultiplyAdd(TLanes.Load(series), TLanes.Subtract(zero, z), a);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(series + lane), z, a), below);
            TLanes.Store(TLanes.Multiply(half, TLanes.MultiplyAdd(TLanes.Load(series + 2 * lane), z, a)), below + lane);
            if (TCount.Value > 2)
                TLanes.Store(TLanes.Multiply(third, TLanes.MultiplyAdd(TLanes.Load(series + 3 * lane), z, a)), below + 2 * lane);
            if (TCount.Value > 3)
                for (int level = 3 * lane; level < belowStride; level += lane)
                    TLanes.Store(TLanes.Multiply(TLanes.Load(reciprocals + level), TLanes.MultiplyAdd(TLanes.Load(series + level + lane), z, a)), below + level);
        }
        TLanes.Store(a, coefficient);
    }

    /// <summary>A child's gradients into its own cotangent, its parent's values and the increment, last step first.</summary>
    /// <param name="series">[Steps, count + 1, lane], of the node.</param>
    /// <param name="gradients">Their gradients, added to.</param>
    /// <param name="stride">Numbers from one step of both to the next.</param>
    /// <param name="increments">z[k] of the first step.</param>
    /// <param name="incrementGradients">Its gradient, added to.</param>
    /// <param name="wide">Numbers from one step's z[k] to the next.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="cotangent">D[pk] after the last step; before the first when done.</param>
    /// <param name="below">[Steps, count, lane], the gradients of the child's values.</param>
    /// <param name="count">Levels below the child.</param>
    /// <param name="reciprocals">[count or more, lane], <c>1/(i + 1)</c>.</param>
    private static void ChildAfter(T* series, T* gradients, int stride, T* increments, T* incrementGradients, int wide, int steps,
        T* cotangent, T* below, int count, T* reciprocals)
    {
        switch (count)
        {
            case 2: ChildAfter<Two>(series, gradients, stride, increments, incrementGradients, wide, steps, cotangent, below, count, reciprocals); break;
            case 3: ChildAfter<Three>(series, gradients, stride, increments, incrementGradients, wide, steps, cotangent, below, count, reciprocals); break;
            default: ChildAfter<Four>(series, gradients, stride, increments, incrementGradients, wide, steps, cotangent, below, count, reciprocals); break;
        }
    }

    /// <summary>For <paramref name="count"/> levels: 2, 3, or, with <see cref="Four"/>, 4 and more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ChildAfter<TCount>(T* series, T* gradients, int stride, T* increments, T* incrementGradients, int wide, int steps,
        T* cotangent, T* below, int count, T* reciprocals)
        where TCount : struct, IExtent
    {
        int lane = TLanes.Width, belowStride = (TCount.Value < 4 ? TCount.Value : count) * lane;
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
            TLanes.Store(TLanes.MultiplyAdd(d, z, TLanes.Load(gradients)), gradients);
            TVector h = TLanes.Load(below);
            Spread(h, z, series, gradients, lane, ref dz, ref d);
            h = TLanes.Multiply(TLanes.Load(reciprocals + lane), TLanes.Load(below + lane));
            Spread(h, z, series, gradients, 2 * lane, ref dz, ref d);
            if (TCount.Value > 2)
            {
                h = TLanes.Multiply(TLanes.Load(reciprocals + 2 * lane), TLanes.Load(below + 2 * lane));
                Spread(h, z, series, gradients, 3 * lane, ref dz, ref d);
            }
            if (TCount.Value > 3)
                for (int level = 3 * lane; level < belowStride; level += lane)
                {
                    h = TLanes.Multiply(TLanes.Load(reciprocals + level), TLanes.Load(below + level));
                    Spread(h, z, series, gradients, level + lane, ref dz, ref d);
                }
            TLanes.Store(dz, incrementGradients);
        }
        TLanes.Store(d, cotangent);
    }

    /// <summary>The gradient h of one level of a child: into the parent's level at <paramref name="at"/>, the increment and the coefficient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Spread(TVector h, TVector z, T* series, T* gradients, int at, ref TVector dz, ref TVector d)
    {
        dz = TLanes.MultiplyAdd(h, TLanes.Load(series + at), dz);
        TLanes.Store(TLanes.MultiplyAdd(h, z, TLanes.Load(gradients + at)), gradients + at);
        d = TLanes.Add(d, h);
    }
}
