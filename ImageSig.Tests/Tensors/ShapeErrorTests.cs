using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>Wrong shapes: the message names the operation, the values and the remedy.</summary>
public sealed class ShapeErrorTests
{
    [Fact]
    public void Dense_names_both_shapes() => AssertMessage(
        "Dense: input is [2, 3], weight is [4, 5]; the weight must be [I, O] with I the input's last dimension.",
        tape => tape.Dense(new Tensor(new Shape(2, 3)), new Tensor(new Shape(4, 5)), null));

    [Fact]
    public void Dense_names_the_bias_it_needs() => AssertMessage(
        "Dense: bias is [4], weight is [3, 5]; the bias must be [5], one number per output.",
        tape => tape.Dense(new Tensor(new Shape(2, 3)), new Tensor(new Shape(3, 5)), new Tensor(new Shape(4))));

    [Fact]
    public void Conv1D_names_both_shapes() => AssertMessage(
        "Conv1D: input is [2, 9, 3], weight is [3, 4, 5]; they must be [B, T, C] and [K, C, O] with the same C.",
        tape => tape.Conv1D(new Tensor(new Shape(2, 9, 3)), new Tensor(new Shape(3, 4, 5)), null));

    [Fact]
    public void Conv1D_says_how_many_steps_it_needs() => AssertMessage(
        "Conv1D: input is [2, 2, 3], the kernel covers 3 steps; it needs at least as many. Use more streams or a smaller kernel.",
        tape => tape.Conv1D(new Tensor(new Shape(2, 2, 3)), new Tensor(new Shape(3, 3, 5)), null));

    [Fact]
    public void MaxPool1D_says_how_many_steps_it_needs() => AssertMessage(
        "MaxPool1D: input is [1, 2, 3], the window is 3; the input must be [B, T, C] with T at least 3. Use more streams or a smaller window.",
        tape => tape.MaxPool1D(new Tensor(new Shape(1, 2, 3)), 3));

    [Fact]
    public void Reshape_names_both_counts() => AssertMessage(
        "Reshape: input is [2, 3] (6 numbers), the new shape [5] holds 5; the counts must be equal.",
        tape => tape.Reshape(new Tensor(new Shape(2, 3)), new Shape(5)));

    [Fact]
    public void A_label_that_is_no_class_is_named() => AssertMessage(
        "ClassificationLoss: label 3 in row 1; labels must be 0 to 2.",
        tape => tape.ClassificationLoss(new Tensor(new Shape(2, 3)), [0, 3], new ClassificationLoss(), 1));

    [Fact]
    public void A_dimension_below_one_is_refused() =>
        Assert.Equal("Shape: a dimension is 0; every dimension must be at least 1.", Assert.Throws<ArgumentException>(() => new Shape(2, 0)).Message);

    [Fact]
    public void Backward_needs_a_single_number()
    {
        Tape tape = new(new TensorArena(), isTraining: true);
        Parameter parameter = new("p", new Shape(2));
        Gradients gradients = new(new ParameterBlock([parameter]));
        Assert.Equal(
            "Backward: the loss is [2]; it must be a single number. Reduce it first.",
            Assert.Throws<ArgumentException>(() => tape.Backward(tape.Relu(parameter.Value), gradients)).Message);
    }

    private static void AssertMessage(string message, Func<Tape, Tensor> operation)
    {
        Tape tape = new(new TensorArena(), isTraining: true);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => operation(tape)).Message);
    }
}
