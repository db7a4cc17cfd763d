using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>Training: it learns, it repeats itself bit for bit, it can be stopped and resumed.</summary>
public sealed class TrainerTests
{
    private static readonly Shape Sample = new(20, 7);

    private static readonly TrainingOptions Options = new()
    {
        Epochs = 12,
        BatchSize = 50,
        LearningRate = 0.005f,
        Loss = LossKind.Focal,
        ClassWeights = [1.2f, 0.9f, 1f],
        Seed = 3,
    };

    [Theory]
    [InlineData("fc", 0.75)]
    [InlineData("conv", 0.9)]
    [InlineData("attention", 0.9)]
    public void A_small_problem_is_learned(string name, double accuracy)
    {
        ArraySource train = ArraySource.Bumps(800, Sample, 3, 1);
        ArraySource validation = ArraySource.Bumps(200, Sample, 3, 2);
        ArraySource test = ArraySource.Bumps(300, Sample, 3, 3);
        Model model = Model.Create(Spec(name), Sample, 3, 7);
        TrainingSummary summary = Trainer.Fit(model, train, validation, Options);
        Assert.True(summary.Epochs[^1].TrainLoss < 0.5 * summary.Epochs[0].TrainLoss);
        Assert.InRange(Accuracy(model, test), accuracy, 1);
    }

    [Theory]
    [InlineData(129, new[] { 43, 86, 129 })]
    [InlineData(128, new[] { 64, 128 })]
    [InlineData(65, new[] { 32, 65 })]
    [InlineData(3, new[] { 3 })]
    public void The_batches_of_an_epoch_are_as_equal_as_can_be(int samples, int[] read)
    {
        CountingSource train = new(ArraySource.Bumps(samples, Sample, 3, 1));
        Trainer.Fit(Model.Create(new FcSpec(), Sample, 3, 7), train, null, Options with { Epochs = 1, BatchSize = 64 }, train);
        Assert.Equal(read, train.ReadAfterEachStep);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_samples_throw_comes_out_as_it_is(int threads)
    {
        LostSource train = new(ArraySource.Bumps(100, Sample, 3, 1), lost: 70), validation = new(ArraySource.Bumps(100, Sample, 3, 2), lost: 30);
        Assert.Same(train.Problem, Assert.Throws<FileNotFoundException>(() => Trainer.Fit(Model.Create(new FcSpec(), Sample, 3, 7), train, null, Options with { Threads = threads })));
        Assert.Same(validation.Problem, Assert.Throws<FileNotFoundException>(
            () => Trainer.Fit(Model.Create(new FcSpec(), Sample, 3, 7), ArraySource.Bumps(100, Sample, 3, 1), validation, Options with { Threads = threads })));
    }

    [Fact]
    public void More_scores_than_can_be_held_are_refused_before_any_work() => Assert.Equal(
        $"Training: {int.MaxValue} validation samples with 3 scores each are more than the {Array.MaxLength} scores that can be held; hold back fewer samples.",
        Assert.Throws<TrainingException>(() => Trainer.Fit(Model.Create(new FcSpec(), Sample, 3, 7), ArraySource.Bumps(100, Sample, 3, 1), new EndlessSource(), Options)).Message);

    [Fact]
    public void One_two_and_three_threads_give_the_same_bits()
    {
        ArraySource train = ArraySource.Bumps(203, Sample, 3, 1);
        ArraySource validation = ArraySource.Bumps(70, Sample, 3, 2);
        Model[] models = new Model[3];
        TrainingSummary[] summaries = new TrainingSummary[3];
        for (int threads = 1; threads <= 3; threads++)
        {
            models[threads - 1] = Model.Create(new ConvSpec(), Sample, 3, 7);
            summaries[threads - 1] = Trainer.Fit(models[threads - 1], train, validation, Options with { Epochs = 3, Threads = threads });
        }
        foreach (int other in (int[])[1, 2])
        {
            Assert.Equal(Weights(models[0]), Weights(models[other]));
            Assert.Equal(summaries[0].Epochs, summaries[other].Epochs);
            Assert.Equal(summaries[0].ChosenEpoch, summaries[other].ChosenEpoch);
        }
    }

    [Fact]
    public void A_training_resumed_after_any_epoch_ends_with_the_same_bits()
    {
        ArraySource train = ArraySource.Bumps(120, Sample, 3, 1);
        ArraySource validation = ArraySource.Bumps(60, Sample, 3, 2);
        TrainingOptions options = Options with { Epochs = 4, Optimizer = OptimizerKind.AdamW, WeightDecay = 0.01f, Schedule = new CosineSchedule(), WarmUp = 0.25f };
        List<TrainerState> states = [];
        Model whole = Model.Create(new FcSpec(), Sample, 3, 7);
        TrainingSummary expected = Trainer.Fit(whole, train, validation, options, null, states.Add);
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            Model resumed = Model.Create(new FcSpec(), Sample, 3, 99);
            TrainingSummary summary = Trainer.Fit(resumed, train, validation, options, states[epoch - 1], null);
            Assert.Equal(Weights(whole), Weights(resumed));
            Assert.Equal(expected.Epochs, summary.Epochs);
            Assert.Equal(expected.ChosenEpoch, summary.ChosenEpoch);
        }
    }

    [Fact]
    public void The_model_ends_with_the_weights_of_the_latest_epoch_within_one_standard_error_of_the_best()
    {
        ArraySource train = ArraySource.Bumps(120, Sample, 3, 1);
        ArraySource validation = ArraySource.Bumps(60, Sample, 3, 2);
        List<TrainerState> states = [];
        Model model = Model.Create(new FcSpec(), Sample, 3, 7);
        TrainingSummary summary = Trainer.Fit(model, train, validation, Options with { Epochs = 8 }, null, states.Add);
        double highest = summary.Epochs.Max(record => record.ValidationBalancedAccuracy!.Value);
        double chance = (highest * 60 + 1) / 62;
        double least = highest - Math.Sqrt(chance * (1 - chance) / 60);
        EpochRecord chosen = summary.Epochs.Last(record => record.ValidationBalancedAccuracy >= least);
        Assert.Equal(chosen.Epoch, summary.ChosenEpoch);
        Assert.Equal([.. states[chosen.Epoch - 1].Weights.SelectMany(piece => piece)], Weights(model));
    }

    [Theory]
    [InlineData(40, new[] { 0.5, 0.9, 0.87, 0.8 }, 3)]
    [InlineData(4000, new[] { 0.5, 0.9, 0.87, 0.8 }, 2)]
    [InlineData(40, new[] { 0.5, 1, 1, 0.99, 0.9 }, 4)]
    [InlineData(40, new[] { 0.9, 0.86, 0.95, 0.7 }, 3)]
    public void Of_few_samples_a_later_epoch_a_little_worse_is_chosen(int samples, double[] accuracies, int expected)
    {
        List<EpochRecord> history = [];
        int chosen = 0;
        foreach (double accuracy in accuracies)
        {
            history.Add(new EpochRecord(history.Count + 1, 1, 1, accuracy, accuracy, 0.1));
            if (EpochChoice.TakesLast(history, samples))
                chosen = history.Count;
        }
        Assert.Equal(expected, chosen);
    }

    [Theory]
    [InlineData(new[] { double.NaN, 3, 2, 2.5 }, 3)]
    [InlineData(new[] { 3, double.NaN, 2 }, 3)]
    [InlineData(new[] { 3, double.NaN, double.PositiveInfinity }, 1)]
    [InlineData(new[] { double.NaN, double.NaN }, 1)]
    public void A_loss_of_validation_that_is_NaN_is_worse_than_any_number(double[] losses, int expected)
    {
        foreach (double? accuracy in (double?[])[null, 0.5])
            Assert.Equal(expected, EpochChoice.Best([.. losses.Select((loss, i) => new EpochRecord(i + 1, 1, loss, accuracy, accuracy, 0.1))]));
    }

    [Fact]
    public void Patience_ends_training_so_many_epochs_after_the_best()
    {
        ArraySource train = ArraySource.Bumps(30, Sample, 3, 1);
        ArraySource validation = ArraySource.Bumps(60, Sample, 3, 2);
        Model model = Model.Create(new FcSpec(), Sample, 3, 7);
        TrainingSummary summary = Trainer.Fit(model, train, validation, Options with { Epochs = 500, Patience = 3 });
        EpochRecord best = summary.Epochs.OrderBy(record => record.ValidationLoss).OrderByDescending(record => record.ValidationBalancedAccuracy).First();
        Assert.Equal(best.Epoch + 3, summary.Epochs.Count);
    }

    [Fact]
    public void Batch_statistics_are_taken_of_about_sixteen_samples_in_every_batch()
    {
        Model grid = Model.Create(new GridSpec(), new Shape(16, 16, 3), 2, 7);
        Model vit = Model.Create(new VitSpec(Patch: 4, Features: 16, Blocks: 1, Heads: 2), new Shape(16, 16, 3), 2, 7);
        for (int samples = 1; samples < 700; samples++)
        {
            foreach (int batchSize in (int[])[1, 16, 40, 64, 1000])
            {
                foreach (int accumulation in (int[])[1, 3])
                {
                    EpochCut cut = new(samples, batchSize, accumulation);
                    List<int> batches = [];
                    for (int step = 0; step < cut.Steps; step++)
                    {
                        int size = EvenSplit.Part(samples, step, cut.Steps).Count;
                        for (int batch = 0; batch < EpochCut.Batches(size, batchSize); batch++)
                            batches.Add(EvenSplit.Part(size, batch, EpochCut.Batches(size, batchSize)).Count);
                    }
                    Assert.Equal(samples, batches.Sum());
                    Assert.Equal((batches.Min(), batches.Max()), (cut.MinBatch, cut.MaxBatch));
                    Assert.True(cut.MaxBatch <= batchSize);
                    // Half of 24 is the least that rounding to sixteens gives.
                    Assert.True(cut.MinBatch / ShardCount.Of(grid, cut.MinBatch) >= Math.Min(cut.MinBatch, 12));
                    Assert.True(cut.MinBatch > 128 || cut.MinBatch / ShardCount.Of(grid, cut.MinBatch) <= 23);
                    Assert.Equal(8, ShardCount.Of(vit, cut.MinBatch));
                }
            }
        }
        Assert.Equal(4, MemoryPlan.Of(grid, 4225, 0, Options with { BatchSize = 64, ClassWeights = null }).Shards);
    }

    [Theory]
    [InlineData("fc")]
    [InlineData("conv")]
    [InlineData("attention")]
    public void A_sample_that_is_not_finite_ends_training_after_one_epoch(string name)
    {
        float[] samples = new float[100 * Sample.Count];
        samples[50 * Sample.Count + 3] = float.NaN;
        Model model = Model.Create(Spec(name), Sample, 3, 7);
        string message = Assert.Throws<TrainingException>(() => Trainer.Fit(model, new ArraySource(Sample, samples, new int[100]), null, Options with { Epochs = 30 })).Message;
        Assert.Contains("became NaN in epoch 1", message, StringComparison.Ordinal);
        Assert.EndsWith("or look for values that are not finite in the samples.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_is_canceled_between_two_steps()
    {
        ArraySource train = ArraySource.Bumps(1000, Sample, 3, 1);
        using CancellationTokenSource source = new();
        int steps = 0;
        Assert.Throws<OperationCanceledException>(() => Trainer.Fit(
            Model.Create(new FcSpec(), Sample, 3, 7), train, null, Options with { BatchSize = 20 },
            new StepAction(_ => { if (++steps == 7) source.Cancel(); }), source.Token));
        Assert.Equal(7, steps);
    }

    [Theory]
    [InlineData("fc")]
    [InlineData("conv")]
    [InlineData("attention")]
    public void A_step_allocates_nothing_after_the_first_epoch(string name)
    {
        ArraySource train = ArraySource.Bumps(100, Sample, 3, 1);
        Model model = Model.Create(Spec(name), Sample, 3, 7);
        AllocationMeter meter = new();
        Trainer.Fit(model, train, null, Options with { Epochs = 24 }, meter);
        // Between the two steps of one epoch; between epochs a record is made. Once in a while the runtime itself allocates on a thread it interrupts, the more often the more other tests collect.
        long[] allocated = [.. Enumerable.Range(2, 23).Select(epoch => meter.AtStep[(epoch, 2)] - meter.AtStep[(epoch, 1)])];
        Assert.InRange(allocated.Count(bytes => bytes != 0), 0, allocated.Length / 4);
    }

    [Fact]
    public void Samples_of_another_shape_and_labels_out_of_range_are_refused()
    {
        Model model = Model.Create(new FcSpec(), Sample, 3, 7);
        ArraySource other = ArraySource.Bumps(5, new Shape(20, 8), 3, 1);
        Assert.Equal(
            "Training: training samples are [20, 8], the model takes [20, 7].",
            Assert.Throws<ArgumentException>(() => Trainer.Fit(model, other, null, Options)).Message);
        ArraySource labels = new(Sample, new float[140], [3]);
        Assert.Equal(
            "Training: training sample 0 has label 3; the model has classes 0 to 2.",
            Assert.Throws<ArgumentException>(() => Trainer.Fit(model, labels, null, Options)).Message);
    }

    [Fact]
    public void Canceling_stops_before_the_next_step()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Model model = Model.Create(new FcSpec(), Sample, 3, 7);
        float[] before = Weights(model);
        Assert.Throws<OperationCanceledException>(
            () => Trainer.Fit(model, ArraySource.Bumps(5, Sample, 3, 1), null, Options, null, source.Token));
        Assert.Equal(before, Weights(model));
    }

    [Theory]
    [InlineData("grid", 0.9)]
    [InlineData("cnn", 0.9)]
    [InlineData("vit", 0.8)]
    public void Models_on_pixels_learn_which_way_a_bar_lies(string name, double accuracy)
    {
        Shape pixels = new(16, 16, 3);
        ModelSpec spec = name switch { "grid" => new GridSpec(), "cnn" => new CnnSpec(), _ => new VitSpec(Patch: 4, Features: 16, Blocks: 1, Heads: 2) };
        Model model = Model.Create(spec, pixels, 2, 7);
        TrainingOptions options = Options with { Epochs = 12, Loss = LossKind.CrossEntropy, ClassWeights = null };
        Trainer.Fit(model, ArraySource.Edges(400, pixels, 1), null, options);
        Assert.InRange(Accuracy(model, ArraySource.Edges(200, pixels, 2)), accuracy, 1);
    }

    [Fact]
    public void Running_statistics_are_the_same_for_any_number_of_threads_and_follow_the_batches()
    {
        Shape pixels = new(16, 16, 3);
        ArraySource train = ArraySource.Edges(90, pixels, 1);
        Model[] models = new Model[3];
        for (int threads = 1; threads <= 3; threads++)
        {
            models[threads - 1] = Model.Create(new GridSpec(), pixels, 2, 7);
            Trainer.Fit(models[threads - 1], train, null, Options with { Epochs = 2, ClassWeights = null, Threads = threads });
        }
        Assert.Equal(Weights(models[0]), Weights(models[1]));
        Assert.Equal(Weights(models[0]), Weights(models[2]));
        Parameter mean = models[0].Parameters.Single(parameter => parameter.Name == "lift.norm.mean");
        Assert.True(mean.IsStatistic);
        Assert.Contains(mean.Value.Span.ToArray(), value => Math.Abs(value) > 0.01);
    }

    private static ModelSpec Spec(string name) =>
        name switch { "fc" => new FcSpec(), "conv" => new ConvSpec(), _ => new AttentionSpec(Heads: 2, KeySize: 16) };

    private static float[] Weights(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Value.Span.ToArray())];

    private static double Accuracy(Model model, ArraySource test)
    {
        float[] input = new float[test.SampleShape.Count];
        float[] probabilities = new float[model.Outputs];
        ConfusionMatrix matrix = new(model.Outputs);
        for (int i = 0; i < test.Count; i++)
        {
            test.CopyTo(i, input);
            model.Predict(input, 1, probabilities);
            matrix.Add(test.Label(i), ConfusionMatrix.Best(probabilities));
        }
        return matrix.Accuracy;
    }

    private sealed class AllocationMeter : IProgress<TrainingProgress>
    {
        public Dictionary<(int, int), long> AtStep { get; } = new(64);

        public void Report(TrainingProgress value) => AtStep[(value.Epoch, value.Step)] = GC.GetAllocatedBytesForCurrentThread();
    }

    private sealed class StepAction(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }

    /// <summary>Samples one of which cannot be read any more.</summary>
    private sealed class LostSource(ArraySource samples, int lost) : ISampleSource
    {
        public FileNotFoundException Problem { get; } = new("it was here a moment ago");

        public int Count => samples.Count;

        public Shape SampleShape => samples.SampleShape;

        public int Label(int index) => samples.Label(index);

        public void CopyTo(int index, Span<float> destination)
        {
            if (index == lost)
                throw Problem;
            samples.CopyTo(index, destination);
        }
    }

    /// <summary>As many samples as there can be, none of which may be asked for.</summary>
    private sealed class EndlessSource : ISampleSource
    {
        public int Count => int.MaxValue;

        public Shape SampleShape => Sample;

        public int Label(int index) => throw new NotSupportedException();

        public void CopyTo(int index, Span<float> destination) => throw new NotSupportedException();
    }

    /// <summary>Counts the samples that are read, step by step; for one thread.</summary>
    private sealed class CountingSource(ArraySource samples) : ISampleSource, IProgress<TrainingProgress>
    {
        private int read;

        public List<int> ReadAfterEachStep { get; } = [];

        public int Count => samples.Count;

        public Shape SampleShape => samples.SampleShape;

        public int Label(int index) => samples.Label(index);

        public void CopyTo(int index, Span<float> destination)
        {
            read++;
            samples.CopyTo(index, destination);
        }

        public void Report(TrainingProgress value) => ReadAfterEachStep.Add(read);
    }
}
