using System.Diagnostics;
using ImageSig.Imaging;
using ImageSig.Imaging.Decoders;

namespace ImageSig.Measurement;

/// <summary>Where the time of decoding goes. Milliseconds of processor time, each the shortest of several rounds.</summary>
/// <param name="Entropy">From bits to coefficients; a JPEG only.</param>
/// <param name="Transform">From coefficients to samples; a JPEG only.</param>
/// <param name="Color">Upsampling, color, writing the picture, which is in memory already; everything that is not entropy or transform.</param>
/// <param name="Resize">Area averaging to the wanted size.</param>
internal sealed record DecodeStages(double Entropy, double Transform, double Color, double Resize)
{
    /// <summary>The whole decode without the resize.</summary>
    public double Decode => Entropy + Transform + Color;

    /// <summary>Decodes a file again and again on this thread and takes the stages' times.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="width">Columns to resize to.</param>
    /// <param name="height">Rows to resize to.</param>
    /// <param name="options">As for a decode.</param>
    /// <param name="duration">How long each stage is measured.</param>
    /// <remarks>Stages run one within another, so each is measured as the difference of two decodes that go one stage further.</remarks>
    /// <exception cref="ImageFormatException">The bytes are not an image that can be read.</exception>
    public static DecodeStages Measure(byte[] file, int width, int height, DecodeOptions options, TimeSpan duration)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        Image image = Image.Decode(file, options);
        Image? picture = null;
        bool jpeg = ImageFormats.Recognize(file) == ImageFormat.Jpeg;
        double[] times = Shortest(
            duration,
            () => picture = Image.Decode(file, options, picture),
            () => ImageSig.Imaging.Resize.Area(image, width, height),
            () => Work(file, options, jpeg, JpegWork.Samples),
            () => Work(file, options, jpeg, JpegWork.Entropy));
        double samples = Math.Min(times[2], times[0]);
        double entropy = Math.Min(times[3], samples);
        return jpeg ? new(entropy, samples - entropy, times[0] - samples, times[1]) : new(0, 0, times[0], times[1]);
    }

    private static void Work(byte[] file, DecodeOptions options, bool jpeg, JpegWork work)
    {
        if (jpeg)
            JpegDecoder.Work(file, options, work);
    }

    /// <summary>The shortest time of each action: of this process's processors, not of the clock, so that a busy machine does not count.
    /// They take turns, each often enough in a row for the clock to see it.</summary>
    private static double[] Shortest(TimeSpan duration, params Action[] actions)
    {
        double[] shortest = [.. actions.Select(_ => double.PositiveInfinity)];
        int[] times = [.. actions.Select(action => (int)Math.Clamp(2 / Math.Max(Once(action), 1e-4), 1, 10_000))];
        long begin = Stopwatch.GetTimestamp();
        for (int round = 0; round < 3 || Stopwatch.GetElapsedTime(begin) < duration * actions.Length; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                TimeSpan start = Environment.CpuUsage.TotalTime;
                for (int time = 0; time < times[i]; time++)
                    actions[i]();
                shortest[i] = Math.Min(shortest[i], (Environment.CpuUsage.TotalTime - start).TotalMilliseconds / times[i]);
            }
        }
        return shortest;
    }

    private static double Once(Action action)
    {
        action();
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
