using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageSig.Tensors.Kernels;

internal static unsafe partial class MatMulKernel
{
    /// <summary>From this many inputs on a weight gradient is summed with the inputs in the lanes.</summary>
    private const int ManyInputs = 512;

    /// <summary>Panels copied together.</summary>
    private const int StripPanels = 4;

    /// <summary>Floats of a cache line.</summary>
    private const int LineFloats = 16;

    /// <summary><c>C[i, o] = start + Σ_b x[b, i] · z[b, o]</c>, b in order: the gradient of a dense layer's weights.</summary>
    /// <param name="rows">B.</param>
    /// <param name="inputs">I.</param>
    /// <param name="outputs">O.</param>
    /// <param name="x">[B, I].</param>
    /// <param name="z">[B, O].</param>
    /// <param name="c">[I, O].</param>
    /// <param name="accumulate">Whether the sums begin with what C holds, rather than with 0.</param>
    /// <remarks>With many inputs, Cᵀ is summed in place of C: lanes are then neighbouring inputs, of which there is never a
    /// fraction of a register to waste, and x is read along its rows.</remarks>
    public static void WeightGradient(
        int rows, int inputs, int outputs, float* x, float* z, float* c, bool accumulate, TensorArena arena)
    {
        if (inputs < ManyInputs)
            Multiply(
                inputs, outputs, rows, LeftMatrix.Transposed(x, inputs), RightMatrix.RowMajor(z, outputs), TargetMatrix.RowMajor(c, outputs),
                new MatMulEpilogue { Accumulate = accumulate }, arena);
        else if (Lanes.Use512)
            ManyInputsGradient<Lanes512<float>, Vector512<float>>(rows, inputs, outputs, x, z, c, accumulate, arena);
        else if (Lanes.Use256)
            ManyInputsGradient<Lanes256<float>, Vector256<float>>(rows, inputs, outputs, x, z, c, accumulate, arena);
        else
            ManyInputsGradient<Lanes128<float>, Vector128<float>>(rows, inputs, outputs, x, z, c, accumulate, arena);
    }

    /// <summary>The form for many inputs, at a width the caller names.</summary>
    [MethodImpl(Hot.Loop)]
    internal static void ManyInputsGradient<TLanes, TVector>(
        int rows, int inputs, int outputs, float* x, float* z, float* c, bool accumulate, TensorArena arena)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int vectors = TLanes.HasManyRegisters ? 4 : 2;
        int width = vectors * TLanes.Width;
        int depth = Math.Min(rows, PanelBlock / width);
        int tiles = (outputs + TileRows - 1) / TileRows;
        (int, int, long) mark = arena.Mark();
        fixed (float* panels = arena.Scratch(StripPanels * depth * width))
        fixed (float* sums = arena.Scratch(StripPanels * tiles * TileRows * width))
        {
            for (int input = 0; input < inputs; input += StripPanels * width)
            {
                int columns = Math.Min(StripPanels * width, inputs - input);
                float* target = c + (nint)input * outputs;
                if (accumulate)
                    ForEachPanel(target, sums, columns, width, outputs, tiles, into: true);
                else
                    new Span<float>(sums, StripPanels * tiles * TileRows * width).Clear();
                for (int from = 0; from < rows; from += depth)
                {
                    int steps = Math.Min(depth, rows - from);
                    CopyStrip(x + (nint)from * inputs + input, inputs, steps, columns, width, depth, panels);
                    bool isLast = from + depth >= rows;
                    Upcoming next = isLast
                        ? new Upcoming(x + input + StripPanels * width, inputs, Math.Min(depth, rows), Math.Min(StripPanels * width, inputs - input - columns))
                        : new Upcoming(x + (nint)(from + depth) * inputs + input, inputs, Math.Min(depth, rows - from - depth), columns);
                    for (int panel = 0; panel * width < columns; panel++)
                        PanelGradient<TLanes, TVector>(
                            z + (nint)from * outputs, outputs, steps, panels + (nint)panel * depth * width, sums + (nint)panel * tiles * TileRows * width,
                            next.Part(panel, StripPanels), tiles);
                }
                ForEachPanel(target, sums, columns, width, outputs, tiles, into: false);
            }
        }
        arena.Release(mark);
    }

    /// <summary>All outputs against one panel of inputs.</summary>
    [MethodImpl(Hot.Loop)]
    private static void PanelGradient<TLanes, TVector>(float* z, int outputs, int steps, float* panel, float* sums, Upcoming next, int tiles)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int width = (TLanes.HasManyRegisters ? 4 : 2) * TLanes.Width;
        float** pointers = stackalloc float*[TileRows];
        for (int output = 0; output < outputs; output += TileRows)
        {
            for (int i = 0; i < TileRows; i++)
                pointers[i] = z + Math.Min(output + i, outputs - 1);
            next.Part(output / TileRows, tiles).Prefetch();
            float* target = sums + (nint)output * width;
            if (TLanes.HasManyRegisters)
                Tile4<TLanes, TVector>(pointers, outputs, panel, width, steps, target, width, target, width, relu: false);
            else
                Tile2<TLanes, TVector>(pointers, outputs, panel, width, steps, target, width, target, width, relu: false);
        }
    }

    /// <summary>The block that is copied next, so that it can be on its way while this one is worked on: no hardware follows rows
    /// that are pages apart. A hint: it changes no result.</summary>
    private readonly struct Upcoming(float* data, nint stride, int rows, int columns)
    {
        /// <summary>Rows for turn <paramref name="index"/> of <paramref name="count"/>.</summary>
        public Upcoming Part(int index, int count)
        {
            int from = rows * index / count;
            return new(data + from * stride, stride, rows * (index + 1) / count - from, columns);
        }

        public void Prefetch()
        {
            if (!Sse.IsSupported)
                return;
            for (int i = 0; i < rows; i++)
                for (int j = 0; j < columns; j += LineFloats)
                    Sse.Prefetch1(data + i * stride + j);
        }
    }

    /// <summary>A few panels' width of rows of x, each panel's share together. Long pieces of a row, since rows are pages apart.</summary>
    private static void CopyStrip(float* x, int stride, int steps, int columns, int width, int depth, float* panels)
    {
        for (int step = 0; step < steps; step++, x += stride)
            for (int column = 0; column < columns; column += width)
                Copy(x + column, panels + (nint)column * depth + (nint)step * width, Math.Min(width, columns - column));
    }

    /// <summary>Moves the sums of a strip's panels, [tiles · 6, width] each, to or from their rows in C, [columns, outputs].</summary>
    private static void ForEachPanel(float* c, float* sums, int columns, int width, int outputs, int tiles, bool into)
    {
        for (int column = 0; column < columns; column += width)
        {
            int count = Math.Min(width, columns - column);
            float* panel = sums + (nint)column * tiles * TileRows;
            if (into)
                Transpose(c + (nint)column * outputs, outputs, panel, width, count, outputs);
            else
                Transpose(panel, width, c + (nint)column * outputs, outputs, outputs, count);
        }
    }

    /// <summary><c>destination[j, i] = source[i, j]</c> for i below rows and j below columns.</summary>
    private static void Transpose(float* source, int sourceStride, float* destination, int destinationStride, int rows, int columns)
    {
        for (int j = 0; j < columns; j++)
        {
            float* from = source + j;
            float* to = destination + (nint)j * destinationStride;
            for (int i = 0; i < rows; i++, from += sourceStride)
                to[i] = *from;
        }
    }
}
