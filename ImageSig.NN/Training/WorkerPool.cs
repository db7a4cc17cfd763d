using System.Runtime.ExceptionServices;

namespace ImageSig.NN;

/// <summary>Work for <see cref="WorkerPool"/>, told apart by number.</summary>
internal interface IParallelWork
{
    public void Run(int number);
}

/// <summary>A fixed number of threads that do numbered pieces of work together; the caller is one of them. Allocates nothing per run.</summary>
/// <remarks>Piece i is always done by worker i mod threads, so that each worker can own memory.</remarks>
internal sealed class WorkerPool : IDisposable
{
    private readonly Thread[] threads;
    private readonly SemaphoreSlim[] starts;
    private readonly CountdownEvent finished;
    private readonly Lock errorLock = new();
    private IParallelWork? work;
    private int pieces;
    private bool isDisposed;
    private Exception? error;

    public WorkerPool(int count)
    {
        Count = count;
        threads = new Thread[count - 1];
        starts = new SemaphoreSlim[count - 1];
        finished = new CountdownEvent(Math.Max(1, count - 1));
        for (int i = 0; i < threads.Length; i++)
        {
            int worker = i + 1;
            starts[i] = new SemaphoreSlim(0);
            threads[i] = new Thread(() => Loop(worker)) { IsBackground = true, Name = $"ImageSig worker {worker}" };
            threads[i].Start();
        }
    }

    /// <summary>How many threads, the caller included.</summary>
    public int Count { get; }

    /// <summary>Runs pieces 0 … <paramref name="count"/> − 1 and returns when all are done.</summary>
    /// <remarks>What a piece throws comes out as it is, once all are done; of several the first. A wrapping would hide from callers what they are told to expect of their samples.</remarks>
    public void Run(IParallelWork newWork, int count)
    {
        (work, pieces, error) = (newWork, count, null);
        if (threads.Length > 0)
        {
            finished.Reset();
            foreach (SemaphoreSlim start in starts)
                start.Release();
        }
        RunPieces(0);
        if (threads.Length > 0)
            finished.Wait();
        if (error is not null)
            ExceptionDispatchInfo.Throw(error);
    }

    public void Dispose()
    {
        isDisposed = true;
        foreach (SemaphoreSlim start in starts)
            start.Release();
        foreach (Thread thread in threads)
            thread.Join();
        foreach (SemaphoreSlim start in starts)
            start.Dispose();
        finished.Dispose();
    }

    private void Loop(int worker)
    {
        while (true)
        {
            starts[worker - 1].Wait();
            if (isDisposed)
                return;
            RunPieces(worker);
            finished.Signal();
        }
    }

    private void RunPieces(int worker)
    {
        try
        {
            for (int piece = worker; piece < pieces; piece += Count)
                work!.Run(piece);
        }
        catch (Exception exception)
        {
            lock (errorLock)
                error ??= exception;
        }
    }
}
