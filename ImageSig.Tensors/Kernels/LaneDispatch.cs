using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Tensors.Kernels;

/// <summary>Work that is written once for every register width.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface ILaneWork<T>
    where T : unmanaged
{
    /// <summary>Does all of it with these registers.</summary>
    public void Run<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, T>
        where TVector : struct;
}

/// <summary>Work on floats side by side, none of which depends on another: elements of a span, columns of a matrix.</summary>
internal interface ILaneSweep
{
    /// <summary>Does those from <paramref name="from"/> to before <paramref name="to"/>, a whole number of registers.</summary>
    public void Run<TLanes, TVector>(int from, int to)
        where TLanes : struct, ILaneArithmetic<TVector, float>
        where TVector : struct;
}

/// <summary>The one place that chooses a register width. The compiler folds the choice to a constant, and a struct's work is compiled for it
/// alone: no virtual call, nothing allocated.</summary>
internal static class LaneDispatch
{
    /// <summary>All of the work with the widest registers of this processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TWork, T>(TWork work)
        where TWork : struct, ILaneWork<T>
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated)
            work.Run<Lanes512<T>, Vector512<T>>();
        else if (Vector256.IsHardwareAccelerated)
            work.Run<Lanes256<T>, Vector256<T>>();
        else
            work.Run<Lanes128<T>, Vector128<T>>();
    }

    /// <summary>All of the work, which has <paramref name="count"/> numbers side by side: where half of the widest registers holds them, empty lanes would only take room in the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunFew<TWork, T>(TWork work, int count)
        where TWork : struct, ILaneWork<T>
        where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated && count <= Vector256<T>.Count)
            work.Run<Lanes256<T>, Vector256<T>>();
        else
            Run<TWork, T>(work);
    }

    /// <summary>The same, where a quarter of the widest registers may hold them too: for work whose memory grows with the registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RunFewest<TWork, T>(TWork work, int count)
        where TWork : struct, ILaneWork<T>
        where T : unmanaged
    {
        if (count <= Vector128<T>.Count)
            work.Run<Lanes128<T>, Vector128<T>>();
        else
            RunFew<TWork, T>(work, count);
    }

    /// <summary>Numbers in the widest registers of this processor.</summary>
    public static int Width<T>()
        where T : unmanaged => Vector512.IsHardwareAccelerated ? Vector512<T>.Count : Vector256.IsHardwareAccelerated ? Vector256<T>.Count : Vector128<T>.Count;

    /// <summary>Floats 0 to before <paramref name="length"/>: as many as fit with the widest registers, of the rest as many as fit with narrower
    /// ones, the last few one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sweep<TSweep>(int length, TSweep sweep)
        where TSweep : struct, ILaneSweep
    {
        int done = 0;
        if (Vector512.IsHardwareAccelerated && length >= Vector512<float>.Count)
            sweep.Run<Lanes512<float>, Vector512<float>>(0, done = length & -Vector512<float>.Count);
        if (Vector256.IsHardwareAccelerated && length - done >= Vector256<float>.Count)
            sweep.Run<Lanes256<float>, Vector256<float>>(done, done = length & -Vector256<float>.Count);
        if (length - done >= Vector128<float>.Count)
            sweep.Run<Lanes128<float>, Vector128<float>>(done, done = length & -Vector128<float>.Count);
        if (done < length)
            sweep.Run<OneLane, float>(done, length);
    }
}
