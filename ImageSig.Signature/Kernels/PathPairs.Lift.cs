using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>Paths that are lifted point by point: in place of inner products of steps stand second differences of <c>κ(x, y) = exp(−decay |x − y|²)</c>.</summary>
internal unsafe partial struct PathPairs<T>
{
    public readonly bool IsLifted => Decay > 0;

    /// <summary>The factors of one step of the left path with every step of the others, and κ of its end in place of κ of its start.</summary>
    /// <param name="left">[C], the point where the step ends.</param>
    /// <param name="rights">[U, C], in lanes.</param>
    /// <param name="lifts">[U], κ of the point where the step starts; overwritten.</param>
    /// <param name="sums">[U − 1], overwritten.</param>
    /// <param name="corners">[U − 1], overwritten.</param>
    /// <param name="columns">U − 1.</param>
    [MethodImpl(Hot.Loop)]
    private readonly void LiftedFactorLanes<TLanes, TVector>(double* left, double* rights, double* lifts, double* sums, double* corners, int columns)
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct
    {
        int width = TLanes.Width;
        TVector share = TLanes.Broadcast(1.0 / (1L << (2 * Order))), starts = TLanes.Load(lifts), endWithStart = LiftLanes<TLanes, TVector>(left, rights);
        TLanes.Store(endWithStart, lifts);
        for (int column = 0; column < columns; column++, sums += width, corners += width)
        {
            rights += (nint)Channels * width;
            lifts += width;
            TVector startWithEnd = TLanes.Load(lifts), ends = LiftLanes<TLanes, TVector>(left, rights);
            TLanes.Store(ends, lifts);
            StoreFactors<TLanes, TVector>(TLanes.Subtract(TLanes.Add(ends, starts), TLanes.Add(startWithEnd, endWithStart)), share, sums, corners);
            (starts, endWithStart) = (startWithEnd, ends);
        }
    }

    /// <summary>κ of one point with one of each other path.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TVector LiftLanes<TLanes, TVector>(double* left, double* rights)
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct
    {
        TVector sum = TLanes.Broadcast(0);
        for (int channel = 0; channel < Channels; channel++)
        {
            TVector difference = TLanes.Subtract(TLanes.Broadcast(left[channel]), TLanes.Load(rights + (nint)channel * TLanes.Width));
            sum = TLanes.Add(sum, TLanes.Multiply(difference, difference));
        }
        return LaneMath.ExpOfDouble<TLanes, TVector>(TLanes.Multiply(sum, TLanes.Broadcast(-Decay)));
    }
}
