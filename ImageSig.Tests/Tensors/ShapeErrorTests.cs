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
    public void Add_names_both_shapes() => AssertMessage(
        "Add: left is [2, 3], right is [2]; the right shape must be the left's last dimensions. Reshape or exchange them.",
        tape => tape.Add(new Tensor(new Shape(2, 3)), new Tensor(new Shape(2))));

    [Fact]
    public void Multiply_names_both_shapes() => AssertMessage(
        "Multiply: left is [2, 3], right is [3, 2]; the right shape must be the left's last dimensions. Reshape or exchange them; for a matrix product use MatMul.",
        tape => tape.Multiply(new Tensor(new Shape(2, 3)), new Tensor(new Shape(3, 2))));

    [Fact]
    public void Slice_names_the_columns() => AssertMessage(
        "Slice: input is [2, 3], columns 2 to 3 are asked for; they must lie inside the last dimension.",
        tape => tape.Slice(new Tensor(new Shape(2, 3)), 2, 2));

    [Fact]
    public void Gather_names_the_table() => AssertMessage(
        "Gather: the table is [3]; it must be [N, F].",
        tape => tape.Gather(new Tensor(new Shape(3)), [0]));

    [Fact]
    public void Gather_names_a_row_that_is_not_there() => AssertMessage(
        "Gather: row 4 of a table [4, 2]; rows must be 0 to 3.",
        tape => tape.Gather(new Tensor(new Shape(4, 2)), [0, 4]));

    [Fact]
    public void Transpose_needs_two_dimensions() => AssertMessage(
        "Transpose: the input is [3]; it needs at least two dimensions.",
        tape => tape.Transpose(new Tensor(new Shape(3))));

    [Fact]
    public void LayerNorm_names_all_shapes() => AssertMessage(
        "LayerNorm: input is [2, 3], scale is [4], shift is [4]; scale and shift must be [F] with F the input's last dimension.",
        tape => tape.LayerNorm(new Tensor(new Shape(2, 3)), new Tensor(new Shape(4)), new Tensor(new Shape(4))));

    [Fact]
    public void BatchNorm_names_both_shapes() => AssertMessage(
        "BatchNorm: input is [2, 3], scale is [4]; all four tensors must be [C] with C the input's last dimension.",
        tape => tape.BatchNorm(new Tensor(new Shape(2, 3)), new BatchNormTensors(new Tensor(new Shape(4)), new Tensor(new Shape(4)), new Tensor(new Shape(4)), new Tensor(new Shape(4)))));

    [Fact]
    public void AveragePool1D_says_how_many_steps_it_needs() => AssertMessage(
        "AveragePool1D: input is [1, 2, 3], the window is 3; the input must be [B, T, C] with T at least 3.",
        tape => tape.AveragePool1D(new Tensor(new Shape(1, 2, 3)), 3));

    [Fact]
    public void AveragePool2D_says_how_many_rows_and_columns_it_needs() => AssertMessage(
        "AveragePool2D: input is [1, 4, 2, 3], the window is 3; the input must be [B, H, W, C] with H and W at least 3.",
        tape => tape.AveragePool2D(new Tensor(new Shape(1, 4, 2, 3)), 3));

    [Fact]
    public void MaxPool2D_says_how_many_rows_and_columns_it_needs() => AssertMessage(
        "MaxPool2D: input is [1, 2, 4, 3], the window is 3; the input must be [B, H, W, C] with H and W at least 3.",
        tape => tape.MaxPool2D(new Tensor(new Shape(1, 2, 4, 3)), 3));

    [Fact]
    public void AttentionPool_names_both_shapes() => AssertMessage(
        "AttentionPool: scores are [2, 4], values [2, 3, 5]; they must be [B, T] and [B, T, F] with the same B and T.",
        tape => tape.AttentionPool(new Tensor(new Shape(2, 4)), new Tensor(new Shape(2, 3, 5))));

    [Fact]
    public void Conv2D_names_both_shapes() => AssertMessage(
        "Conv2D: input is [1, 8, 8, 3], weight is [3, 3, 4, 5]; they must be [B, H, W, C] and [Ky, Kx, C, O] with the same C.",
        tape => tape.Conv2D(new Tensor(new Shape(1, 8, 8, 3)), new Tensor(new Shape(3, 3, 4, 5)), null));

    [Fact]
    public void Softmax_needs_a_dimension() => AssertMessage(
        "Softmax: the input is a single number; it must be [..., C].",
        tape => tape.Softmax(new Tensor(Shape.Scalar)));

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

    internal static void AssertMessage(string message, Func<Tape, Tensor> operation)
    {
        Tape tape = new(new TensorArena(), isTraining: true);
        Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(() => operation(tape)).Message);
    }
}
