using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Tensors.Kernels;

/// <summary>The one matrix product: <c>C[i, j] = start + Σₖ A[i, k] · B[k, j]</c>, k in index order, each step fused.</summary>
/// <remarks>A register lane holds one output, so the order of summation is that of the plain loop for every width, tile and block
/// size: all of these can be tuned without changing a bit. Mostly lanes are neighboring columns: B is packed into panels of a few registers'
/// columns, padded with zeros, unless one panel holds it or it is small and swept once. What is read where it lies is read past the end of rows and up to
/// <see cref="AlignedMemory.Slack"/> floats past its own. Sums are kept in registers for a block of k and then continue from C.</remarks>
internal static unsafe partial class MatMulKernel
{
    /// <summary>Rows of the largest tile.</summary>
    private const int MaxTileRows = 12;

    /// <summary>Floats of the largest tile: eight rows by three registers of 512 bits.</summary>
    private const int MaxTileFloats = 8 * 3 * 16;

    /// <summary>Floats of a panel of B that are swept per tile: 64 KB, to stay in the second-level cache.</summary>
    private const int PanelBlock = 16384;

    /// <summary>Floats of a B of several panels that is used where it lies: 128 KB. Rows of a larger one, far apart, would push each other out of the caches.</summary>
    private const int InPlace = 2 * PanelBlock;

    /// <summary>Rows after which the next block of k is taken: their share of A stays in the second-level cache.</summary>
    internal const int RowBlock = 192;

    /// <summary>Below this many rows they are taken one by one: most of a tile would be repeated rows.</summary>
    private const int MinTileRows = 4;

    /// <summary>Registers across a panel that is as wide as the sums of a tile allow.</summary>
    private static int WidePanel<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => TLanes.HasManyRegisters ? 4 : 2;

    /// <summary>Registers across a panel of B that so many columns are left for: as few as hold them.</summary>
    private static int PanelVectors<TLanes, TVector>(int columns)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => Math.Min(Registers<TLanes, TVector>(columns), WidePanel<TLanes, TVector>());

    /// <summary>Registers that hold so many columns.</summary>
    private static int Registers<TLanes, TVector>(int columns)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => (columns + TLanes.Width - 1) / TLanes.Width;

    /// <summary>So many columns and the empty lanes behind them.</summary>
    private static int Padded<TLanes, TVector>(int columns)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => Registers<TLanes, TVector>(columns) * TLanes.Width;

    /// <summary>Rows of a tile whose panel is so many registers wide.</summary>
    private static int TileRows(int panelVectors) => panelVectors switch { 4 => 5, 3 => 8, 2 => 6, _ => 12 };

    /// <summary>Writes the product of A [m, k] and B [k, n] to <paramref name="c"/> [m, n].</summary>
    /// <param name="m">1 or more, as are n and k.</param>
    /// <param name="arena">For the packed panels; given back on return.</param>
    public static void Multiply(
        int m, int n, int k, LeftMatrix a, RightMatrix b, TargetMatrix c, MatMulEpilogue epilogue, TensorArena arena) =>
        LaneDispatch.RunFew<MultiplyWork, float>(new(m, n, k, a, b, c, epilogue, arena), PutsRowsInLanes(m, n, k, a, b, Padded<Lanes256<float>, Vector256<float>>(n)) ? m : n);

    private readonly struct MultiplyWork(
        int m, int n, int k, LeftMatrix a, RightMatrix b, TargetMatrix c, MatMulEpilogue epilogue, TensorArena arena) : ILaneWork<float>
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, float>
            where TVector : struct => Multiply<TLanes, TVector>(m, n, k, a, b, c, epilogue, arena);
    }

    /// <summary>The same at a width the caller names.</summary>
    [MethodImpl(Hot.Loop)]
    internal static void Multiply<TLanes, TVector>(
        int m, int n, int k, LeftMatrix a, RightMatrix b, TargetMatrix c, MatMulEpilogue epilogue, TensorArena arena)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        if (PutsRowsInLanes(m, n, k, a, b, Padded<TLanes, TVector>(n)))
            RowsInLanes<TLanes, TVector>(m, n, k, a, b, c, epilogue, arena);
        else if (m < MinTileRows && b.ColumnStride == 1 && a.ColumnsPerGroup == int.MaxValue)
            FewRows<TLanes, TVector>(m, n, k, a, b, c, epilogue);
        else
            Blocked<TLanes, TVector>(m, n, k, a, b, c, epilogue, arena);
    }

    [MethodImpl(Hot.Loop)]
    private static void Blocked<TLanes, TVector>(
        int m, int n, int k, LeftMatrix a, RightMatrix b, TargetMatrix c, MatMulEpilogue epilogue, TensorArena arena)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int panelColumns = PanelVectors<TLanes, TVector>(n) * TLanes.Width;
        int panels = (n + panelColumns - 1) / panelColumns;
        // With one block of rows each piece of a panel is swept once, so it need not be kept.
        bool keepsPanels = m > RowBlock;
        // A B of one panel, or a small one that is swept once, is used where it lies; lanes past its columns compute with what stands there, and are dropped.
        bool isInPlace = b.ColumnStride == 1 && (panels == 1 || (!keepsPanels && k * b.RowStride <= InPlace));
        int depth = Math.Max(1, PanelBlock / panelColumns);
        (int, int, long) mark = arena.Mark();
        fixed (float* scratch = arena.Scratch(isInPlace ? 1 : checked(keepsPanels ? panels * panelColumns * k : panelColumns * Math.Min(depth, k))))
        fixed (float* start = arena.Scratch(panels * panelColumns))
        fixed (float* edge = arena.Scratch((Math.Min(m, RowBlock) + MaxTileRows) * panelColumns))
        {
            if (!isInPlace && keepsPanels)
                for (int panel = 0; panel < panels; panel++)
                    Pack(n, b, panel * panelColumns, PanelVectors<TLanes, TVector>(n - panel * panelColumns) * TLanes.Width, 0, k, scratch + (nint)panel * panelColumns * k);
            new Span<float>(start, panels * panelColumns).Clear();
            if (epilogue.Bias != null)
                new Span<float>(epilogue.Bias, n).CopyTo(new Span<float>(start, n));

            for (int row = 0; row < m; row += RowBlock)
            {
                int rows = Math.Min(RowBlock, m - row);
                int steps;
                for (int from = 0; from < k; from += steps)
                {
                    steps = Math.Min(a.Steps(from, depth), k - from);
                    bool isLast = from + steps == k;
                    MatMulPass pass = new()
                    {
                        Row = row,
                        Rows = rows,
                        Steps = steps,
                        IsFirst = from == 0,
                        IsLast = isLast,
                        Continues = from > 0 || epilogue.Accumulate,
                        Cap = isLast ? epilogue.Cap : 0,
                    };
                    LeftMatrix left = a.From(from);
                    for (int panel = 0; panel < panels; panel++)
                    {
                        int column = panel * panelColumns;
                        // The last panel takes no more registers than its columns need.
                        int vectors = PanelVectors<TLanes, TVector>(n - column);
                        nint step = isInPlace ? b.RowStride : vectors * TLanes.Width;
                        float* piece = isInPlace ? b.Data + from * step + column : keepsPanels ? scratch + (nint)panel * panelColumns * k + from * step : scratch;
                        if (!isInPlace && !keepsPanels)
                            Pack(n, b, column, vectors * TLanes.Width, from, steps, piece);
                        Rows<TLanes, TVector>(
                            pass, left, piece, step, vectors, c, column, Math.Min(panelColumns, n - column), edge, start + column);
                    }
                }
            }
        }
        arena.Release(mark);
    }

    /// <summary>Which rows and which k one sweep over a panel covers.</summary>
    private readonly struct MatMulPass
    {
        public int Row { get; init; }

        public int Rows { get; init; }

        public int Steps { get; init; }

        public bool IsFirst { get; init; }

        public bool IsLast { get; init; }

        /// <summary>Whether sums begin with those of an earlier pass, or with what C held.</summary>
        public bool Continues { get; init; }

        public float Cap { get; init; }
    }

    /// <summary>One panel of B against a block of rows. A panel that C has not all columns for is summed in <paramref name="edge"/>,
    /// a tile with rows missing or from two groups in a buffer of its own.</summary>
    [MethodImpl(Hot.Loop)]
    private static void Rows<TLanes, TVector>(
        in MatMulPass pass, LeftMatrix a, float* panel, nint panelStep, int panelVectors,
        TargetMatrix c, int column, int columns, float* edge, float* start)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int panelColumns = panelVectors * TLanes.Width;
        bool isWhole = columns == panelColumns;
        int wholeTile = TileRows(panelVectors);
        LeftSteps left = a.Walk(pass.Steps);
        float** pointers = stackalloc float*[MaxTileRows];
        float* partial = stackalloc float[MaxTileFloats];
        for (int tile = 0; tile < pass.Rows; tile += wholeTile)
        {
            int first = pass.Row + tile;
            int tileRows = Math.Min(wholeTile, pass.Rows - tile);
            a.Rows(first, tileRows, pointers);
            // Rows past the last repeat it, so that the tile is always full; their sums are dropped.
            for (int i = tileRows; i < wholeTile; i++)
                pointers[i] = pointers[tileRows - 1];

            bool isDirect = isWhole && tileRows == wholeTile && c.IsEven(first, first + wholeTile - 1);
            float* target = isDirect ? c.Row(first) + column : isWhole ? partial : edge + (nint)tile * panelColumns;
            nint targetStride = isDirect ? c.RowStride : panelColumns;
            if (!isDirect && pass.Continues && (isWhole || pass.IsFirst))
                for (int i = 0; i < tileRows; i++)
                    Copy(c.Row(first + i) + column, target + i * targetStride, columns);

            float* origin = pass.Continues ? target : start;
            nint originStride = pass.Continues ? targetStride : 0;
            if (panelVectors == 4)
                Tile4<TLanes, TVector>(pointers, left, panel, panelStep, origin, originStride, target, targetStride, pass.Cap);
            else if (panelVectors == 3)
                Tile3<TLanes, TVector>(pointers, left, panel, panelStep, origin, originStride, target, targetStride, pass.Cap);
            else if (panelVectors == 2)
                Tile2<TLanes, TVector>(pointers, left, panel, panelStep, origin, originStride, target, targetStride, pass.Cap);
            else
                Tile1<TLanes, TVector>(pointers, left, panel, panelStep, origin, originStride, target, targetStride, pass.Cap);
            if (!isDirect && (isWhole || pass.IsLast))
                for (int i = 0; i < tileRows; i++)
                    Copy(target + i * targetStride, c.Row(first + i) + column, columns);
        }
    }

    private static void Copy(float* source, float* destination, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(destination, count));

    /// <summary>A piece of B as a panel: for each k the columns from <paramref name="column"/> on, zeros past the last.</summary>
    private static void Pack(int n, RightMatrix b, int column, int panelColumns, int from, int steps, float* to)
    {
        int columns = Math.Min(panelColumns, n - column);
        float* data = b.Data + from * b.RowStride + column * b.ColumnStride;
        for (int step = 0; step < steps; step++, to += panelColumns, data += b.RowStride)
        {
            if (b.ColumnStride == 1)
                new ReadOnlySpan<float>(data, columns).CopyTo(new Span<float>(to, columns));
            else
                for (int j = 0; j < columns; j++)
                    to[j] = data[j * b.ColumnStride];
            if (columns < panelColumns)
                new Span<float>(to + columns, panelColumns - columns).Clear();
        }
    }
}
