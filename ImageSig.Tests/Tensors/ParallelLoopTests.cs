using ImageSig.Tensors;

namespace ImageSig.Tests.Tensors;

/// <summary>Loops on threads, and the plain ones where one is enough.</summary>
public sealed class ParallelLoopTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(0, 5)]
    [InlineData(3, 1)]
    public void One_thread_or_one_piece_is_done_in_order_where_it_was_asked_for(int threads, int count)
    {
        int caller = Environment.CurrentManagedThreadId, made = 0;
        List<int> done = [];
        ParallelLoop.For(
            count, threads, () => made++,
            (number, _) =>
            {
                Assert.Equal(caller, Environment.CurrentManagedThreadId);
                done.Add(number);
            },
            CancellationToken.None);
        Assert.Equal(Enumerable.Range(0, count), done);
        Assert.Equal(1, made);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_piece_is_done_once(int threads)
    {
        int[] done = new int[100];
        ParallelLoop.For(done.Length, threads, number => Interlocked.Increment(ref done[number]));
        Assert.All(done, times => Assert.Equal(1, times));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Nothing_is_made_for_no_pieces(int threads) =>
        ParallelLoop.For<int>(0, threads, () => throw new InvalidOperationException("made"), (_, _) => throw new InvalidOperationException("done"), CancellationToken.None);

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 4)]
    [InlineData(3, 1)]
    public void A_failure_comes_out_as_it_is(int threads, int count)
    {
        FormatException failure = new("what is wrong");
        Assert.Same(failure, Assert.Throws<FormatException>(() => ParallelLoop.For(count, threads, _ => throw failure)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void It_ends_early_when_it_is_told_to(int threads)
    {
        using CancellationTokenSource source = new();
        int done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => ParallelLoop.For(
            10_000, threads,
            _ =>
            {
                Interlocked.Increment(ref done);
                source.Cancel();
            },
            source.Token));
        Assert.InRange(done, 1, threads == 1 ? 1 : 9_999);
    }
}
