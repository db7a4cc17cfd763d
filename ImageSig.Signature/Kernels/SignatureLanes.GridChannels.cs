using System.Runtime.CompilerServices;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Signature.Kernels;

/// <summary>The signature grid of depth 2 over lanes: a channel in each lane, as images have them side by side. Nothing is transposed, and the second level of a cell,
/// <c>Σ over lines and steps of u ⊗ z</c> with <c>u = S₁ + z/2</c> before the step, stays in registers. The sums are those of a cell in each lane, in the same order: the same bits.</summary>
internal static unsafe partial class SignatureLanes<TLanes, TVector, T>
{
    /// <summary>Rows of the second level that are summed at once.</summary>
    private const int ChannelRows = 8;

    private static void ForwardChannels(in GridRequest<T> request, int image)
    {
        int channels = request.Layout.Channels, window = request.Window, across = request.Width / window, steps = window * window;
        T* before = Workspace.Rent<T>(2L * steps * channels), increments = before + steps * channels;
        T* pixels = request.Images + image * request.ImageLength, cell = request.Cells + (long)image * request.CellCount * 2 * request.Features;
        long right = channels, down = (long)request.Width * channels;
        for (int index = 0; index < request.CellCount; index++)
        {
            int row = index / across, column = index % across;
            T* corner = pixels + row * window * down + column * window * right;
            Cell(corner, right, down, column == across - 1);
            Cell(corner, down, right, row == request.Height / window - 1);
        }

        // A window of steps one way, as many lines the other way.
        void Cell(T* corner, long step, long side, bool isLast)
        {
            for (int channel = 0; channel < channels; channel += TLanes.Width)
                Lower(corner + channel, step, side, isLast ? window - 1 : window, window, channels, before + channel, increments + channel, cell + channel);
            T* second = cell + 2 * channels;
            for (int first = 0; first < channels; first += ChannelRows)
                for (int channel = 0; channel < channels; channel += TLanes.Width)
                    SecondLevel(before + first, increments + channel, steps, channels, T.One / T.CreateTruncating(window), second + first * channels + channel);
            cell = second + channels * channels;
        }
    }

    /// <summary>Of a few channels the mean point and the mean of level 1, and for every step of every line what level 2 needs.</summary>
    /// <param name="corner">The first point of the first line.</param>
    /// <param name="step">Numbers from a point of a line to the next.</param>
    /// <param name="side">Numbers from a line to the next.</param>
    /// <param name="last">Steps to the last point: L, or L − 1 where there is no other.</param>
    /// <param name="window">L.</param>
    /// <param name="channels">C.</param>
    /// <param name="before">[L · L, C], u, written.</param>
    /// <param name="increments">[L · L, C], z, written.</param>
    /// <param name="cell">[2, C], written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Lower(T* corner, long step, long side, int last, int window, int channels, T* before, T* increments, T* cell)
    {
        TVector half = TLanes.Broadcast(T.One / T.CreateTruncating(2)), sum = default, first = default;
        for (int line = 0; line < window; line++, corner += side)
        {
            TVector here = TLanes.Load(corner), level = default;
            sum = TLanes.Add(sum, here);
            for (int point = 1; point <= window; point++, before += channels, increments += channels)
            {
                TVector next = TLanes.Load(corner + Math.Min(point, last) * step), z = TLanes.Subtract(next, here);
                sum = TLanes.Add(sum, next);
                TLanes.Store(TLanes.MultiplyAdd(half, z, level), before);
                TLanes.Store(z, increments);
                level = TLanes.Add(level, z);
                here = next;
            }
            first = TLanes.Add(first, level);
        }
        TLanes.Store(TLanes.Multiply(sum, TLanes.Broadcast(T.One / T.CreateTruncating(window * (window + 1)))), cell);
        TLanes.Store(TLanes.Multiply(first, TLanes.Broadcast(T.One / T.CreateTruncating(window))), cell + channels);
    }

    /// <summary>Eight rows of level 2, of as many letters as there are lanes: <c>scale · Σₜ u[t, row] · z[t, letter]</c>, t in order.</summary>
    /// <param name="before">[steps, C], from the first of the rows.</param>
    /// <param name="increments">[steps, C], from the first of the letters.</param>
    /// <param name="steps">Of all lines.</param>
    /// <param name="channels">C.</param>
    /// <param name="scale">One over the number of lines.</param>
    /// <param name="target">[8, C], from the first of the letters, written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SecondLevel(T* before, T* increments, int steps, int channels, T scale, T* target)
    {
        TVector zero = default, a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero;
        for (int step = 0; step < steps; step++, before += channels, increments += channels)
        {
            TVector z = TLanes.Load(increments);
            a0 = TLanes.MultiplyAdd(TLanes.Broadcast(before[0]), z, a0);
            a1 = TLanes.MultiplyAdd(TLanes.Broadcast(before[1]), z, a1);
            a2 = TLanes.MultiplyAdd(TLanes.Broadcast(before[2]), z, a2);
            a3 = TLanes.MultiplyAdd(TLanes.Broadcast(before[3]), z, a3);
            a4 = TLanes.MultiplyAdd(TLanes.Broadcast(before[4]), z, a4);
            a5 = TLanes.MultiplyAdd(TLanes.Broadcast(before[5]), z, a5);
            a6 = TLanes.MultiplyAdd(TLanes.Broadcast(before[6]), z, a6);
            a7 = TLanes.MultiplyAdd(TLanes.Broadcast(before[7]), z, a7);
        }
        TVector factor = TLanes.Broadcast(scale);
        TLanes.Store(TLanes.Multiply(TLanes.Add(zero, a0), factor), target);
        TLanes.Store(TLanes.Multiply(TLanes.Add(zero, a1), factor), target + channels);
        TLanes.Store(TLanes.Multiply(TLanes.Add(zero, a2), factor), target + 2 * channels);
        TLanes.Store(TLanes.Multiply(TLanes.Add(zero, a3), factor), target + 3 * channels);
        TLanes.Store(TLanes.Multiply(TLanes.Add(zero, a4), factor), target + 4 * channels);
        TLanes.Store(TLanes.Multiply(TLanes.Add(zero, a5), factor), target + 5 * channels);
        TLanes.Store(TLanes.Multiply(TLanes.Add(zero, a6), factor), target + 6 * channels);
        TLanes.Store(TLanes.Multiply(TLanes.Add(zero, a7), factor), target + 7 * channels);
    }
}
