using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ImageSig.Cli.Commands;

/// <summary>What one core can do: fused multiply-adds per second with the widest vectors, nothing loaded and nothing stored.</summary>
internal static class FusedPeak
{
    /// <summary>Independent chains: more than two units times a latency of four.</summary>
    private const int Chains = 12;

    /// <summary>Billions of fused multiply-adds a second, the best of a few short runs.</summary>
    public static double Measure(bool single)
    {
        const int Rounds = 200_000, Runs = 30;
        int lanes = (Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16) / (single ? 4 : 8);
        double best = 0;
        for (int run = 0; run < Runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            double sum = (single, Vector512.IsHardwareAccelerated, Vector256.IsHardwareAccelerated) switch
            {
                (true, true, _) => Single512(Rounds),
                (true, _, true) => Single256(Rounds),
                (true, _, _) => Single128(Rounds),
                (_, true, _) => Double512(Rounds),
                (_, _, true) => Double256(Rounds),
                _ => Double128(Rounds),
            };
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Max(best, double.IsFinite(sum) ? (double)Rounds * Chains * lanes / seconds / 1e9 : 0);
        }
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Single512(int rounds)
    {
        Vector512<float> factor = Vector512.Create(0.999f);
        Vector512<float> a = factor, b = factor, c = factor, d = factor, e = factor, f = factor, g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector512.MultiplyAddEstimate(a, factor, factor);
            b = Vector512.MultiplyAddEstimate(b, factor, factor);
            c = Vector512.MultiplyAddEstimate(c, factor, factor);
            d = Vector512.MultiplyAddEstimate(d, factor, factor);
            e = Vector512.MultiplyAddEstimate(e, factor, factor);
            f = Vector512.MultiplyAddEstimate(f, factor, factor);
            g = Vector512.MultiplyAddEstimate(g, factor, factor);
            h = Vector512.MultiplyAddEstimate(h, factor, factor);
            i = Vector512.MultiplyAddEstimate(i, factor, factor);
            j = Vector512.MultiplyAddEstimate(j, factor, factor);
            k = Vector512.MultiplyAddEstimate(k, factor, factor);
            l = Vector512.MultiplyAddEstimate(l, factor, factor);
        }
        return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Single256(int rounds)
    {
        Vector256<float> factor = Vector256.Create(0.999f);
        Vector256<float> a = factor, b = factor, c = factor, d = factor, e = factor, f = factor, g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector256.MultiplyAddEstimate(a, factor, factor);
            b = Vector256.MultiplyAddEstimate(b, factor, factor);
            c = Vector256.MultiplyAddEstimate(c, factor, factor);
            d = Vector256.MultiplyAddEstimate(d, factor, factor);
            e = Vector256.MultiplyAddEstimate(e, factor, factor);
            f = Vector256.MultiplyAddEstimate(f, factor, factor);
            g = Vector256.MultiplyAddEstimate(g, factor, factor);
            h = Vector256.MultiplyAddEstimate(h, factor, factor);
            i = Vector256.MultiplyAddEstimate(i, factor, factor);
            j = Vector256.MultiplyAddEstimate(j, factor, factor);
            k = Vector256.MultiplyAddEstimate(k, factor, factor);
            l = Vector256.MultiplyAddEstimate(l, factor, factor);
        }
        return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Single128(int rounds)
    {
        Vector128<float> factor = Vector128.Create(0.999f);
        Vector128<float> a = factor, b = factor, c = factor, d = factor, e = factor, f = factor, g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector128.MultiplyAddEstimate(a, factor, factor);
            b = Vector128.MultiplyAddEstimate(b, factor, factor);
            c = Vector128.MultiplyAddEstimate(c, factor, factor);
            d = Vector128.MultiplyAddEstimate(d, factor, factor);
            e = Vector128.MultiplyAddEstimate(e, factor, factor);
            f = Vector128.MultiplyAddEstimate(f, factor, factor);
            g = Vector128.MultiplyAddEstimate(g, factor, factor);
            h = Vector128.MultiplyAddEstimate(h, factor, factor);
            i = Vector128.MultiplyAddEstimate(i, factor, factor);
            j = Vector128.MultiplyAddEstimate(j, factor, factor);
            k = Vector128.MultiplyAddEstimate(k, factor, factor);
            l = Vector128.MultiplyAddEstimate(l, factor, factor);
        }
        return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Double512(int rounds)
    {
        Vector512<double> factor = Vector512.Create(0.999);
        Vector512<double> a = factor, b = factor, c = factor, d = factor, e = factor, f = factor, g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector512.MultiplyAddEstimate(a, factor, factor);
            b = Vector512.MultiplyAddEstimate(b, factor, factor);
            c = Vector512.MultiplyAddEstimate(c, factor, factor);
            d = Vector512.MultiplyAddEstimate(d, factor, factor);
            e = Vector512.MultiplyAddEstimate(e, factor, factor);
            f = Vector512.MultiplyAddEstimate(f, factor, factor);
            g = Vector512.MultiplyAddEstimate(g, factor, factor);
            h = Vector512.MultiplyAddEstimate(h, factor, factor);
            i = Vector512.MultiplyAddEstimate(i, factor, factor);
            j = Vector512.MultiplyAddEstimate(j, factor, factor);
            k = Vector512.MultiplyAddEstimate(k, factor, factor);
            l = Vector512.MultiplyAddEstimate(l, factor, factor);
        }
        return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Double256(int rounds)
    {
        Vector256<double> factor = Vector256.Create(0.999);
        Vector256<double> a = factor, b = factor, c = factor, d = factor, e = factor, f = factor, g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector256.MultiplyAddEstimate(a, factor, factor);
            b = Vector256.MultiplyAddEstimate(b, factor, factor);
            c = Vector256.MultiplyAddEstimate(c, factor, factor);
            d = Vector256.MultiplyAddEstimate(d, factor, factor);
            e = Vector256.MultiplyAddEstimate(e, factor, factor);
            f = Vector256.MultiplyAddEstimate(f, factor, factor);
            g = Vector256.MultiplyAddEstimate(g, factor, factor);
            h = Vector256.MultiplyAddEstimate(h, factor, factor);
            i = Vector256.MultiplyAddEstimate(i, factor, factor);
            j = Vector256.MultiplyAddEstimate(j, factor, factor);
            k = Vector256.MultiplyAddEstimate(k, factor, factor);
            l = Vector256.MultiplyAddEstimate(l, factor, factor);
        }
        return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Double128(int rounds)
    {
        Vector128<double> factor = Vector128.Create(0.999);
        Vector128<double> a = factor, b = factor, c = factor, d = factor, e = factor, f = factor, g = factor, h = factor, i = factor, j = factor, k = factor, l = factor;
        for (int round = 0; round < rounds; round++)
        {
            a = Vector128.MultiplyAddEstimate(a, factor, factor);
            b = Vector128.MultiplyAddEstimate(b, factor, factor);
            c = Vector128.MultiplyAddEstimate(c, factor, factor);
            d = Vector128.MultiplyAddEstimate(d, factor, factor);
            e = Vector128.MultiplyAddEstimate(e, factor, factor);
            f = Vector128.MultiplyAddEstimate(f, factor, factor);
            g = Vector128.MultiplyAddEstimate(g, factor, factor);
            h = Vector128.MultiplyAddEstimate(h, factor, factor);
            i = Vector128.MultiplyAddEstimate(i, factor, factor);
            j = Vector128.MultiplyAddEstimate(j, factor, factor);
            k = Vector128.MultiplyAddEstimate(k, factor, factor);
            l = Vector128.MultiplyAddEstimate(l, factor, factor);
        }
        return (a + b + c + d + e + f + g + h + i + j + k + l)[0];
    }
}
