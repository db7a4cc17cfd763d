using System.Runtime.CompilerServices;

namespace ImageSig.Tensors.Kernels;

/// <summary>Sums over the taps of a kernel, channel by channel: <c>to[y, x, c] = cut(start[c] + Σ from[…, c] · taps[ky, kx, c])</c>, taps in index order, each
/// step fused.</summary>
/// <remarks>A lane is a channel, so the order of additions is that of the plain loop at any width. What a last register holds past the last
/// channel is computed from what stands behind, and dropped.</remarks>
internal static unsafe class DepthwiseKernel
{
    /// <summary>Targets of one run that are summed together: each tap's weights are then loaded once for all.</summary>
    private const int Tile = 4;

    /// <summary>Writes one image.</summary>
    /// <param name="rows">Vertically.</param>
    /// <param name="columns">Horizontally.</param>
    /// <param name="image">Where.</param>
    public static void Run(TapAxis rows, TapAxis columns, DepthwiseImage image) => LaneDispatch.Run<Work, float>(new(rows, columns, image));

    /// <summary>The same at a width the caller names.</summary>
    internal static void Run<TLanes, TVector>(TapAxis rows, TapAxis columns, DepthwiseImage image)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int channels = image.Channels;
        for (int y = 0; y < rows.Targets; y++)
        {
            (int firstRow, int rowCount, int sourceRow) = rows.At(y);
            for (int phase = 0; phase < columns.TargetStep; phase++)
            {
                int run;
                for (int x = phase; x < columns.Targets; x += run * columns.TargetStep)
                {
                    (int firstColumn, int columnCount, int sourceColumn) = columns.At(x);
                    run = columns.Run(x);
                    DepthwiseRun work = new()
                    {
                        Target = image.Target + ((nint)y * image.TargetColumns + x) * channels,
                        TargetStep = (nint)columns.TargetStep * channels,
                        Source = image.Source + ((nint)sourceRow * image.SourceColumns + sourceColumn) * channels,
                        SourceStep = (nint)columns.SourceStep * channels,
                        Weight = image.Weight + ((nint)firstRow * image.KernelColumns + firstColumn) * channels,
                        Rows = rowCount,
                        Columns = columnCount,
                        RowSourceStep = (nint)rows.TapSourceStep * image.SourceColumns * channels,
                        RowWeightStep = (nint)rows.TapStep * image.KernelColumns * channels,
                        ColumnSourceStep = (nint)columns.TapSourceStep * channels,
                        ColumnWeightStep = (nint)columns.TapStep * channels,
                    };
                    Sum<TLanes, TVector>(work, run, image);
                }
            }
        }
    }

    /// <summary>Targets that take the same taps.</summary>
    private readonly struct DepthwiseRun
    {
        public float* Target { get; init; }

        public nint TargetStep { get; init; }

        public float* Source { get; init; }

        public nint SourceStep { get; init; }

        public float* Weight { get; init; }

        public int Rows { get; init; }

        public int Columns { get; init; }

        public nint RowSourceStep { get; init; }

        public nint RowWeightStep { get; init; }

        public nint ColumnSourceStep { get; init; }

        public nint ColumnWeightStep { get; init; }
    }

    [MethodImpl(Hot.Loop)]
    private static void Sum<TLanes, TVector>(in DepthwiseRun run, int count, in DepthwiseImage image)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int rows = run.Rows, columns = run.Columns;
        nint sourceStep = run.SourceStep, targetStep = run.TargetStep;
        nint rowSource = run.RowSourceStep, rowWeight = run.RowWeightStep, columnSource = run.ColumnSourceStep, columnWeight = run.ColumnWeightStep;
        float cap = image.Cap;
        TVector most = TLanes.Broadcast(cap > 0 ? cap : float.PositiveInfinity);
        TVector least = TLanes.Broadcast(cap > 0 ? 0 : float.NegativeInfinity);
        for (int channel = 0; channel < image.Channels; channel += TLanes.Width)
        {
            int lanes = Math.Min(TLanes.Width, image.Channels - channel);
            TVector start = image.Start == null ? TLanes.Broadcast(0) : TLanes.Load(image.Start + channel);
            for (int first = 0; first < count; first += Tile)
            {
                // Those of a tile past the last repeat it.
                int last = count - 1;
                float* x0 = run.Source + channel + first * sourceStep;
                float* x1 = run.Source + channel + Math.Min(first + 1, last) * sourceStep;
                float* x2 = run.Source + channel + Math.Min(first + 2, last) * sourceStep;
                float* x3 = run.Source + channel + Math.Min(first + 3, last) * sourceStep;
                float* w = run.Weight + channel;
                TVector s0 = start, s1 = start, s2 = start, s3 = start;
                for (int ky = 0; ky < rows; ky++)
                {
                    nint from = ky * rowSource;
                    float* weight = w + ky * rowWeight;
                    for (int kx = 0; kx < columns; kx++)
                    {
                        TVector tap = TLanes.Load(weight);
                        s0 = TLanes.MultiplyAdd(TLanes.Load(x0 + from), tap, s0);
                        s1 = TLanes.MultiplyAdd(TLanes.Load(x1 + from), tap, s1);
                        s2 = TLanes.MultiplyAdd(TLanes.Load(x2 + from), tap, s2);
                        s3 = TLanes.MultiplyAdd(TLanes.Load(x3 + from), tap, s3);
                        from += columnSource;
                        weight += columnWeight;
                    }
                }
                float* target = run.Target + channel + first * targetStep;
                Store<TLanes, TVector>(Cut<TLanes, TVector>(s0, least, most), target, lanes);
                if (first + 1 < count)
                    Store<TLanes, TVector>(Cut<TLanes, TVector>(s1, least, most), target + targetStep, lanes);
                if (first + 2 < count)
                    Store<TLanes, TVector>(Cut<TLanes, TVector>(s2, least, most), target + 2 * targetStep, lanes);
                if (first + 3 < count)
                    Store<TLanes, TVector>(Cut<TLanes, TVector>(s3, least, most), target + 3 * targetStep, lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Cut<TLanes, TVector>(TVector value, TVector least, TVector most)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct => TLanes.Minimum(TLanes.Maximum(value, least), most);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes, TVector>(TVector value, float* target, int lanes)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        if (lanes == TLanes.Width)
            TLanes.Store(value, target);
        else
            StorePart<TLanes, TVector>(value, target, lanes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void StorePart<TLanes, TVector>(TVector value, float* target, int lanes)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        float* whole = stackalloc float[16];
        TLanes.Store(value, whole);
        new ReadOnlySpan<float>(whole, lanes).CopyTo(new Span<float>(target, lanes));
    }

    private readonly struct Work(TapAxis rows, TapAxis columns, DepthwiseImage image) : ILaneWork<float>
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, float>
            where TVector : struct => DepthwiseKernel.Run<TLanes, TVector>(rows, columns, image);
    }

    /// <summary><c>dw[ky, kx, c] += Σ slope[i, j, c] · x[i·stride + ky − p, j·stride + kx − q, c]</c> of one image: columns j in four sums by j mod 4 from the
    /// first, rows in order.</summary>
    /// <param name="rows">Forward, vertically.</param>
    /// <param name="columns">Forward, horizontally.</param>
    /// <param name="image">Sources are the inputs, targets the gradients of the outputs (read), weights the gradient (written).</param>
    /// <param name="kernelRows">Taps vertically.</param>
    public static void AddWeightGradient(TapAxis rows, TapAxis columns, DepthwiseImage image, int kernelRows) =>
        LaneDispatch.Run<WeightWork, float>(new(rows, columns, image, kernelRows));

    /// <summary>The same at a width the caller names.</summary>
    [MethodImpl(Hot.Loop)]
    internal static void AddWeightGradient<TLanes, TVector>(TapAxis rows, TapAxis columns, in DepthwiseImage image, int kernelRows)
        where TLanes : struct, ILanes<TVector, float>
        where TVector : struct
    {
        int channels = image.Channels;
        nint slopeStep = channels, inputStep = (nint)columns.SourceStep * channels;
        for (int tap = 0; tap < kernelRows * image.KernelColumns; tap++)
        {
            int ky = tap / image.KernelColumns, kx = tap % image.KernelColumns;
            (int firstRow, int endRow) = rows.TargetsOf(ky);
            (int firstColumn, int endColumn) = columns.TargetsOf(kx);
            for (int channel = 0; channel < channels; channel += TLanes.Width)
            {
                float* weight = image.Weight + (nint)tap * channels + channel;
                TVector s0 = TLanes.Load(weight);
                TVector s1 = TLanes.Broadcast(0), s2 = s1, s3 = s1;
                for (int i = firstRow; i < endRow; i++)
                {
                    float* slope = image.Target + ((nint)i * image.TargetColumns + firstColumn) * channels + channel;
                    float* input = image.Source + ((nint)rows.SourceOf(i, ky) * image.SourceColumns + columns.SourceOf(firstColumn, kx)) * channels + channel;
                    int j = firstColumn;
                    for (; j + 4 <= endColumn; j += 4, slope += 4 * slopeStep, input += 4 * inputStep)
                    {
                        s0 = TLanes.MultiplyAdd(TLanes.Load(slope), TLanes.Load(input), s0);
                        s1 = TLanes.MultiplyAdd(TLanes.Load(slope + slopeStep), TLanes.Load(input + inputStep), s1);
                        s2 = TLanes.MultiplyAdd(TLanes.Load(slope + 2 * slopeStep), TLanes.Load(input + 2 * inputStep), s2);
                        s3 = TLanes.MultiplyAdd(TLanes.Load(slope + 3 * slopeStep), TLanes.Load(input + 3 * inputStep), s3);
                    }
                    for (; j < endColumn; j++, slope += slopeStep, input += inputStep)
                        s0 = TLanes.MultiplyAdd(TLanes.Load(slope), TLanes.Load(input), s0);
                }
                Store<TLanes, TVector>(TLanes.Add(TLanes.Add(s0, s1), TLanes.Add(s2, s3)), weight, Math.Min(TLanes.Width, channels - channel));
            }
        }
    }

    private readonly struct WeightWork(TapAxis rows, TapAxis columns, DepthwiseImage image, int kernelRows) : ILaneWork<float>
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, float>
            where TVector : struct => AddWeightGradient<TLanes, TVector>(rows, columns, image, kernelRows);
    }
}

/// <summary>One image of a convolution channel by channel: [rows, columns, C] read and written, taps [Ky, Kx, C].</summary>
internal readonly unsafe struct DepthwiseImage
{
    public required float* Source { get; init; }

    public required int SourceColumns { get; init; }

    public required float* Target { get; init; }

    public required int TargetColumns { get; init; }

    public required float* Weight { get; init; }

    public required int KernelColumns { get; init; }

    public required int Channels { get; init; }

    /// <summary>[C], what each sum begins with, or null for zero.</summary>
    public float* Start { get; init; }

    /// <summary>As <see cref="MatMulEpilogue.Cap"/>.</summary>
    public float Cap { get; init; }
}
