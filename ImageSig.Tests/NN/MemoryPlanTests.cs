using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>A training's memory is known before its first step, and can be limited.</summary>
public sealed class MemoryPlanTests
{
    private static readonly Shape Sample = new(64, 120);

    [Theory]
    [InlineData("fc", 400, 300, 0)]
    [InlineData("fc", 3000, 3000, 0)]
    [InlineData("fc of 500 neurons", 3000, 3000, 0)]
    [InlineData("conv", 400, 300, 100)]
    [InlineData("attention", 100, 64, 30)]
    [InlineData("grid", 80, 64, 20)]
    public void The_plan_is_within_a_tenth_of_what_a_training_allocates(string name, int samples, int batch, int validation)
    {
        bool pixels = name == "grid";
        Shape shape = pixels ? new(64, 64, 3) : Sample;
        ModelSpec spec = name switch { "fc" => new FcSpec(), "fc of 500 neurons" => new FcSpec(500), "conv" => new ConvSpec(), "attention" => new AttentionSpec(), _ => new GridSpec() };
        NoiseSource train = new(samples, shape);
        TrainingOptions options = new() { Epochs = 2, BatchSize = batch, AverageDecay = 0.9f };
        // Once before, so that what the runtime allocates for itself is done.
        Trainer.Fit(Model.Create(spec, shape, 2, 1), train, validation > 0 ? new NoiseSource(validation, shape) : null, options);

        Model model = Model.Create(spec, shape, 2, 1);
        MemoryPlan plan = MemoryPlan.Of(model, samples, validation, options);
        long before = GC.GetAllocatedBytesForCurrentThread();
        MemoryPlan.Of(model, samples, validation, options);
        long planning = GC.GetAllocatedBytesForCurrentThread() - before;
        before = GC.GetAllocatedBytesForCurrentThread();
        Trainer.Fit(model, train, validation > 0 ? new NoiseSource(validation, shape) : null, options);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before - planning;
        // The model's own weights were there before.
        long planned = plan.TotalBytes - model.Block.Length * sizeof(float);
        Assert.True(Math.Abs(allocated - planned) <= 0.1 * planned, $"{name}: planned {planned:N0} bytes, allocated {allocated:N0}");
    }

    [Fact]
    public void Under_a_limit_fewer_threads_give_the_same_result()
    {
        NoiseSource train = new(80, Sample);
        TrainingOptions options = new() { Epochs = 1, BatchSize = 40, Threads = 3 };
        Model free = Model.Create(new ConvSpec(), Sample, 2, 1);
        Trainer.Fit(free, train, null, options);
        long two = MemoryPlan.Of(free, 80, 0, options with { Threads = 2 }).TotalBytes;
        Assert.Equal(2, MemoryPlan.Within(free, 80, 0, options with { MemoryLimit = two }).Threads);
        Model limited = Model.Create(new ConvSpec(), Sample, 2, 1);
        Trainer.Fit(limited, train, null, options with { MemoryLimit = two });
        Assert.Equal(free.Block.Span.ToArray(), limited.Block.Span.ToArray());
    }

    [Fact]
    public void A_limit_that_is_too_low_names_batches_that_fit()
    {
        NoiseSource train = new(3000, new Shape(20, 7));
        Model model = Model.Create(new ConvSpec(), new Shape(20, 7), 2, 1);
        TrainingOptions options = new() { Epochs = 1, BatchSize = 3000, MemoryLimit = 1_000_000 };
        SettingException error = Assert.Throws<SettingException>(() => Trainer.Fit(model, train, null, options));
        Assert.Matches(
            @"^Training: batches of 3000 need \d+\.\d MB on one thread, the limit is 1\.0 MB; batches of (\d+) fit, with gradients accumulated over (\d+) of them\.$",
            error.Message);
        int batch = int.Parse(System.Text.RegularExpressions.Regex.Match(error.Message, @"batches of (\d+) fit").Groups[1].Value);
        int times = (3000 + batch - 1) / batch;
        Trainer.Fit(model, train, null, options with { BatchSize = batch, Accumulation = times });
        SettingException accumulated = Assert.Throws<SettingException>(() => Trainer.Fit(model, train, null, options with { BatchSize = 1000, Accumulation = 3 }));
        int smaller = int.Parse(System.Text.RegularExpressions.Regex.Match(accumulated.Message, @"batches of (\d+) fit").Groups[1].Value);
        Assert.EndsWith($"accumulated over {(3000 + smaller - 1) / smaller} of them.", accumulated.Message, StringComparison.Ordinal);
        Assert.Contains("even batches of 1 need", Assert.Throws<SettingException>(
            () => Trainer.Fit(model, train, null, options with { MemoryLimit = 1000 })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(130, 64)]
    [InlineData(500, 100)]
    [InlineData(77, 77)]
    public void What_a_refused_training_is_told_to_do_fits(int samples, int batch)
    {
        Shape shape = new(16, 16, 3);
        Model model = Model.Create(new GridSpec(), shape, 2, 1);
        TrainingOptions options = new() { Epochs = 1, BatchSize = batch };
        long whole = MemoryPlan.Of(model, samples, 0, options).TotalBytes;
        foreach (int percent in (int[])[95, 85, 75, 65])
        {
            TrainingOptions limited = options with { MemoryLimit = whole * percent / 100 };
            string message = Assert.Throws<SettingException>(() => MemoryPlan.Within(model, samples, 0, limited)).Message;
            System.Text.RegularExpressions.Match advice = System.Text.RegularExpressions.Regex.Match(message, @"batches of (\d+) fit, with gradients accumulated over (\d+)");
            if (advice.Success)
                _ = MemoryPlan.Within(model, samples, 0, limited with { BatchSize = int.Parse(advice.Groups[1].Value), Accumulation = int.Parse(advice.Groups[2].Value) });
            else
                Assert.Contains("even batches of 1 need", message, StringComparison.Ordinal);
        }
    }

    private sealed class NoiseSource(int count, Shape shape) : ISampleSource
    {
        private readonly float[] sample = Numbers.Uniform(shape.Count, 1);

        public int Count => count;

        public Shape SampleShape => shape;

        public int Label(int index) => index % 2;

        public void CopyTo(int index, Span<float> destination) => sample.CopyTo(destination);
    }
}
