using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.NN;

/// <summary>Arguments that cannot be meant are refused in a line that says so; none of them is taken for another.</summary>
public class MisuseTests
{
    private static readonly TrainingOptions Options = new() { Epochs = 1, BatchSize = 4 };

    [Fact]
    public void A_training_without_model_samples_or_options_is_refused()
    {
        Assert.Equal("model", Assert.Throws<ArgumentNullException>(() => Trainer.Fit(null!, Samples(), null, Options)).ParamName);
        Assert.Equal("train", Assert.Throws<ArgumentNullException>(() => Trainer.Fit(Network(), null!, null, Options)).ParamName);
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => Trainer.Fit(Network(), Samples(), null, null!)).ParamName);
    }

    [Fact]
    public void Layers_of_layers_without_any_are_refused_when_they_are_made()
    {
        Assert.Equal("inner", Assert.Throws<ArgumentNullException>(() => new Residual("sum", null!)).ParamName);
        Assert.Equal("layers", Assert.Throws<ArgumentNullException>(() => new Sequential("row", "row", null!)).ParamName);
        Assert.Equal("layers", Assert.Throws<ArgumentNullException>(() => new Sequential("row", "row", [null!])).ParamName);
    }

    [Fact]
    public void Options_that_there_are_not_are_refused()
    {
        const string Start = "Training: loss 0 and optimizer 99 were given; there are the losses Focal, CrossEntropy,";
        Assert.StartsWith(Start, Assert.Throws<SettingException>(() => Trainer.Fit(Network(), Samples(), null, Options with { Optimizer = (OptimizerKind)99, Loss = LossKind.Focal })).Message, StringComparison.Ordinal);
        Assert.Throws<SettingException>(() => Trainer.Fit(Network(), Samples(), null, Options with { Loss = (LossKind)99 }));
        Assert.StartsWith("Training: there is no schedule;", Assert.Throws<SettingException>(() => Trainer.Fit(Network(), Samples(), null, Options with { Schedule = null! })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LossKind.BinaryCrossEntropy)]
    [InlineData(LossKind.MeanSquaredError)]
    public void A_label_that_is_no_output_is_named(LossKind loss) =>
        Assert.StartsWith("Training: sample 1 has label 7; the model has outputs 0 to 1.", Assert.Throws<ArgumentException>(() =>
            Trainer.Fit(Network(), Samples(0, 7), null, Options with { Loss = loss })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_plan_needs_samples()
    {
        Assert.Throws<ArgumentNullException>(() => MemoryPlan.Of(null!, 4, 0, Options));
        Assert.Throws<ArgumentNullException>(() => MemoryPlan.Of(Network(), 4, 0, null!));
        Assert.Equal("samples", Assert.Throws<ArgumentOutOfRangeException>(() => MemoryPlan.Of(Network(), 0, 0, Options)).ParamName);
        Assert.Equal("validationSamples", Assert.Throws<ArgumentOutOfRangeException>(() => MemoryPlan.Of(Network(), 4, -1, Options)).ParamName);
        Assert.Throws<SettingException>(() => MemoryPlan.Of(Network(), 4, 0, Options with { BatchSize = 0 }));
    }

    [Fact]
    public void A_class_that_is_not_in_the_table_is_named()
    {
        ConfusionMatrix matrix = new(2);
        foreach (Action use in (Action[])[() => matrix.Add(2, 0), () => matrix.Add(0, -1), () => _ = matrix[0, 2], () => matrix.F1(2), () => matrix.Support(2), () => matrix.Predicted(2), () => matrix.Recall(2), () => matrix.Precision(2)])
            Assert.StartsWith("ConfusionMatrix: there is no class ", Assert.Throws<ArgumentOutOfRangeException>(use).Message, StringComparison.Ordinal);
        Assert.Equal(0, matrix.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(100_000));
    }

    [Fact]
    public void An_optimizer_takes_one_block_and_its_gradients()
    {
        ParameterBlock block = new([new Parameter("a", new Shape(3))]), larger = new([new Parameter("b", new Shape(40))]);
        Gradients gradients = new(block);
        AdamOptimizer optimizer = new(block.Length);
        Assert.Throws<ArgumentNullException>(() => optimizer.Step(null!, gradients, 0.1));
        Assert.Throws<ArgumentNullException>(() => optimizer.Step(block, null!, 0.1));
        Assert.StartsWith("Optimizer: made for 16 floats, the block has 16 and the gradients 48;", Assert.Throws<ArgumentException>(() => optimizer.Step(block, new Gradients(larger), 0.1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => optimizer.Step(larger, new Gradients(larger), 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Step(block, gradients, double.NaN));
        Assert.Equal(0, optimizer.Steps);
    }

    [Fact]
    public void Settings_of_optimizers_are_checked()
    {
        Assert.StartsWith("AdamOptimizer: Sgd is neither Adam nor AdamW;", Assert.Throws<SettingException>(() => new AdamOptimizer(16, OptimizerKind.Sgd)).Message, StringComparison.Ordinal);
        Assert.Throws<SettingException>(() => new AdamOptimizer(16, OptimizerKind.AdamW, float.NaN));
        Assert.Throws<SettingException>(() => new SgdOptimizer(16, momentum: 1));
        Assert.Throws<SettingException>(() => new SgdOptimizer(16, weightDecay: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SgdOptimizer(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamOptimizer(-1));
    }

    [Fact]
    public void A_batch_is_counted_without_overflow()
    {
        Model model = Model.Of([new Dense("output", 4, 4)], new Shape(4));
        Assert.Contains("1073741824 x [4] = 4294967296", Assert.Throws<ArgumentException>(() => model.Predict([], 1 << 30, [])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => model.Predict([], -1, []));
    }

    [Fact]
    public void A_layer_that_gives_another_shape_than_it_says_is_named()
    {
        const string Message = "Model: the layers gave [1, 4] for 1 samples, and [1, 2] by their OutputShape; liar or a layer before it does not do as it says.";
        Model model = Model.Of([new Dense("first", 4, 4), new Liar("liar")], new Shape(4));
        Assert.Equal(Message, Assert.Throws<ArgumentException>(() => model.Predict(new float[4], 1, new float[2])).Message);
        Assert.Throws<ArgumentException>(() => Trainer.Fit(model, Samples(), null, Options));
    }

    [Fact]
    public void A_kind_without_a_network_and_a_block_without_options_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => ModelKinds.Register(new ModelKind(null!)));
        Assert.Equal("options", Assert.Throws<ArgumentNullException>(() => new TransformerBlock("block", null!, 1)).ParamName);
    }

    private static Model Network() => Model.Of([new Dense("output", 4, 2)], new Shape(4));

    private static ArraySource Samples(params int[] labels) => labels.Length == 0 ? Samples(0, 1, 0, 1) : new(new Shape(4), new float[4 * labels.Length], labels);

    private sealed class Liar(string name) : Layer(name)
    {
        public override string Kind => "Liar";

        public override Shape OutputShape(Shape input) => new(2);

        public override Tensor Forward(Tape tape, Tensor input) => tape.Relu(input);
    }
}
