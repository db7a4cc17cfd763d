using System.Runtime.ExceptionServices;

namespace ImageSig.Signature.Kernels;

/// <summary>Threads that take turns at pieces of work. What one of them throws comes out as it is, as it does with one thread.</summary>
internal static class Turns
{
    /// <summary>Does pieces 0 … <paramref name="count"/> − 1.</summary>
    public static void Take(int count, int threads, Action<int> piece)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, piece);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }
}
