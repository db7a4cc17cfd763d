using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>Element functions over spans. What does not fill a register is computed in one all the same, from a padded copy.</summary>
internal static unsafe class ElementKernel
{
    /// <summary><c>y = f(x)</c>.</summary>
    public static void Map<TFunction>(ReadOnlySpan<float> source, Span<float> destination)
        where TFunction : struct, IElementFunction
    {
        fixed (float* x = source, y = destination)
            LaneDispatch.Run<MapWork<TFunction>, float>(new(source.Length, x, y));
    }

    /// <summary><c>dx ← (accumulate ? dx : 0) + dy · f′(x)</c>.</summary>
    public static void Backward<TFunction>(
        ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outer, Span<float> inner, bool accumulate)
        where TFunction : struct, IElementFunction
    {
        fixed (float* x = input, y = output, dy = outer, dx = inner)
            LaneDispatch.Run<BackwardWork<TFunction>, float>(new(input.Length, x, y, dy, dx, accumulate));
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
    internal static void Backward<TFunction, TLanes, TVector>(int length, float* x, float* y, float* dy, float* dx, bool accumulate)
        where TFunction : struct, IElementFunction
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int i = 0;
        for (; i + TLanes.Width <= length; i += TLanes.Width)
            TLanes.Store(Backward<TFunction, TLanes, TVector>(x + i, y + i, dy + i, dx + i, accumulate), dx + i);
        if (i == length)
            return;
        float* rest = stackalloc float[64];
        Copy(x + i, rest, length - i);
        Copy(y + i, rest + 16, length - i);
        Copy(dy + i, rest + 32, length - i);
        Copy(dx + i, rest + 48, length - i);
        TLanes.Store(Backward<TFunction, TLanes, TVector>(rest, rest + 16, rest + 32, rest + 48, accumulate), rest);
        Copy(rest, dx + i, length - i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Backward<TFunction, TLanes, TVector>(float* x, float* y, float* dy, float* dx, bool accumulate)
        where TFunction : struct, IElementFunction
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        TVector slope = TFunction.Slope<TLanes, TVector>(TLanes.Load(x), TLanes.Load(y));
        return TLanes.MultiplyAdd(TLanes.Load(dy), slope, accumulate ? TLanes.Load(dx) : TLanes.Broadcast(0));
    }

    private static void Copy(float* source, float* destination, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(destination, count));

    private readonly struct MapWork<TFunction>(int length, float* x, float* y) : ILaneWork<float>
        where TFunction : struct, IElementFunction
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, float>
            where TVector : struct => Map<TFunction, TLanes, TVector>(length, x, y);
    }

    private readonly struct BackwardWork<TFunction>(int length, float* x, float* y, float* dy, float* dx, bool accumulate) : ILaneWork<float>
        where TFunction : struct, IElementFunction
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, float>
            where TVector : struct => Backward<TFunction, TLanes, TVector>(length, x, y, dy, dx, accumulate);
    }
}
