using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.NN;

public class OwnNetworkTests
{
    private static readonly Shape Sample = new(20, 7);
    private static readonly TrainingOptions Options = new() { Epochs = 6, BatchSize = 25, LearningRate = 0.01f, Seed = 3, Threads = 2 };

    [Fact]
    public void Layers_of_ones_own_train_and_predict_as_the_models_that_are_built_in()
    {
        Layer[] layers =
        [
            new Conv1D("conv", 7, 16, 3, Activation.Relu), new MeanOverPositions("mean"), new Mix("mix", 16), new Dense("output", 16, 3),
        ];
        Model model = Model.Of(layers, Sample, seed: 5);
        Assert.Equal((3, 352L + 256 + 51), (model.Outputs, model.ParameterCount));
        Assert.Equal("Mix of all numbers", model.Layers[2].Kind);
        Trainer.Fit(model, ArraySource.Bumps(300, Sample, 3, 1), ArraySource.Bumps(60, Sample, 3, 2), Options);
        ArraySource test = ArraySource.Bumps(100, Sample, 3, 3);
        int right = 0;
        float[] input = new float[Sample.Count], probabilities = new float[3];
        for (int i = 0; i < test.Count; i++)
        {
            test.CopyTo(i, input);
            model.Predict(input, 1, probabilities);
            right += Array.IndexOf(probabilities, probabilities.Max()) == test.Label(i) ? 1 : 0;
        }
        Assert.InRange(right, 80, 100);
        Assert.Same(model, model.Folded());
    }

    [Fact]
    public void One_output_learns_a_number()
    {
        Model model = Model.Of([new Dense("hidden", 3, 16, Activation.Tanh), new Dense("output", 16, 1)], new Shape(3));
        SumSource train = new(400, 1);
        TrainingSummary summary = Trainer.Fit(model, train, new SumSource(100, 2), Options with { Epochs = 20, Loss = LossKind.MeanSquaredError });
        Assert.InRange(summary.Epochs[^1].ValidationLoss!.Value, 0, 0.01);
        float[] score = new float[1];
        model.Scores([0.5f, 0.25f, -0.25f], 1, score);
        Assert.Equal(0.5, score[0], 0.1);
        Assert.Equal(1, Model.Create(new FcSpec(), Sample, outputs: 1, seed: 1).Outputs);
        Assert.StartsWith(
            "Training: the model has one output;", Assert.Throws<ArgumentException>(() => Trainer.Fit(model, train, null, Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_do_not_fit_or_share_a_name_are_refused()
    {
        AssertRefused("Model: there are no layers.");
        AssertRefused("b (Dense): the input is [4]; its last dimension must be 5.", new Dense("a", 3, 4), new Dense("b", 5, 2));
        AssertRefused("ParameterBlock: two parameters are called \"a.weight\"; names must differ.", new Dense("a", 3, 4), new Dense("a", 4, 2));

        static void AssertRefused(string message, params Layer[] layers) =>
            Assert.Equal(message, Assert.Throws<ArgumentException>(() => Model.Of(layers, new Shape(3))).Message);
    }

    [Fact]
    public void Scores_must_come_out_as_one_row() => Assert.Equal(
        "Model: [20, 2] comes out of the layers; it must be one row of scores, [outputs]. Flatten or pool it.",
        Assert.Throws<ArgumentException>(() => Model.Of([new Dense("a", 7, 2)], Sample)).Message);

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.AdamW)]
    [InlineData(OptimizerKind.Sgd)]
    public void Frozen_weights_do_not_move_by_a_bit_through_decay_clipping_and_averages(OptimizerKind optimizer)
    {
        Model model = Model.Create(new AttentionSpec(Heads: 2, KeySize: 8), Sample, 3, seed: 7);
        Parameter[] frozen = [.. model.Parameters.Where(parameter => parameter.Name is "conv2.weight" or "block1.norm1.scale" or "dense1.bias" or "dense2.weight")];
        Assert.Equal(4, frozen.Length);
        foreach (Parameter parameter in frozen)
            parameter.IsFrozen = true;
        float[][] before = Values(model.Parameters);
        Trainer.Fit(model, ArraySource.Bumps(100, Sample, 3, 1), null, Options with
        {
            Epochs = 2, Optimizer = optimizer, WeightDecay = 0.1f, ClipNorm = 0.5f, AverageDecay = 0.9f,
        });
        float[][] after = Values(model.Parameters);
        for (int i = 0; i < before.Length; i++)
        {
            if (model.Parameters[i].IsFrozen)
                Assert.Equal(before[i], after[i]);
            else if (model.Parameters[i].Name is "conv1.weight" or "conv2.bias" or "block1.norm1.shift" or "dense2.bias")
                Assert.NotEqual(before[i], after[i]);
        }
    }

    [Fact]
    public void Freezing_leaves_the_other_gradients_as_they_are()
    {
        float[][] free = Gradients([]);
        float[][] partly = Gradients(["conv1.weight", "conv1.bias", "dense1.weight"]);
        Model model = Model.Create(new ConvSpec(), Sample, 3, seed: 7);
        for (int i = 0; i < free.Length; i++)
        {
            if (model.Parameters[i].Name is "conv1.weight" or "conv1.bias" or "dense1.weight")
                Assert.All(partly[i], slope => Assert.Equal(0, slope));
            else
                Assert.Equal(free[i], partly[i]);
        }

        static float[][] Gradients(string[] names)
        {
            Model model = Model.Create(new ConvSpec(), Sample, 3, seed: 7);
            foreach (Parameter parameter in model.Parameters)
                parameter.IsFrozen = names.Contains(parameter.Name);
            Shard shard = new(model, ArraySource.Bumps(10, Sample, 3, 1), Options);
            shard.Run([0, 1, 2, 3], epoch: 1, scale: 1);
            return [.. model.Parameters.Select(parameter => shard.Gradients.Of(parameter).ToArray())];
        }
    }

    [Fact]
    public void What_is_thawed_learns_again()
    {
        Model model = Model.Create(new FcSpec(), Sample, 3, seed: 7);
        ArraySource train = ArraySource.Bumps(60, Sample, 3, 1);
        float[] whole = Train(freezeFirst: false), thawed = Train(freezeFirst: true);
        Assert.Equal(whole, thawed);

        float[] Train(bool freezeFirst)
        {
            model = Model.Create(new FcSpec(), Sample, 3, seed: 7);
            foreach (bool isFrozen in (bool[])[freezeFirst, false])
                foreach (Parameter parameter in model.Parameters)
                    parameter.IsFrozen = isFrozen;
            Trainer.Fit(model, train, null, Options with { Epochs = 1 });
            return [.. Values(model.Parameters).SelectMany(values => values)];
        }
    }

    [Fact]
    public void A_model_that_is_frozen_whole_cannot_be_trained()
    {
        Model model = Model.Create(new FcSpec(), Sample, 3, seed: 7);
        foreach (Parameter parameter in model.Parameters)
            parameter.IsFrozen = true;
        Assert.StartsWith(
            "Backward: the loss does not depend on any parameter that is not frozen",
            Assert.ThrowsAny<ArgumentException>(() => Trainer.Fit(model, ArraySource.Bumps(10, Sample, 3, 1), null, Options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_follow_the_batches_even_where_all_weights_in_front_are_frozen_and_stay_where_they_are_frozen_too()
    {
        Shape pixels = new(16, 16, 3);
        ArraySource train = ArraySource.Edges(90, pixels, 1);
        float[] moved = Mean(statistics: false), kept = Mean(statistics: true);
        Assert.Contains(moved, value => Math.Abs(value) > 0.01);
        Assert.All(kept, value => Assert.Equal(0, value));

        float[] Mean(bool statistics)
        {
            Model model = Model.Create(new GridSpec(), pixels, 2, 7);
            foreach (Parameter parameter in model.Parameters)
                parameter.IsFrozen = parameter.Name.StartsWith("lift", StringComparison.Ordinal) && (statistics || !parameter.IsStatistic);
            Trainer.Fit(model, train, null, Options with { Epochs = 2 });
            return model.Parameters.Single(parameter => parameter.Name == "lift.norm.mean").Value.Span.ToArray();
        }
    }

    private static float[][] Values(IEnumerable<Parameter> parameters) => [.. parameters.Select(parameter => parameter.Value.Span.ToArray())];

    /// <summary>A layer as its user writes it, from public operations alone: <c>y = x W</c>.</summary>
    private sealed class Mix(string name, int features) : Layer(name)
    {
        public Parameter Weight { get; } = new($"{name}.weight", new Shape(features, features));

        public override string Kind => "Mix of all numbers";

        public override IReadOnlyList<Parameter> Parameters => [Weight];

        public override Shape OutputShape(Shape input) => input;

        public override Tensor Forward(Tape tape, Tensor input) => tape.MatMul(input, Weight.Value);

        public override void Initialize(Initializer initializer) => initializer.FanIn(Weight, features);
    }

    /// <summary>Three numbers; their sum is to be estimated.</summary>
    private sealed class SumSource(int count, uint seed) : ISampleSource
    {
        private readonly float[] samples = Tensors.Numbers.Uniform(count * 3, seed);

        public int Count => count;

        public Shape SampleShape => new(3);

        public int Label(int index) => 0;

        public void CopyTo(int index, Span<float> destination) => samples.AsSpan(index * 3, 3).CopyTo(destination);

        public void CopyTargets(int index, Span<float> targets) => targets[0] = samples[index * 3] + samples[index * 3 + 1] + samples[index * 3 + 2];
    }
}
