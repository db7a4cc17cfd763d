using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>Binary cross-entropy and mean squared error against their formulas.</summary>
public sealed class LossTests
{
    private static readonly float[] Answers = [1, 0, 1, 0, 0, 1, 1, 1, 0, 0.25f, 0.75f, 1];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Binary_cross_entropy_is_the_mean_over_questions_of_its_formula(bool weighted)
    {
        float[]? weights = weighted ? [0.5f, 3, 1] : null;
        GradientCheck.Verify(
            [new(4, 3)],
            (tape, x) => tape.BinaryCrossEntropy(x[0], new Tensor(new Shape(4, 3), Answers), 0.25f, weights),
            x => [Twins.BinaryCrossEntropy(x[0], Answers, 3, weights) / 4],
            [Numbers.Uniform(12, 3, scale: 4)]);
    }

    [Fact]
    public void Binary_cross_entropy_of_a_sure_answer_is_the_score_itself_or_nothing()
    {
        Tape tape = new(new TensorArena(), isTraining: false);
        Tensor scores = new(new Shape(1, 4), [200, 200, -200, -200]);
        Tensor answers = new(new Shape(1, 4), [1, 0, 1, 0]);
        Assert.Equal(100, tape.BinaryCrossEntropy(scores, answers, 1).Span[0]);
    }

    [Fact]
    public void Mean_squared_error_is_the_mean_over_outputs_of_its_formula() => GradientCheck.Verify(
        [new(4, 3)],
        (tape, x) => tape.MeanSquaredError(x[0], new Tensor(new Shape(4, 3), Answers), 0.25f),
        x => [x[0].Zip(Answers, (value, answer) => (value - answer) * (value - answer)).Sum() / 12]);

    [Fact]
    public void Targets_of_another_shape_are_named()
    {
        Tape tape = new(new TensorArena(), isTraining: true);
        Tensor scores = new(new Shape(4, 3));
        Assert.Equal(
            "BinaryCrossEntropy: logits are [4, 3], targets [3, 4]; both must be [B, K].",
            Assert.Throws<ArgumentException>(() => tape.BinaryCrossEntropy(scores, new Tensor(new Shape(3, 4)), 1)).Message);
        Assert.Equal(
            "BinaryCrossEntropy: 2 weights for 3 questions; give one each.",
            Assert.Throws<ArgumentException>(() => tape.BinaryCrossEntropy(scores, scores, 1, [1, 2])).Message);
        Assert.Equal(
            "MeanSquaredError: outputs are [4, 3], targets [12]; both must be [B, K].",
            Assert.Throws<ArgumentException>(() => tape.MeanSquaredError(scores, new Tensor(new Shape(12)), 1)).Message);
    }
}
