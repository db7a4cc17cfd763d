using System.Runtime.ExceptionServices;

namespace ImageSig.Tensors;

/// <summary>Loops on several threads, or plain ones where one is enough, out of which the first failure comes as it is: a sample that cannot be read is the caller's affair, not in a wrapping that depends on the threads.</summary>
internal static class ParallelLoop
{
    /// <summary>Does work 0 … <paramref name="count"/> − 1.</summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="work">Given the number.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static void For(int count, int threads, Action<int> work, CancellationToken cancellationToken = default) =>
        For(count, threads, () => true, (number, _) => work(number), cancellationToken);

    /// <summary>The same with something that each thread has for itself, such as a buffer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="own">Makes it.</param>
    /// <param name="work">Given the number, and what is the thread's own.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static void For<T>(int count, int threads, Func<T> own, Action<int, T> work, CancellationToken cancellationToken)
    {
        if (threads <= 1 || count <= 1)
        {
            RunHere(count, own, work, cancellationToken);
            return;
        }
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        try
        {
            Parallel.For(
                0, count, options, own,
                (number, _, mine) =>
                {
                    work(number, mine);
                    return mine;
                },
                _ => { });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private static void RunHere<T>(int count, Func<T> own, Action<int, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (count == 0)
            return;
        T mine = own();
        for (int number = 0; number < count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            work(number, mine);
        }
    }
}
