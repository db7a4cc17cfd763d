using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The way back from a signature grid of depth 2 with a channel in each lane. With D the cotangents of a cell's second level, <c>dz = Dᵀ u</c> and <c>du = D z</c> at every step;
/// then the lines are walked from their ends. The sums are those of a cell in each lane, in the same order: the same bits.</summary>
internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    private static void BackwardChannels(in GridRequest<T> request, int image)
    {
        int channels = request.Layout.Channels, window = request.Window, across = request.Width / window, steps = window * window, all = steps * channels;
        int imageLength = checked((int)request.ImageLength);
        T* columns = Workspace.Rent<T>(imageLength + 4L * all + 2 * channels * (channels + 1));
        T* before = columns + imageLength, increments = before + all, beforeGradients = increments + all, incrementGradients = beforeGradients + all;
        T* lower = incrementGradients + all, second = lower + 2 * channels, transposed = second + channels * channels;
        T* pixels = request.Images + image * request.ImageLength, gradient = request.Gradients + image * request.ImageLength;
        T* cotangent = request.Cells + (long)image * request.CellCount * 2 * request.Features;
        long right = channels, down = (long)request.Width * channels;
        T forLevels = T.One / T.CreateTruncating(window), forPoints = T.One / T.CreateTruncating(window * (window + 1));
        new Span<T>(gradient, imageLength).Clear();
        new Span<T>(columns, imageLength).Clear();
        for (int index = 0; index < request.CellCount; index++)
        {
            int row = index / across, column = index % across;
            long corner = row * window * down + column * window * right;
            Cell(corner, right, down, column == across - 1, gradient);
            Cell(corner, down, right, row == request.Height / window - 1, columns);
        }
        for (int index = 0; index < imageLength; index++)
            gradient[index] += columns[index];

        // A window of steps one way, as many lines the other way.
        void Cell(long corner, long step, long side, bool isLast, T* target)
        {
            int last = isLast ? window - 1 : window;
            for (int index = 0; index < channels; index++)
            {
                lower[index] = cotangent[index] * forPoints;
                lower[channels + index] = cotangent[channels + index] * forLevels;
            }
            cotangent += 2 * channels;
            for (int first = 0; first < channels; first++)
                for (int letter = 0; letter < channels; letter++)
                    second[first * channels + letter] = transposed[letter * channels + first] = *cotangent++ * forLevels;
            for (int channel = 0; channel < channels; channel += TLanes.Width)
                Before(pixels + corner + channel, step, side, last, window, channels, before + channel, increments + channel);
            for (int first = 0; first < channels; first += ChannelRows)
                for (int channel = 0; channel < channels; channel += TLanes.Width)
                {
                    AddProducts(increments + first, transposed + first * channels + channel, steps, channels, first > 0, beforeGradients + channel);
                    AddProducts(before + first, second + first * channels + channel, steps, channels, first > 0, incrementGradients + channel);
                }
            for (int channel = 0; channel < channels; channel += TLanes.Width)
                After(lower + channel, beforeGradients + channel, incrementGradients + channel, window, channels, target + corner + channel, step, side, last);
        }
    }

    /// <summary>Of a few channels the increments of every step of every line, and u, from the lines' ends.</summary>
    /// <param name="corner">The first point of the first line.</param>
    /// <param name="step">Numbers from a point of a line to the next.</param>
    /// <param name="side">Numbers from a line to the next.</param>
    /// <param name="last">Steps to the last point: L, or L − 1 where there is no other.</param>
    /// <param name="window">L.</param>
    /// <param name="channels">C.</param>
    /// <param name="before">[L · L, C], u, written.</param>
    /// <param name="increments">[L · L, C], z, written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Before(T* corner, long step, long side, int last, int window, int channels, T* before, T* increments)
    {
        TVector half = TLanes.Broadcast(T.One / T.CreateTruncating(2));
        for (int line = 0; line < window; line++, corner += side)
        {
            TVector here = TLanes.Load(corner), level = default;
            for (int point = 1; point <= window; point++, before += channels, increments += channels)
            {
                TVector next = TLanes.Load(corner + Math.Min(point, last) * step), z = TLanes.Subtract(next, here);
                TLanes.Store(z, increments);
                level = TLanes.Add(level, z);
                here = next;
            }
            T* u = before, back = increments;
            for (int point = 1; point <= window; point++)
            {
                u -= channels;
                back -= channels;
                TVector z = TLanes.Load(back);
                level = TLanes.Subtract(level, z);
                TLanes.Store(TLanes.MultiplyAdd(half, z, level), u);
            }
        }
    }

    /// <summary><c>sums[t] ← (continues ? sums[t] : 0) + Σₖ values[t, k] · matrix[k]</c> over eight k, in order.</summary>
    /// <param name="values">[steps, C], from the first k.</param>
    /// <param name="matrix">[8, C], from the first of the lanes.</param>
    /// <param name="steps">Of all lines.</param>
    /// <param name="channels">C.</param>
    /// <param name="continues">Whether there were others before.</param>
    /// <param name="sums">[steps, C], from the first of the lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddProducts(T* values, T* matrix, int steps, int channels, bool continues, T* sums)
    {
        TVector m0 = TLanes.Load(matrix), m1 = TLanes.Load(matrix + channels), m2 = TLanes.Load(matrix + 2 * channels), m3 = TLanes.Load(matrix + 3 * channels);
        TVector m4 = TLanes.Load(matrix + 4 * channels), m5 = TLanes.Load(matrix + 5 * channels), m6 = TLanes.Load(matrix + 6 * channels), m7 = TLanes.Load(matrix + 7 * channels);
        for (int step = 0; step < steps; step++, values += channels, sums += channels)
        {
            TVector sum = continues ? TLanes.Load(sums) : default;
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[0]), m0, sum);
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[1]), m1, sum);
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[2]), m2, sum);
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[3]), m3, sum);
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[4]), m4, sum);
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[5]), m5, sum);
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[6]), m6, sum);
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(values[7]), m7, sum);
            TLanes.Store(sum, sums);
        }
    }

    /// <summary>Of a few channels the gradients of all increments, from the lines' ends, and of the points, which are added to.</summary>
    /// <param name="lower">[2, C], the cotangents of the points and of level 1.</param>
    /// <param name="beforeGradients">[L · L, C], du.</param>
    /// <param name="incrementGradients">[L · L, C], dz so far.</param>
    /// <param name="window">L.</param>
    /// <param name="channels">C.</param>
    /// <param name="corner">The gradient of the first point of the first line.</param>
    /// <param name="step">Numbers from a point of a line to the next.</param>
    /// <param name="side">Numbers from a line to the next.</param>
    /// <param name="last">Steps to the last point.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void After(T* lower, T* beforeGradients, T* incrementGradients, int window, int channels, T* corner, long step, long side, int last)
    {
        TVector half = TLanes.Broadcast(T.One / T.CreateTruncating(2)), mean = TLanes.Load(lower);
        int end = window * channels;
        for (int line = 0; line < window; line++, corner += side, beforeGradients += end, incrementGradients += end)
        {
            TVector d = TLanes.Load(lower + channels), after = default;
            for (int point = window; point >= 0; point--)
            {
                // The step before the point brings it, the step after it takes it away.
                TVector value = mean;
                if (point > 0)
                {
                    T* dz = incrementGradients + (point - 1) * channels;
                    TVector du = TLanes.Load(beforeGradients + (point - 1) * channels);
                    TVector gradient = TLanes.MultiplyAdd(du, half, TLanes.Add(d, TLanes.Load(dz)));
                    d = TLanes.Add(d, du);
                    value = TLanes.Add(value, gradient);
                    if (point < window)
                        value = TLanes.Subtract(value, after);
                    after = gradient;
                }
                else
                {
                    value = TLanes.Subtract(value, after);
                }
                T* target = corner + Math.Min(point, last) * step;
                TLanes.Store(TLanes.Add(TLanes.Load(target), value), target);
            }
        }
    }
}
