using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Tensors.Kernels;

/// <summary>Element functions over spans. What does not fill a register is computed in one all the same, from a padded copy.</summary>
internal static unsafe class ElementKernel
{
    /// <summary><c>y = f(x)</c>.</summary>
    public static void Map<TFunction>(ReadOnlySpan<float> source, Span<float> destination)
        where TFunction : struct, IElementFunction
    {
        fixed (float* x = source, y = destination)
        {
            if (Lanes.Use512)
                Map<TFunction, Lanes512<float>, Vector512<float>>(source.Length, x, y);
            else if (Lanes.Use256)
                Map<TFunction, Lanes256<float>, Vector256<float>>(source.Length, x, y);
            else
                Map<TFunction, Lanes128<float>, Vector128<float>>(source.Length, x, y);
        }
    }

    /// <summary><c>dx ← (accumulate ? dx : 0) + dy · f′(x)</c>.</summary>
    public static void Backward<TFunction>(
        ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outer, Span<float> inner, bool accumulate)
        where TFunction : struct, IElementFunction
    {
        if (!accumulate)
            inner.Clear();
        fixed (float* x = input, y = output, dy = outer, dx = inner)
        {
            if (Lanes.Use512)
                Backward<TFunction, Lanes512<float>, Vector512<float>>(input.Length, x, y, dy, dx);
            else if (Lanes.Use256)
                Backward<TFunction, Lanes256<float>, Vector256<float>>(input.Length, x, y, dy, dx);
            else
                Backward<TFunction, Lanes128<float>, Vector128<float>>(input.Length, x, y, dy, dx);
        }
    }

    [MethodImpl(Hot.Loop)]
    internal static void Map<TFunction, TLanes, TVector>(int length, float* x, float* y)
        where TFunction : struct, IElementFunction
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int i = 0;
        for (; i + TLanes.Width <= length; i += TLanes.Width)
            TLanes.Store(TFunction.Value<TLanes, TVector>(TLanes.Load(x + i)), y + i);
        if (i == length)
            return;
        float* rest = stackalloc float[16];
        Copy(x + i, rest, length - i);
        TLanes.Store(TFunction.Value<TLanes, TVector>(TLanes.Load(rest)), rest);
        Copy(rest, y + i, length - i);
    }

    [MethodImpl(Hot.Loop)]
    internal static void Backward<TFunction, TLanes, TVector>(int length, float* x, float* y, float* dy, float* dx)
        where TFunction : struct, IElementFunction
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int i = 0;
        for (; i + TLanes.Width <= length; i += TLanes.Width)
        {
            TVector slope = TFunction.Slope<TLanes, TVector>(TLanes.Load(x + i), TLanes.Load(y + i));
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(dy + i), slope, TLanes.Load(dx + i)), dx + i);
        }
        if (i == length)
            return;
        float* rest = stackalloc float[64];
        Copy(x + i, rest, length - i);
        Copy(y + i, rest + 16, length - i);
        Copy(dy + i, rest + 32, length - i);
        Copy(dx + i, rest + 48, length - i);
        TVector last = TFunction.Slope<TLanes, TVector>(TLanes.Load(rest), TLanes.Load(rest + 16));
        TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(rest + 32), last, TLanes.Load(rest + 48)), rest);
        Copy(rest, dx + i, length - i);
    }

    private static void Copy(float* source, float* destination, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(destination, count));
}
