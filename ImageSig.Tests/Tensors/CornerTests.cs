using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Tensors;

/// <summary>Losses and functions at scores that are very large, infinite or no numbers.</summary>
public sealed class CornerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.5f)]
    [InlineData(2)]
    public void A_label_without_any_chance_costs_its_distance_and_is_pulled_with_slope_one(float gamma)
    {
        float[] slopes = new float[2];
        foreach (float score in (float[])[-800, -1e30f, float.NegativeInfinity])
        {
            Assert.Equal(-(double)score, LossKernel.Classification([0, score], 1, gamma, 0, 1, slopes));
            Assert.Equal([1f, -1f], slopes);
        }
    }

    [Fact]
    public void A_sigmoid_or_softmax_of_NaN_is_NaN_and_no_chance()
    {
        Tape tape = new(new TensorArena(), isTraining: false);
        for (int place = 0; place < 19; place++)
        {
            float[] scores = Numbers.Uniform(19, 1);
            scores[place] = float.NaN;
            Tensor row = new(new Shape(1, 19), scores);
            float[] chances = tape.Sigmoid(row).Span.ToArray();
            Assert.Equal([place], Enumerable.Range(0, 19).Where(i => float.IsNaN(chances[i])));
            Assert.All(tape.Softmax(row).Span.ToArray(), chance => Assert.True(float.IsNaN(chance)));
        }
        Tensor endless = new(new Shape(1, 2), [float.PositiveInfinity, 0]);
        Assert.All(tape.Softmax(endless).Span.ToArray(), chance => Assert.True(float.IsNaN(chance)));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1 << 15)]
    public void A_step_beyond_the_largest_block_has_room_in_several_and_allocates_nothing_the_second_time(int maxBlock)
    {
        TensorArena arena = new() { MaxBlock = maxBlock };
        if (maxBlock < int.MaxValue)
            arena.Reserve(long.MaxValue);
        void Step()
        {
            Tensor[] all = new Tensor[5];
            for (int i = 0; i < all.Length; i++)
                (all[i] = arena.Allocate(new Shape(10_000))).Span.Fill(i);
            for (int i = 0; i < all.Length; i++)
                Assert.DoesNotContain(all[i].Span.ToArray(), value => value != i);
            arena.Reset();
        }
        Step();
        long peak = arena.PeakBytes;
        Assert.True(peak > (1 << 15) * sizeof(float));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 5; i++)
            arena.Allocate(new Shape(10_000));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
        arena.Reset();
        Step();
        Assert.Equal(peak, arena.PeakBytes);
    }

    [Fact]
    public void The_slope_of_GELU_is_zero_far_below_and_one_far_above()
    {
        float[] x = [-1e38f, 1e38f, -1e20f, 1e20f, -100, 100], y = new float[6], slopes = new float[6];
        ElementKernel.Map<Gelu>(x, y);
        ElementKernel.Backward<Gelu>(x, y, [1, 1, 1, 1, 1, 1], slopes, accumulate: false);
        for (int i = 0; i < x.Length; i++)
            Assert.Equal(x[i] > 0 ? 1 : 0, slopes[i], 1e-30);
    }
}
