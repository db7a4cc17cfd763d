using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
                    ForwardWindow(
                        x + ((nint)sample * length + window * size) * channels, channels, size, y + ((nint)sample * windows + window) * channels);
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
                    BackwardWindow(x + from, y + at, dy + at, channels, size, dx + from);
                }
            }
        }
    }

    private static void ForwardWindow(float* x, int channels, int size, float* y)
    {
        int c = 0;
        if (Lanes.Use512)
            c = Forward<Lanes512<float>, Vector512<float>>(c, x, channels, size, y);
        if (Lanes.Use256)
            c = Forward<Lanes256<float>, Vector256<float>>(c, x, channels, size, y);
        c = Forward<Lanes128<float>, Vector128<float>>(c, x, channels, size, y);
        for (; c < channels; c++)
        {
            float largest = x[c];
            for (int k = 1; k < size; k++)
                largest = x[k * channels + c] > largest ? x[k * channels + c] : largest;
            y[c] = largest;
        }
    }

    [MethodImpl(Hot.Loop)]
    private static int Forward<TLanes, TVector>(int c, float* x, int channels, int size, float* y)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        for (; c + TLanes.Width <= channels; c += TLanes.Width)
        {
            TVector largest = TLanes.Load(x + c);
            for (int k = 1; k < size; k++)
                largest = TLanes.Maximum(TLanes.Load(x + k * channels + c), largest);
            TLanes.Store(largest, y + c);
        }
        return c;
    }

    private static void BackwardWindow(float* x, float* y, float* dy, int channels, int size, float* dx)
    {
        int c = 0;
        if (Lanes.Use512)
            c = Backward<Lanes512<float>, Vector512<float>>(c, x, y, dy, channels, size, dx);
        if (Lanes.Use256)
            c = Backward<Lanes256<float>, Vector256<float>>(c, x, y, dy, channels, size, dx);
        c = Backward<Lanes128<float>, Vector128<float>>(c, x, y, dy, channels, size, dx);
        for (; c < channels; c++)
        {
            for (int k = 0; k < size; k++)
            {
                if (x[k * channels + c] == y[c])
                {
                    dx[k * channels + c] += dy[c];
                    break;
                }
            }
        }
    }

    [MethodImpl(Hot.Loop)]
    private static int Backward<TLanes, TVector>(int c, float* x, float* y, float* dy, int channels, int size, float* dx)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        for (; c + TLanes.Width <= channels; c += TLanes.Width)
        {
            TVector largest = TLanes.Load(y + c);
            TVector left = TLanes.Load(dy + c);
            for (int k = 0; k < size; k++)
            {
                nint at = k * channels + c;
                TVector isHere = TLanes.AreEqual(TLanes.Load(x + at), largest);
                TLanes.Store(TLanes.Add(TLanes.Load(dx + at), TLanes.And(left, isHere)), dx + at);
                left = TLanes.AndNot(left, isHere);
            }
        }
        return c;
    }
}
