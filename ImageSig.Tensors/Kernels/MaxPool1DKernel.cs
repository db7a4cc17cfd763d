using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>Maxima over windows side by side; lanes are channels.</summary>
internal static unsafe class MaxPool1DKernel
{
    /// <summary>x [B, T, C] to y [B, T / size, C].</summary>
    public static void Forward(ReadOnlySpan<float> input, int batch, int length, int channels, int size, Span<float> output)
    {
        int windows = length / size;
        fixed (float* x = input, y = output)
        {
            for (int sample = 0; sample < batch; sample++)
                for (int window = 0; window < windows; window++)
                    LaneDispatch.Sweep(channels, new ForwardSweep(
                        x + ((nint)sample * length + window * size) * channels, channels, size, y + ((nint)sample * windows + window) * channels));
        }
    }

    /// <summary>Adds dy to dx where x first equals the maximum of its window.</summary>
    public static void Backward(
        ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outer, int batch, int length, int channels, int size,
        Span<float> inner)
    {
        int windows = length / size;
        fixed (float* x = input, y = output, dy = outer, dx = inner)
        {
            for (int sample = 0; sample < batch; sample++)
            {
                for (int window = 0; window < windows; window++)
                {
                    nint from = ((nint)sample * length + window * size) * channels;
                    nint at = ((nint)sample * windows + window) * channels;
                    LaneDispatch.Sweep(channels, new BackwardSweep(x + from, y + at, dy + at, channels, size, dx + from));
                }
            }
        }
    }

    private readonly struct ForwardSweep(float* input, int channels, int size, float* output) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* x = input;
            nint stride = channels, count = (nint)size * channels;
            for (int c = from; c < to; c += TLanes.Width)
            {
                TVector largest = TLanes.Load(x + c);
                for (nint k = stride; k < count; k += stride)
                    largest = TLanes.Maximum(TLanes.Load(x + k + c), largest);
                TLanes.Store(largest, output + c);
            }
        }
    }

    private readonly struct BackwardSweep(float* input, float* output, float* outer, int channels, int size, float* inner) : ILaneSweep
    {
        [MethodImpl(Hot.Loop)]
        public void Run<TLanes, TVector>(int from, int to)
            where TLanes : struct, ILaneArithmetic<TVector, float>
            where TVector : struct
        {
            float* x = input, dx = inner;
            nint stride = channels, count = (nint)size * channels;
            for (int c = from; c < to; c += TLanes.Width)
            {
                TVector largest = TLanes.Load(output + c);
                TVector left = TLanes.Load(outer + c);
                for (nint at = c; at < count; at += stride)
                {
                    TVector isHere = TLanes.AreEqual(TLanes.Load(x + at), largest);
                    TLanes.Store(TLanes.Add(TLanes.Load(dx + at), TLanes.And(left, isHere)), dx + at);
                    left = TLanes.AndNot(left, isHere);
                }
            }
        }
    }
}
