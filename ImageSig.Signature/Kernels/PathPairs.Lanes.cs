using System.Runtime.CompilerServices;
using ImageSig.Tensors;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>Many pairs at once: one path of the left batch with as many of the right batch as a register has lanes. The bits are those of one pair after the other.</summary>
internal unsafe partial struct PathPairs<T>
{
    /// <summary>Numbers of working memory from which on pairs are taken one by one: 8 MB.</summary>
    private const long MaxNumbers = 1 << 20;

    /// <summary>Every pair of <paramref name="leftBatch"/> paths with those of the right batch.</summary>
    public readonly void EvaluateAll(int leftBatch, int threads) => LaneDispatch.Run<AllWork, double>(new(this, leftBatch, threads));

    private readonly struct AllWork(PathPairs<T> pairs, int leftBatch, int threads) : ILaneWork<double>
    {
        public void Run<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector, double>
            where TVector : struct => pairs.EvaluateAll<TLanes, TVector>(leftBatch, threads);
    }

    /// <summary>The same at a width the caller names.</summary>
    internal readonly void EvaluateAll<TLanes, TVector>(int leftBatch, int threads)
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct
    {
        // Long paths one by one, so that every thread has some.
        bool isByPair = Numbers(TLanes.Width) > MaxNumbers;
        int count = checked(leftBatch * (isByPair ? RightBatch : GroupsOfRow<TLanes, TVector>()));
        // Not by ParallelLoop, whose delegate would be allocated.
        if (threads > 1 && count > 1)
            ParallelLoop.For(count, threads, isByPair ? Evaluate : EvaluateGroup<TLanes, TVector>);
        else
            for (int index = 0; index < count; index++)
                if (isByPair)
                    Evaluate(index);
                else
                    EvaluateGroup<TLanes, TVector>(index);
    }

    /// <summary>Of working memory, for a group of pairs.</summary>
    private readonly long Numbers(int width)
    {
        long columns = RightPoints - 1, lifts = IsLifted ? RightPoints : 0;
        return width * (RightVectors * Channels + lifts + columns * 2 + (columns << Order) + 1) + Channels;
    }

    /// <summary>What the lanes hold of a right path: its points where it is lifted, else its steps.</summary>
    public readonly long RightVectors => IsLifted ? RightPoints : RightPoints - 1;

    /// <summary>A number of a point where paths are lifted, else of the step from it to the next.</summary>
    public readonly double PointOrStep(T* at) => IsLifted ? double.CreateTruncating(*at) : Step(at, Channels);

    private readonly int GroupsOfRow<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct => (RightBatch + TLanes.Width - 1) / TLanes.Width;

    private readonly void EvaluateGroup<TLanes, TVector>(int group)
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct
    {
        int width = TLanes.Width, groups = GroupsOfRow<TLanes, TVector>(), row = group / groups, first = group % groups * width, count = Math.Min(width, RightBatch - first);
        if (count == 1)
            Evaluate(row * RightBatch + first);
        else if (!IsMirrored(row * RightBatch + first + count - 1))
            EvaluateLanes<TLanes, TVector>(row, first, count, Workspace.Rent<double>(Numbers(width)));
    }

    /// <summary><see cref="Evaluate"/> in every lane; lanes past the last path are dropped.</summary>
    [MethodImpl(Hot.Loop)]
    private readonly void EvaluateLanes<TLanes, TVector>(int row, int first, int count, double* memory)
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct
    {
        int width = TLanes.Width, columns = RightPoints - 1, parts = 1 << Order, numbers = (int)RightVectors * Channels;
        double* rights = memory, sums = rights + (nint)numbers * width, corners = sums + (nint)columns * width, line = corners + (nint)columns * width, lefts = line + ((nint)columns * parts + 1) * width, lifts = lefts + Channels;
        LoadRights(first, count, rights, width);
        new Span<double>(line, checked((columns * parts + 1) * width)).Fill(1);
        T* left = Left + (long)row * LeftPoints * Channels;
        // Lifted, a step needs both of its ends, and the first point is no step's end.
        for (int point = IsLifted ? 0 : 1; point < LeftPoints; point++, left += Channels)
        {
            for (int channel = 0; channel < Channels; channel++)
                lefts[channel] = PointOrStep(left + channel);
            if (IsLifted)
                LiftedFactorLanes<TLanes, TVector>(lefts, rights, lifts, sums, corners, columns);
            else
                FactorLanes<TLanes, TVector>(lefts, rights, sums, corners, columns);
            for (int part = 0; part < parts && point > 0; part++)
                NextLineLanes<TLanes, TVector>(line, line, sums, corners, columns, parts);
        }
        for (int lane = 0; lane < count; lane++)
            Write(row * RightBatch + first + lane, line[(nint)columns * parts * width + lane]);
    }

    /// <summary>The points or steps of <paramref name="count"/> right paths, side by side; lanes past the last path repeat it.</summary>
    public readonly void LoadRights(int first, int count, double* rights, int width)
    {
        long numbers = RightVectors * Channels;
        for (int lane = 0; lane < width; lane++)
        {
            T* right = Right + (long)(first + Math.Min(lane, count - 1)) * RightPoints * Channels;
            for (long number = 0; number < numbers; number++)
                rights[number * width + lane] = PointOrStep(right + number);
        }
    }

    /// <summary><see cref="Product"/> and <see cref="Factors"/> of one step of the left path with every step of the others.</summary>
    [MethodImpl(Hot.Loop)]
    private readonly void FactorLanes<TLanes, TVector>(double* lefts, double* rights, double* sums, double* corners, int columns)
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct
    {
        int width = TLanes.Width, channels = Channels;
        // A power of two, so that this multiplication is that division.
        TVector share = TLanes.Broadcast(1.0 / (1L << (2 * Order)));
        for (int column = 0; column < columns; column++, sums += width, corners += width)
        {
            TVector product = TLanes.Broadcast(0);
            for (int channel = 0; channel < channels; channel++, rights += width)
                product = TLanes.Add(product, TLanes.Multiply(TLanes.Broadcast(lefts[channel]), TLanes.Load(rights)));
            StoreFactors<TLanes, TVector>(product, share, sums, corners);
        }
    }

    /// <summary><see cref="Factors"/> in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreFactors<TLanes, TVector>(TVector product, TVector share, double* sum, double* corner)
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct
    {
        TVector one = TLanes.Broadcast(1), half = TLanes.Broadcast(0.5), twelve = TLanes.Broadcast(12);
        TVector g = TLanes.Multiply(product, share), twelfth = TLanes.Divide(TLanes.Multiply(g, g), twelve);
        TLanes.Store(TLanes.Add(TLanes.Add(one, TLanes.Multiply(g, half)), twelfth), sum);
        TLanes.Store(TLanes.Subtract(one, twelfth), corner);
    }

    /// <summary>A line of the fine grid by that above it, which it may overwrite.</summary>
    [MethodImpl(Hot.Loop)]
    public static void NextLineLanes<TLanes, TVector>(double* previous, double* line, double* sums, double* corners, int columns, int parts)
        where TLanes : struct, ILanes<TVector, double>
        where TVector : struct
    {
        int width = TLanes.Width;
        TVector here = TLanes.Load(previous), diagonal = here;
        TLanes.Store(here, line);
        for (int column = 0; column < columns; column++, sums += width, corners += width)
        {
            TVector sum = TLanes.Load(sums), corner = TLanes.Load(corners);
            for (int part = 0; part < parts; part++)
            {
                TVector above = TLanes.Load(previous += width);
                here = TLanes.Subtract(TLanes.Multiply(TLanes.Add(here, above), sum), TLanes.Multiply(diagonal, corner));
                diagonal = above;
                TLanes.Store(here, line += width);
            }
        }
    }
}
