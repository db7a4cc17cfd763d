using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

internal static unsafe partial class ReduceKernel
{
    /// <summary>Partial sums of a row: element i goes to partial i mod 16, and the partials are added pairwise. Part of every result.</summary>
    private const int Partials = 16;

    /// <summary>Σ xᵢ in the fixed order: the same bits at every register width.</summary>
    public static float Sum(float* x, int length) => Dot(x, null, length);

    /// <summary>Σ xᵢ yᵢ in the fixed order, or Σ xᵢ where <paramref name="y"/> is null.</summary>
    public static float Dot(float* x, float* y, int length)
    {
        float dot;
        LaneDispatch.Run<DotWork, float>(new DotWork(x, y, length, &dot));
        return dot;
    }

    [MethodImpl(Hot.Loop)]
    internal static float Dot<TLanes, TVector>(float* x, float* y, int length)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        float* partials = stackalloc float[Partials];
        int whole = length / Partials * Partials;
        for (int lane = 0; lane < Partials; lane += TLanes.Width)
        {
            TVector sum = TLanes.Broadcast(0);
            if (y == null)
                for (int i = lane; i < whole; i += Partials)
                    sum = TLanes.Add(sum, TLanes.Load(x + i));
            else
                for (int i = lane; i < whole; i += Partials)
                    sum = TLanes.MultiplyAdd(TLanes.Load(x + i), TLanes.Load(y + i), sum);
            TLanes.Store(sum, partials + lane);
        }
        for (int i = whole; i < length; i++)
            partials[i - whole] = y == null ? partials[i - whole] + x[i] : Lanes.MultiplyAdd(x[i], y[i], partials[i - whole]);
        for (int half = Partials / 2; half > 0; half /= 2)
            for (int i = 0; i < half; i++)
                partials[i] += partials[i + half];
        return partials[0];
    }

    private readonly struct DotWork(float* x, float* y, int length, float* dot) : ILaneWork<float>
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, float>
            where TVector : struct => *dot = Dot<TLanes, TVector>(x, y, length);
    }
}
