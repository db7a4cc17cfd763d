using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>What can be asked of the trainer beside the standard course: other losses, optimizers, averages, accumulation.</summary>
public sealed class TrainerOptionTests
{
    private static readonly Shape Sample = new(20, 7);

    private static readonly TrainingOptions Options = new() { Epochs = 3, BatchSize = 50, LearningRate = 0.005f, Seed = 3 };

    [Fact]
    public void Accumulated_batches_move_the_weights_as_one_large_batch_does()
    {
        ArraySource train = ArraySource.Bumps(200, Sample, 3, 1);
        // Without dropout nothing but the order of additions differs.
        ModelSpec spec = new ConvSpec(Dropout: 0);
        TrainingOptions options = Options with { Optimizer = OptimizerKind.Sgd, LearningRate = 0.05f };
        float[] large = Train(spec, train, options with { BatchSize = 200 });
        float[] small = Train(spec, train, options with { BatchSize = 50, Accumulation = 4 });
        float[] separate = Train(spec, train, options with { BatchSize = 50 });
        Assert.True(Distance(large, small) < 1e-5, $"{Distance(large, small)}");
        Assert.True(Distance(large, separate) > 1e-3, $"{Distance(large, separate)}");
    }

    [Fact]
    public void A_clipped_step_moves_the_weights_by_no_more_than_rate_times_limit()
    {
        ArraySource train = ArraySource.Bumps(50, Sample, 3, 1);
        TrainingOptions options = Options with { Epochs = 1, Optimizer = OptimizerKind.Sgd, Momentum = 0, LearningRate = 0.5f };
        float[] before = Weights(Model.Create(new FcSpec(), Sample, 3, 7));
        double free = Distance(before, Train(new FcSpec(), train, options));
        double clipped = Distance(before, Train(new FcSpec(), train, options with { ClipNorm = 0.01f }));
        Assert.True(free > 0.02, $"{free}");
        Assert.Equal(0.5 * 0.01, clipped, 1e-5);
    }

    [Fact]
    public void The_average_is_what_is_kept_and_follows_its_formula()
    {
        ArraySource train = ArraySource.Bumps(150, Sample, 3, 1);
        Model model = Model.Create(new FcSpec(), Sample, 3, 7);
        List<float[]> steps = [Weights(model)];
        // One step an epoch, so that every step is seen.
        TrainingOptions options = Options with { Epochs = 30, BatchSize = 150, AverageDecay = 0.6f };
        Trainer.Fit(model, train, null, options, null, state => steps.Add([.. state.Weights.SelectMany(piece => piece)]));
        double[] average = [.. steps[0].Select(weight => (double)weight)];
        for (int t = 1; t < steps.Count; t++)
        {
            double kept = Math.Min(0.6, (1.0 + t) / (10.0 + t));
            for (int i = 0; i < average.Length; i++)
                average[i] = kept * average[i] + (1 - kept) * steps[t][i];
        }
        float[] final = Weights(model);
        for (int i = 0; i < final.Length; i++)
            Assert.Equal(average[i], final[i], 1e-6);
        Assert.True(Distance(final, steps[^1]) > 1e-3);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd)]
    [InlineData(OptimizerKind.AdamW)]
    public void Every_option_together_gives_the_same_bits_for_any_number_of_threads_and_after_resuming(OptimizerKind optimizer)
    {
        ArraySource train = ArraySource.Bumps(203, Sample, 3, 1);
        ArraySource validation = ArraySource.Bumps(60, Sample, 3, 2);
        TrainingOptions options = Options with
        {
            Epochs = 4, BatchSize = 30, Accumulation = 3, Optimizer = optimizer, WeightDecay = 0.01f, ClipNorm = 0.5f, AverageDecay = 0.9f,
            Schedule = new PlateauSchedule(Patience: 0, Fall: 0.5f),
        };
        List<TrainerState> states = [];
        Model whole = Model.Create(new ConvSpec(), Sample, 3, 7);
        Trainer.Fit(whole, train, validation, options, null, states.Add);
        for (int threads = 2; threads <= 3; threads++)
            Assert.Equal(Weights(whole), Train(new ConvSpec(), train, options with { Threads = threads }, validation));
        for (int epoch = 1; epoch <= 3; epoch++)
        {
            Model resumed = Model.Create(new ConvSpec(), Sample, 3, 99);
            Trainer.Fit(resumed, train, validation, options, states[epoch - 1], null);
            Assert.Equal(Weights(whole), Weights(resumed));
        }
        Assert.Equal(
            "Training: the saved state has no \"average\" of the weights; it is of a training with other options.",
            Assert.Throws<ArgumentException>(() => Trainer.Fit(
                whole, train, validation, options, new TrainerState
                {
                    Epoch = 1, Steps = 3, Weights = states[0].Weights, ChosenWeights = states[0].ChosenWeights, ChosenEpoch = 1, History = states[0].History,
                    Memory = states[0].Memory.Where(memory => memory.Key != "average").ToDictionary(),
                }, null)).Message);
    }

    [Fact]
    public void Going_on_for_more_epochs_follows_the_rates_of_the_new_number()
    {
        ArraySource train = ArraySource.Bumps(60, Sample, 3, 1);
        TrainingOptions options = Options with { Epochs = 4, BatchSize = 30, Schedule = new CosineSchedule(), WarmUp = 0.25f };
        List<TrainerState> states = [];
        Trainer.Fit(Model.Create(new ConvSpec(), Sample, 3, 7), train, null, options, null, states.Add);
        Assert.Equal([Rate(1, 8), Rate(3, 8), Rate(5, 8), Rate(7, 8)], states[^1].History.Select(epoch => epoch.LearningRate));
        TrainingSummary longer = Trainer.Fit(Model.Create(new ConvSpec(), Sample, 3, 7), train, null, options with { Epochs = 6 }, states[1], null);
        Assert.Equal([Rate(1, 8), Rate(3, 8), Rate(5, 12), Rate(7, 12), Rate(9, 12), Rate(11, 12)], longer.Epochs.Select(epoch => epoch.LearningRate));

        double Rate(int step, int steps)
        {
            double warm = 0.25 * steps;
            return options.LearningRate * (step < warm ? (step + 1) / (warm + 1) : new CosineSchedule().Factor(new(step - warm, steps - warm, [])));
        }
    }

    [Fact]
    public void Several_yes_or_no_questions_are_learned_at_once()
    {
        QuestionSource train = new(600, 1);
        QuestionSource test = new(300, 2);
        Model model = Model.Create(new ConvSpec(), Sample, 4, 7);
        TrainingSummary summary = Trainer.Fit(model, train, test, Options with { Epochs = 12, Loss = LossKind.BinaryCrossEntropy });
        Assert.InRange(summary.Epochs[summary.ChosenEpoch - 1].ValidationAccuracy!.Value, 0.9, 1);
        Assert.InRange(summary.Epochs[summary.ChosenEpoch - 1].ValidationBalancedAccuracy!.Value, 0.9, 1);

        float[] input = new float[Sample.Count];
        float[] chances = new float[4];
        float[] answers = new float[4];
        int right = 0;
        for (int i = 0; i < test.Count; i++)
        {
            test.CopyTo(i, input);
            test.CopyTargets(i, answers);
            model.PredictAttributes(input, 1, chances);
            for (int k = 0; k < 4; k++)
                right += (chances[k] > 0.5f) == (answers[k] > 0.5f) ? 1 : 0;
        }
        Assert.Equal(summary.Epochs[summary.ChosenEpoch - 1].ValidationAccuracy!.Value, right / 1200.0, 1e-9);
    }

    [Fact]
    public void Numbers_are_learned_by_squared_error_and_the_loss_alone_chooses_the_epoch()
    {
        QuestionSource train = new(600, 1);
        QuestionSource test = new(200, 2);
        Model model = Model.Create(new ConvSpec(Dropout: 0), Sample, 4, 7);
        TrainingSummary summary = Trainer.Fit(model, train, test, Options with { Epochs = 15, Loss = LossKind.MeanSquaredError });
        EpochRecord best = summary.Epochs[summary.ChosenEpoch - 1];
        Assert.Null(best.ValidationAccuracy);
        Assert.Equal(summary.Epochs.Min(epoch => epoch.ValidationLoss), best.ValidationLoss);
        // Answers of 0 and 1 with equal chance have a variance of a quarter.
        Assert.InRange(best.ValidationLoss!.Value, 0, 0.1);
    }

    [Theory]
    [InlineData(LossKind.BinaryCrossEntropy)]
    [InlineData(LossKind.MeanSquaredError)]
    public void Other_losses_allocate_nothing_per_step(LossKind loss)
    {
        long[] allocated = new long[16];
        Trainer.Fit(
            Model.Create(new FcSpec(), Sample, 4, 7), new QuestionSource(100, 1), null, Options with { Epochs = 8, Loss = loss, ClipNorm = 1, AverageDecay = 0.9f },
            new Watch(progress => allocated[(progress.Epoch - 1) * 2 + progress.Step - 1] = GC.GetAllocatedBytesForCurrentThread()));
        // Between the two steps of one epoch, since between epochs a record is made; the least of several epochs, since a collection
        // that other tests cause is sometimes counted here.
        Assert.Equal(0, Enumerable.Range(2, 6).Min(epoch => allocated[2 * epoch + 1] - allocated[2 * epoch]));
    }

    [Fact]
    public void Options_out_of_range_are_named()
    {
        AssertRefused("Training: the number of epochs is 0; it must be a whole number from 1 to 1000000.", Options with { Epochs = 0 });
        AssertRefused("Training: the batch size is -1; it must be a whole number from 1 to 1000000.", Options with { BatchSize = -1 });
        AssertRefused("Training: the number of batches to a step is 0; it must be a whole number from 1 to 1000000.", Options with { Accumulation = 0 });
        AssertRefused("Training: the learning rate is 0; it must be a number above 0 and up to 10.", Options with { LearningRate = 0 });
        AssertRefused("Training: the weight decay is NaN; it must be a number from 0 to 10.", Options with { WeightDecay = float.NaN });
        AssertRefused("Training: the momentum is 1; it must be a number from 0 to below 1.", Options with { Momentum = 1 });
        AssertRefused("Training: the longest gradient is -1; it must be 0 or a number from 0.000001 to 1000000.", Options with { ClipNorm = -1 });
        AssertRefused("Training: the decay of the weights' average is 1; it must be a number from 0 to below 1.", Options with { AverageDecay = 1 });
        AssertRefused("Training: the warm-up is 1; it must be a number from 0 to below 1.", Options with { WarmUp = 1 });
        AssertRefused("Training: the label smoothing is 1; it must be a number from 0 to below 1.", Options with { LabelSmoothing = 1 });
        AssertRefused("Training: the number of threads is 0; it must be a whole number from 1 to 1024.", Options with { Threads = 0 });
        AssertRefused("Training: the patience is -1; it must be a whole number from 0 to 1000000.", Options with { Patience = -1 });
        AssertRefused("Training: the memory limit is -1; it must be a whole number from 0 to 1000000000000.", Options with { MemoryLimit = -1 });
        AssertRefused(
            "Training: label smoothing is defined for cross-entropy only; set it to 0.",
            Options with { LabelSmoothing = 0.1f, Loss = LossKind.BinaryCrossEntropy });
        AssertRefused(
            "Training: mean squared error has no class weights; leave them out.", Options with { ClassWeights = [1, 1, 1], Loss = LossKind.MeanSquaredError });

        static void AssertRefused(string message, TrainingOptions options) =>
            Assert.Equal(message, Assert.Throws<SettingException>(() => options.Check(3)).Message);
    }

    private static float[] Train(ModelSpec spec, ISampleSource train, TrainingOptions options, ISampleSource? validation = null)
    {
        Model model = Model.Create(spec, Sample, 3, 7);
        Trainer.Fit(model, train, validation, options);
        return Weights(model);
    }

    private static float[] Weights(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Value.Span.ToArray())];

    private static double Distance(float[] left, float[] right) => Math.Sqrt(left.Zip(right, (a, b) => ((double)a - b) * (a - b)).Sum());

    private sealed class Watch(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }
}
