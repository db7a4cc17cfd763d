using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>Binary cross-entropy, mean squared error and distillation against their formulas.</summary>
public sealed class LossTests
{
    private static readonly float[] Chances = [0.2f, 0.3f, 0.5f, 1, 0, 0, 0.01f, 0.98f, 0.01f, 0.4f, 0.4f, 0.2f];
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
    public void Answers_that_are_not_known_cost_nothing_and_move_nothing()
    {
        float[] gaps = [1, float.NaN, 1, float.NaN, float.NaN, float.NaN, 1, 1, float.NaN, 0.25f, 0.75f, 1];
        float[] filled = [.. gaps.Select(answer => float.IsNaN(answer) ? 0 : answer)];
        GradientCheck.Verify(
            [new(4, 3)],
            (tape, x) => tape.BinaryCrossEntropy(x[0], new Tensor(new Shape(4, 3), gaps), 0.25f),
            // A very low score costs nothing where the answer is no.
            x => [Twins.BinaryCrossEntropy([.. x[0].Zip(gaps, (score, answer) => float.IsNaN(answer) ? -40 : score)], filled, 3, null) / 4],
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(0.5f)]
    [InlineData(20)]
    public void Distillation_is_T_squared_times_the_divergence_of_softened_answers(float temperature) => GradientCheck.Verify(
        [new(4, 3)],
        (tape, x) => tape.DistillationLoss(x[0], new Tensor(new Shape(4, 3), Chances), temperature, 0.25f),
        x => [Twins.Distillation(x[0], Chances, 3, temperature) / 4],
        [Numbers.Uniform(12, 3, scale: 4)]);

    [Fact]
    public void A_model_that_answers_as_its_teacher_does_has_nothing_to_learn_from_it()
    {
        Parameter scores = new("scores", new Shape(1, 3));
        ((float[])[1, -2, 0.5f]).CopyTo(scores.Value.Span);
        Gradients gradients = new(new ParameterBlock([scores]));
        Tape tape = new(new TensorArena(), isTraining: true);
        Tensor halves = tape.Input(new Shape(1, 3));
        for (int c = 0; c < 3; c++)
            halves.Span[c] = scores.Value.Span[c] / 2;
        Tensor answers = new(new Shape(1, 3), tape.Softmax(halves).Span.ToArray());
        Tensor loss = tape.DistillationLoss(scores.Value, answers, temperature: 2, scale: 1);
        Assert.Equal(0, loss.Span[0], 1e-6);
        tape.Backward(loss, gradients);
        foreach (float slope in gradients.OfParameters[..3])
            Assert.Equal(0, slope, 1e-6);
    }

    [Fact]
    public void A_class_that_the_teacher_rules_out_and_scores_of_any_size_give_a_finite_loss()
    {
        Tape tape = new(new TensorArena(), isTraining: false);
        // ln(1 / softmax(500)) = 1000 / 2, times T² = 4.
        Assert.Equal(2000, tape.DistillationLoss(new Tensor(new Shape(1, 2), [-500, 500]), new Tensor(new Shape(1, 2), [1, 0]), 2, 1).Span[0], 1e-3);
    }

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
        Assert.Equal(
            "DistillationLoss: logits are [4, 3], answers [4, 2]; both must be [B, C].",
            Assert.Throws<ArgumentException>(() => tape.DistillationLoss(scores, new Tensor(new Shape(4, 2)), 2, 1)).Message);
        Assert.Equal(
            "DistillationLoss: the temperature is 0; it must be above 0.",
            Assert.Throws<ArgumentException>(() => tape.DistillationLoss(scores, scores, 0, 1)).Message);
    }
}
