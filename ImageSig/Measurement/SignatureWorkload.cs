using System.Diagnostics;
using System.Numerics;
using ImageSig.Signature;

namespace ImageSig.Measurement;

/// <summary>A shape that people compare signature libraries by: B paths of T uniform random points in C dimensions, to depth N.</summary>
internal sealed record SignatureWorkload(string Name, int Batch, int Length, int Channels, int Depth)
{
    private const int MinRuns = 5;
    private const int MaxRuns = 400;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    /// <summary>S1 is 256 images of 64x64: their rows as paths.</summary>
    public static IReadOnlyList<SignatureWorkload> All { get; } =
    [
        new("S1_d1", 16384, 64, 3, 1), new("S1_d2", 16384, 64, 3, 2), new("S1_d3", 16384, 64, 3, 3),
        new("S1_d4", 16384, 64, 3, 4), new("S1_d5", 16384, 64, 3, 5), new("S1_d6", 16384, 64, 3, 6),
        new("S3a_b32_l128_c4_d7", 32, 128, 4, 7), new("S3b_b128_l256_c4_d6", 128, 256, 4, 6),
        new("S3c_b128_l512_c8_d5", 128, 512, 8, 5), new("S3d_b128_l1024_c16_d4", 128, 1024, 16, 4),
        new("S3e_b1_l1024_c5_d5", 1, 1024, 5, 5),
        new("S5a_b32_l128_c4_d6", 32, 128, 4, 6), new("S5b_b32_l128_c3_d8", 32, 128, 3, 8),
    ];

    public static IReadOnlyList<string> Passes { get; } = ["forward", "logsignature", "backward"];

    /// <summary>Fused multiply-adds of a pass: of the fused multiply-exponentiate (the logarithm adds little and is not counted), and on the
    /// way back of the replay of levels below N, and of the steps taken back.</summary>
    public double FusedOperations(string pass)
    {
        SignatureLayout layout = new(Channels, Depth);
        double perStep = layout.StepMultiplyAdds;
        if (pass == "backward")
        {
            // Each level below the last: Depth − level multiply-adds of the replay, and three times those of the step.
            perStep = 2 * layout.LevelLength(Depth);
            for (int level = 1; level < Depth; level++)
                perStep += layout.LevelLength(level) * (double)(4 * (Depth - level) + 3);
        }
        return perStep * (Length - 1) * Batch;
    }

    /// <summary>The shortest and the median run, milliseconds.</summary>
    public (double Min, double Median) Measure<T>(string pass, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Action run = Prepare<T>(pass, threads);
        List<double> times = [];
        Stopwatch whole = Stopwatch.StartNew();
        while (times.Count < MinRuns || (times.Count < MaxRuns && whole.Elapsed < Budget))
        {
            long start = Stopwatch.GetTimestamp();
            run();
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        times.Sort();
        return (times[0], times[times.Count / 2]);
    }

    /// <summary>One pass over the workload's paths, ready to run again and again.</summary>
    public Action Prepare<T>(string pass, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(12345);
        T[] paths = new T[Batch * Length * Channels];
        for (int index = 0; index < paths.Length; index++)
            paths[index] = T.CreateTruncating(random.NextDouble());
        if (pass == "logsignature")
        {
            LogSignatureTransform logarithm = new(Channels, Depth, LogSignatureBasis.Words);
            T[] logs = new T[Batch * logarithm.Length];
            return () => logarithm.Forward<T>(paths, Batch, Length, default, logs, threads);
        }
        SignatureTransform signature = new(Channels, Depth);
        T[] signatures = new T[Batch * signature.Layout.Length];
        if (pass == "forward")
            return () => signature.Forward<T>(paths, Batch, Length, default, signatures, threads);
        Array.Fill(signatures, T.One);
        T[] gradients = new T[paths.Length];
        return () => signature.Backward<T>(paths, Batch, Length, default, signatures, new PathGradients<T> { Paths = gradients }, threads);
    }
}
