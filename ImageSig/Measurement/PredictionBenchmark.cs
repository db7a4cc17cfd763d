using System.Diagnostics;
using ImageSig.Imaging;
using ImageSig.Tensors;

namespace ImageSig.Measurement;

/// <summary>How fast models answer image files, from the file to the label, and where the time goes.</summary>
internal sealed record PredictionBenchmark
{
    /// <summary>Images answered.</summary>
    public required int Frames { get; init; }

    /// <summary>The whole measurement, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Milliseconds within which half of the images were answered.</summary>
    public required double Median { get; init; }

    /// <summary>Milliseconds within which 99 of 100 were.</summary>
    public required double Percentile99 { get; init; }

    /// <summary>Milliseconds, the median of all images: reading and decoding the file.</summary>
    public required double Decode { get; init; }

    /// <summary>The same: bringing it to the models' sizes, on the way.</summary>
    public required double Resize { get; init; }

    /// <summary>The same: signatures and standardization; of models on pixels, their copy to floats.</summary>
    public required double Features { get; init; }

    /// <summary>The same: the networks and their answers.</summary>
    public required double Network { get; init; }

    /// <summary>The most memory that the process had at any time, bytes.</summary>
    public required long PeakMemory { get; init; }

    /// <summary>Bytes of managed memory allocated for an image.</summary>
    public required long Allocated { get; init; }

    /// <summary>Joules an image, of all processors with whatever else they did; null where the system does not tell.</summary>
    public required double? Joules { get; init; }

    /// <summary>Answers files in turn until the time is over; each once before.</summary>
    /// <param name="classifiers">The models.</param>
    /// <param name="files">Images that can be read.</param>
    /// <param name="duration">How long.</param>
    /// <param name="threads">How many work at the same time, each on a file of its own.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static PredictionBenchmark Run(ClassifierSet classifiers, IReadOnlyList<string> files, TimeSpan duration, int threads, CancellationToken cancellationToken)
    {
        double resizing = ShareOfResizing(classifiers, files, cancellationToken);
        List<Answered>[] taken = [.. Sequences.Range(0, threads).Select(_ => new List<Answered>())];
        int next = -1;
        long allocated = GC.GetTotalAllocatedBytes();
        EnergyMeter? energy = EnergyMeter.Start();
        long start = Stopwatch.GetTimestamp();
        ParallelLoop.For(threads, threads, Work, cancellationToken);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        double? joules = energy?.Joules();
        allocated = GC.GetTotalAllocatedBytes() - allocated;

        Answered[] all = [.. taken.SelectMany(own => own)];
        double[] ordered = [.. all.Select(one => one.Whole).Order()];
        double reading = MedianOf(all, times => times.Decode);
        using Process process = Process.GetCurrentProcess();
        return new PredictionBenchmark
        {
            Frames = all.Length,
            Seconds = elapsed.TotalSeconds,
            Median = Percentile(ordered, 0.5),
            Percentile99 = Percentile(ordered, 0.99),
            Decode = reading * (1 - resizing),
            Resize = reading * resizing,
            Features = MedianOf(all, times => times.Features),
            Network = MedianOf(all, times => times.Model),
            PeakMemory = process.PeakWorkingSet64,
            Allocated = allocated / all.Length,
            Joules = joules / all.Length,
        };

        void Work(int worker)
        {
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                string file = files[(int)((uint)Interlocked.Increment(ref next) % files.Count)];
                long begin = Stopwatch.GetTimestamp();
                PredictionTimes stages = classifiers.Together(classifiers.Predict(file));
                taken[worker].Add(new(Stopwatch.GetElapsedTime(begin).TotalMilliseconds, stages));
            }
            while (Stopwatch.GetElapsedTime(start) < duration);
        }
    }

    /// <summary>The smallest number that is not below so large a share of all.</summary>
    internal static double Percentile(ReadOnlySpan<double> ordered, double share) => ordered[Math.Max(0, (int)Math.Ceiling(share * ordered.Length) - 1)];

    private static double MedianOf(Answered[] all, Func<PredictionTimes, TimeSpan> stage) =>
        Percentile([.. all.Select(one => stage(one.Stages).TotalMilliseconds).Order()], 0.5);

    /// <summary>Of the time from a file to pictures of the models' sizes, which is one pass: the share that the sizes cost, as two passes have it, each file's shortest of a few. It warms up, too.</summary>
    private static double ShareOfResizing(ClassifierSet classifiers, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        const int MaxFiles = 64, Rounds = 5;
        double decode = 0, resize = 0;
        foreach (string file in files.Take(MaxFiles))
            foreach ((DecodeOptions decoding, FittedSize[] sizes) in classifiers.Passes)
            {
                (double shortestDecode, double shortestResize) = (double.PositiveInfinity, double.PositiveInfinity);
                for (int round = 0; round < Rounds; round++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    long start = Stopwatch.GetTimestamp();
                    Image whole = ImageReader.Load(file, decoding);
                    long middle = Stopwatch.GetTimestamp();
                    foreach (FittedSize size in sizes)
                        _ = ImageSig.Imaging.Resize.Fit(whole, size.Width, size.Height, size.Fit);
                    long end = Stopwatch.GetTimestamp();
                    shortestDecode = Math.Min(shortestDecode, Stopwatch.GetElapsedTime(start, middle).TotalMilliseconds);
                    shortestResize = Math.Min(shortestResize, Stopwatch.GetElapsedTime(middle, end).TotalMilliseconds);
                }
                decode += shortestDecode;
                resize += shortestResize;
            }
        return resize / (decode + resize);
    }

    /// <summary>One answer.</summary>
    /// <param name="Whole">Milliseconds from the file to the answer.</param>
    /// <param name="Stages">The same by stages.</param>
    private sealed record Answered(double Whole, PredictionTimes Stages);
}
