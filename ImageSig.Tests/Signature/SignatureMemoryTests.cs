using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.Tests.Signature;

/// <summary>What is said before the work is what the work takes.</summary>
public class SignatureMemoryTests
{
    [Theory]
    [InlineData(3, 8, 16, null)]
    [InlineData(3, 8, 1, null)]
    [InlineData(3, 9, 35, null)]
    [InlineData(3, 8, 32, LogSignatureBasis.Words)]
    [InlineData(3, 10, 1, LogSignatureBasis.Words)]
    [InlineData(5, 6, 19, LogSignatureBasis.Expanded)]
    [InlineData(12, 4, 3, LogSignatureBasis.Brackets)]
    public void The_scratch_of_a_thread_is_what_was_said(int channels, int depth, int batch, LogSignatureBasis? basis)
    {
        SignatureLayout layout = new(channels, depth);
        float[] paths = RandomPaths.ToFloat(RandomPaths.Uniform(1, batch, 20, channels));
        foreach (bool backward in new[] { false, true })
        {
            SignatureMemory said = SignatureMemory.Of<float>(layout, basis, new SignatureWork(batch, 20) { Backward = backward });
            SignatureTransform? signature = basis is null ? new(channels, depth) : null;
            LogSignatureTransform? logarithm = basis is null ? null : new(channels, depth, basis.Value);
            float[] result = new float[batch * (logarithm?.Length ?? layout.Length)], gradients = new float[paths.Length];
            Assert.Equal(4L * (backward ? gradients : result).Length, said.Results);
            long taken = TakenInAFreshThread(() =>
            {
                if (backward)
                {
                    signature?.Backward<float>(paths, batch, 20, result, gradients);
                    logarithm?.Backward<float>(paths, batch, 20, result, gradients);
                }
                else
                {
                    signature?.Forward<float>(paths, batch, 20, result);
                    logarithm?.Forward<float>(paths, batch, 20, result);
                }
            });
            // A thread takes a quarter of a megabyte or more, and a little for its own keeping.
            Assert.InRange(taken, said.Scratch * 0.98, Math.Max(said.Scratch, 2 << 18) * 1.02 + 20_000);
        }
    }

    [Theory]
    [InlineData(3, 10, LogSignatureBasis.Words)]
    [InlineData(3, 10, LogSignatureBasis.Brackets)]
    [InlineData(3, 11, LogSignatureBasis.Brackets)]
    [InlineData(30, 3, LogSignatureBasis.Brackets)]
    [InlineData(2, 14, LogSignatureBasis.Brackets)]
    public void Preparing_takes_no_more_than_was_said(int channels, int depth, LogSignatureBasis basis)
    {
        long said = SignatureMemory.Of<double>(new SignatureLayout(channels, depth), basis, new SignatureWork(1, 1)).Preparation;
        long taken = TakenInAFreshThread(() => _ = new LogSignatureTransform(channels, depth, basis));
        Assert.InRange(taken, said / 12, said + 20_000);
    }

    [Fact]
    public void Oversized_work_is_told_without_overflow_or_allocation()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        SignatureMemory memory = SignatureMemory.Of<double>(new SignatureLayout(1000, 3), LogSignatureBasis.Words, new SignatureWork(int.MaxValue, int.MaxValue) { Stream = true, Threads = 1024 });
        Assert.InRange(memory.Total, 1L << 60, long.MaxValue);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
        Assert.StartsWith("LogSignatureTransform: 1200 channels to depth 3 have too many Lyndon words to prepare",
            Assert.Throws<SettingException>(() => new LogSignatureTransform(1200, 3, LogSignatureBasis.Words)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_asked_is_refused_by_name()
    {
        SignatureLayout layout = new(2, 2);
        Assert.Equal("layout", Assert.Throws<ArgumentNullException>(() => SignatureMemory.Of<float>(null!, null, new SignatureWork(1, 1))).ParamName);
        Assert.Equal("work", Assert.Throws<ArgumentNullException>(() => SignatureMemory.Of<float>(layout, null, null!)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => SignatureMemory.Of<float>(layout, null, new SignatureWork(-1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignatureMemory.Of<float>(layout, null, new SignatureWork(1, 0)));
    }

    private static long TakenInAFreshThread(Action work)
    {
        long taken = 0;
        Thread thread = new(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            taken = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        thread.Start();
        thread.Join();
        return taken;
    }
}
