using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

internal static unsafe partial class MatMulKernel
{
    /// <summary>From this length on rows of A, or of its transpose, are worth copying into panels.</summary>
    private const int LongRows = 512;

    /// <summary>Panels filled together: long pieces of rows of A that are pages apart.</summary>
    private const int StripPanels = 4;

    /// <summary>From so many rows on few lanes of the last panel stay empty.</summary>
    private const int ManyRows = 64;

    /// <summary>Up to so many columns B, read down its columns, stays in the first-level cache.</summary>
    private const int FewColumns = 128;

    /// <summary>Whether lanes hold neighboring rows of C rather than neighboring columns.</summary>
    /// <remarks>For the gradient of a dense layer's many weights, where a column of A is contiguous, and for a long A against a B whose columns would
    /// leave an eighth of the lanes of its panels empty.</remarks>
    private static bool PutsRowsInLanes(int m, int n, int k, LeftMatrix a, RightMatrix b, int padded)
    {
        if (b.ColumnStride != 1 || a.RowsPerGroup != int.MaxValue || a.ColumnsPerGroup != int.MaxValue || n > FewColumns)
            return false;
        if (a.RowStride == 1)
            return m >= LongRows;
        return a.ColumnStride == 1 && k >= LongRows && m >= ManyRows && 8 * n < 7 * padded;
    }

    /// <summary>Sums Cᵀ: a panel of A holds, for each k, a few registers of neighboring rows, against which a few columns of B go at a time.</summary>
    [MethodImpl(Hot.Loop)]
    private static void RowsInLanes<TLanes, TVector>(
        int m, int n, int k, LeftMatrix a, RightMatrix b, TargetMatrix c, MatMulEpilogue epilogue, TensorArena arena)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int panelVectors = WidePanel<TLanes, TVector>();
        int panelRows = panelVectors * TLanes.Width;
        int stripRows = StripPanels * panelRows;
        int depth = PanelBlock / panelRows;
        int tileRows = TileRows(panelVectors);
        int sumsLength = (n + tileRows - 1) / tileRows * tileRows * panelRows;
        (int, int, long) mark = arena.Mark();
        fixed (float* panels = arena.Scratch(StripPanels * PanelBlock))
        fixed (float* sums = arena.Scratch(StripPanels * sumsLength))
        {
            for (int row = 0; row < m; row += stripRows)
            {
                int rows = Math.Min(stripRows, m - row);
                Strip strip = new() { Row = row, Rows = rows, PanelRows = panelRows, Sums = sums, SumsLength = sumsLength };
                Begin<TLanes, TVector>(strip, n, c, epilogue);
                for (int from = 0; from < k; from += depth)
                {
                    int steps = Math.Min(depth, k - from);
                    Fill<TLanes, TVector>(a, row, rows, from, steps, panelRows, panels);
                    float cap = from + depth >= k ? epilogue.Cap : 0;
                    for (int panel = 0; panel * panelRows < rows; panel++)
                        Panel<TLanes, TVector>(
                            b.Data + from * b.RowStride, b.RowStride, n, steps, panels + (nint)panel * panelRows * steps,
                            sums + (nint)panel * sumsLength, cap);
                }
                End<TLanes, TVector>(strip, n, c);
            }
        }
        arena.Release(mark);
    }

    /// <summary>All columns of B against one panel of A.</summary>
    [MethodImpl(Hot.Loop)]
    private static void Panel<TLanes, TVector>(float* b, nint stride, int n, int steps, float* panel, float* sums, float cap)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int panelVectors = WidePanel<TLanes, TVector>();
        int panelRows = panelVectors * TLanes.Width;
        int tileRows = TileRows(panelVectors);
        LeftSteps left = new(1, steps, stride, 0);
        float** pointers = stackalloc float*[MaxTileRows];
        for (int column = 0; column < n; column += tileRows)
        {
            for (int i = 0; i < tileRows; i++)
                pointers[i] = b + Math.Min(column + i, n - 1);
            float* target = sums + (nint)column * panelRows;
            if (TLanes.HasManyRegisters)
                Tile4<TLanes, TVector>(pointers, left, panel, panelRows, target, panelRows, target, panelRows, cap);
            else
                Tile2<TLanes, TVector>(pointers, left, panel, panelRows, target, panelRows, target, panelRows, cap);
        }
    }

    /// <summary>Rows of C whose sums are under way: panel by panel, [columns and a little, <see cref="PanelRows"/>].</summary>
    private readonly struct Strip
    {
        public int Row { get; init; }

        public int Rows { get; init; }

        public int PanelRows { get; init; }

        public float* Sums { get; init; }

        public int SumsLength { get; init; }

        /// <summary>Where the sums of a row of the strip begin.</summary>
        public float* At(int row) => Sums + (nint)(row / PanelRows) * SumsLength + row % PanelRows;
    }

    /// <summary>The sums before the first step: what C holds, the bias, or zero.</summary>
    private static void Begin<TLanes, TVector>(in Strip strip, int n, TargetMatrix c, MatMulEpilogue epilogue)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        float** rows = stackalloc float*[TLanes.Width];
        int stripRows = (strip.Rows + strip.PanelRows - 1) / strip.PanelRows * strip.PanelRows;
        for (int row = 0; row < stripRows; row += TLanes.Width)
        {
            float* sums = strip.At(row);
            if (epilogue.Accumulate)
            {
                for (int lane = 0; lane < TLanes.Width; lane++)
                    rows[lane] = c.Row(strip.Row + Math.Min(row + lane, strip.Rows - 1));
                TransposeKernel<TLanes, TVector, float>.ToLanes(rows, n, sums, strip.PanelRows);
            }
            else
                for (int column = 0; column < n; column++)
                    TLanes.Store(TLanes.Broadcast(epilogue.Bias == null ? 0 : epilogue.Bias[column]), sums + (nint)column * strip.PanelRows);
        }
    }

    /// <summary>The sums into their rows of C.</summary>
    private static void End<TLanes, TVector>(in Strip strip, int n, TargetMatrix c)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        float** rows = stackalloc float*[TLanes.Width];
        for (int row = 0; row < strip.Rows; row += TLanes.Width)
        {
            int used = Math.Min(TLanes.Width, strip.Rows - row);
            for (int lane = 0; lane < used; lane++)
                rows[lane] = c.Row(strip.Row + row + lane);
            TransposeKernel<TLanes, TVector, float>.FromLanes(strip.At(row), strip.PanelRows, used, n, rows);
        }
    }

    /// <summary>Rows of A into panels, [k, rows] each; lanes past the last row hold anything.</summary>
    private static void Fill<TLanes, TVector>(LeftMatrix a, int row, int rows, int from, int steps, int panelRows, float* panels)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        float* data = a.Row(row) + from * a.ColumnStride;
        if (a.RowStride == 1)
        {
            for (int step = 0; step < steps; step++, data += a.ColumnStride)
                for (int first = 0; first < rows; first += panelRows)
                {
                    float* to = panels + (nint)first * steps + (nint)step * panelRows;
                    for (int lane = 0; lane < panelRows; lane += TLanes.Width)
                        TLanes.Store(TLanes.Load(data + first + lane), to + lane);
                }
            return;
        }
        float** pointers = stackalloc float*[TLanes.Width];
        for (int first = 0; first < rows; first += TLanes.Width)
        {
            for (int lane = 0; lane < TLanes.Width; lane++)
                pointers[lane] = data + Math.Min(first + lane, rows - 1) * a.RowStride;
            TransposeKernel<TLanes, TVector, float>.ToLanes(
                pointers, steps, panels + (nint)(first / panelRows) * panelRows * steps + first % panelRows, panelRows);
        }
    }
}
