using System.Runtime.CompilerServices;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tensors.Kernels;

/// <summary>Activations that are fused into the layer before them: those that cut its results.</summary>
internal static unsafe class ActivationKernel
{
    /// <summary>Whether a layer can do it while it stores its results.</summary>
    public static bool IsFused(Activation activation) => activation is Activation.None or Activation.Relu or Activation.Relu6;

    /// <summary>What results are cut to, from 0 up; 0 where they are not cut.</summary>
    public static float CapOf(Activation activation) => activation switch
    {
        Activation.Relu => float.PositiveInfinity,
        Activation.Relu6 => 6,
        _ => 0,
    };

    /// <summary>Sets the gradient to zero where the forward result was cut.</summary>
    public static void Backward(Activation activation, ReadOnlySpan<float> output, Span<float> gradient)
    {
        if (activation is Activation.Relu or Activation.Relu6)
            ReluBackward(output, gradient);
        if (activation == Activation.Relu6)
            CapBackward(output, gradient, CapOf(activation));
    }

    /// <summary>Sets to zero where the forward result was cut from above: <c>gradient ← output &lt; cap ? gradient : 0</c>.</summary>
    private static void CapBackward(ReadOnlySpan<float> output, Span<float> gradient, float cap)
    {
        fixed (float* y = output, d = gradient)
            LaneDispatch.Sweep(output.Length, new CapBackwardSweep(y, d, cap));
    }

    /// <summary>Sets to zero where the forward result was not positive: <c>gradient ← output > 0 ? gradient : 0</c>.</summary>
    public static void ReluBackward(ReadOnlySpan<float> output, Span<float> gradient)
    {
        fixed (float* y = output, d = gradient)
            LaneDispatch.Sweep(output.Length, new ReluBackwardSweep(y, d));
    }

    private readonly struct CapBackwardSweep(float* output, float* gradient, float cap) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* y = output, d = gradient;
            TVector most = TLanes.Broadcast(cap);
            for (int i = from; i < to; i += TLanes.Width)
                TLanes.Store(TLanes.And(TLanes.Load(d + i), TLanes.GreaterThan(most, TLanes.Load(y + i))), d + i);
        }
    }

    private readonly struct ReluBackwardSweep(float* output, float* gradient) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* y = output, d = gradient;
            TVector zero = TLanes.Broadcast(0);
            for (int i = from; i < to; i += TLanes.Width)
                TLanes.Store(TLanes.And(TLanes.Load(d + i), TLanes.GreaterThan(TLanes.Load(y + i), zero)), d + i);
        }
    }
}
