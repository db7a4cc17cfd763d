namespace ImageSig.Tests.Pipeline;

public class ProgressMeterTests
{
    [Fact]
    public void The_last_step_is_told_once_whoever_tells_another_at_that_moment()
    {
        const int Rounds = 10_000, Threads = 2;
        int[] last = new int[Rounds];
        ProgressMeter[] meters = [.. Enumerable.Range(0, Rounds).Select(round => new ProgressMeter(Threads, (done, _) =>
        {
            if (done == Threads)
                Interlocked.Increment(ref last[round]);
        }))];
        int arrived = 0;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                // Both at once, which a barrier that puts them to sleep is not.
                Interlocked.Increment(ref arrived);
                SpinWait together = default;
                while (Volatile.Read(ref arrived) < Threads * (round + 1))
                    together.SpinOnce(sleep1Threshold: -1);
                meters[round].Advance();
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(last, told => Assert.Equal(1, told));
    }
}
