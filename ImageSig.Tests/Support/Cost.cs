using System.Diagnostics;
using System.Globalization;

namespace ImageSig.Tests.Support;

/// <summary>What a piece of work took on the thread that did it.</summary>
/// <param name="Thrown">What it threw, or null.</param>
/// <param name="Bytes">Bytes allocated, freed ones with them: more than were ever held.</param>
/// <param name="Time">Processor time, so that what else the machine does does not count; the clock's where the system does not tell.</param>
internal readonly record struct Cost(Exception? Thrown, long Bytes, TimeSpan Time)
{
    /// <summary>Does the work.</summary>
    public static Cost Of(Action work)
    {
        long bytes = GC.GetAllocatedBytesForCurrentThread();
        TimeSpan start = OfThisThread();
        Exception? thrown = Record.Exception(work);
        TimeSpan time = OfThisThread() - start;
        return new(thrown, GC.GetAllocatedBytesForCurrentThread() - bytes, time);
    }

    /// <summary>Bytes that the work allocates on this thread: the median of nine turns, since a collection that another test causes is now and then counted here,
    /// and what shared pools hold may be gone after one.</summary>
    public static long UsualBytes(Action work)
    {
        long[] bytes = new long[9];
        for (int turn = 0; turn < bytes.Length; turn++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            bytes[turn] = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Array.Sort(bytes);
        return bytes[bytes.Length / 2];
    }

    private static TimeSpan OfThisThread()
    {
        const string Linux = "/proc/thread-self/schedstat";
        return File.Exists(Linux)
            ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Linux).Split(' ')[0], CultureInfo.InvariantCulture) / 1000.0)
            : Stopwatch.GetElapsedTime(0);
    }
}
