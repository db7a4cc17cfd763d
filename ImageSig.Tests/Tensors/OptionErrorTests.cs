using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using static ImageSig.Tests.Tensors.ShapeErrorTests;

namespace ImageSig.Tests.Tensors;

/// <summary>Options out of range: refused with one line before anything is read or written.</summary>
public sealed class OptionErrorTests
{
    [Theory]
    [InlineData(0, 1, 0, 0, "stride 0, dilation 1; both must be at least 1, as new Convolution1DOptions() has them.")]
    [InlineData(-1, 1, 0, 0, "stride -1, dilation 1; both must be at least 1, as new Convolution1DOptions() has them.")]
    [InlineData(1, 0, 0, 0, "stride 1, dilation 0; both must be at least 1, as new Convolution1DOptions() has them.")]
    [InlineData(1, -1, 0, 0, "stride 1, dilation -1; both must be at least 1, as new Convolution1DOptions() has them.")]
    [InlineData(1, 1, -1, 0, "padding -1 before and 0 after; both must be at least 0. To leave steps out, slice the input.")]
    [InlineData(1, 1, 2, -3, "padding 2 before and -3 after; both must be at least 0. To leave steps out, slice the input.")]
    [InlineData(1, 1, int.MaxValue, int.MaxValue, "9 steps with padding 2147483647 before and 2147483647 after are more than 2147483647; pad less.")]
    public void Conv1D_names_the_option(int stride, int dilation, int before, int after, string problem) => AssertMessage(
        $"Conv1D: {problem}", tape => Convolve(tape, new() { Stride = stride, Dilation = dilation, PaddingBefore = before, PaddingAfter = after }));

    [Fact]
    public void Conv1D_refuses_options_that_were_never_set() => AssertMessage(
        "Conv1D: stride 0, dilation 0; both must be at least 1, as new Convolution1DOptions() has them.",
        tape => Convolve(tape, default(Convolution1DOptions)));

    [Fact]
    public void Conv1D_names_the_steps_of_a_dilation_beyond_all_inputs() => AssertMessage(
        "Conv1D: input is [2, 9, 3], the kernel covers 4294967295 steps; it needs at least as many. Use more streams or a smaller kernel.",
        tape => Convolve(tape, new() { Dilation = int.MaxValue }));

    [Theory]
    [InlineData(0, 0, "stride 0; it must be at least 1, as new Convolution2DOptions() has it.")]
    [InlineData(-1, 0, "stride -1; it must be at least 1, as new Convolution2DOptions() has it.")]
    [InlineData(1, -1, "padding -1; it must be at least 0. To cut an image, crop it before.")]
    [InlineData(1, int.MaxValue, "6 pixels with padding 2147483647 on both sides are more than 2147483647; pad less.")]
    public void Conv2D_names_the_option(int stride, int padding, string problem) => AssertMessage(
        $"Conv2D: {problem}",
        tape => tape.Conv2D(new Tensor(new Shape(1, 6, 5, 3)), new Tensor(new Shape(3, 3, 3, 4)), null, new() { Stride = stride, Padding = padding }));

    [Fact]
    public void Conv2D_refuses_more_padding_than_can_be_counted() => AssertMessage(
        "Conv2D: input is [1, 2, 2, 3], padding 20000; an image with its padding holds more than 2147483647 numbers. Use smaller images or pad less.",
        tape => tape.Conv2D(new Tensor(new Shape(1, 2, 2, 3)), new Tensor(new Shape(3, 3, 3, 1)), null, new() { Padding = 20_000, Stride = 300 }));

    [Fact]
    public void Conv2D_refuses_more_windows_than_can_be_counted() => AssertMessage(
        "Conv2D: input is [1, 2, 2, 1], the kernel [9, 9, 1, 1]; the 9994 x 9994 windows of an image hold more than 2147483647 numbers. Use smaller images or a larger stride.",
        tape => tape.Conv2D(new Tensor(new Shape(1, 2, 2, 1)), new Tensor(new Shape(9, 9, 1, 1)), null, new() { Padding = 5000 }));

    [Theory]
    [InlineData(1f, "1")]
    [InlineData(-1f, "-1")]
    [InlineData(float.NaN, "NaN")]
    public void A_dropout_rate_that_is_no_share_below_one_is_named(float rate, string shown)
    {
        Tensor x = new(new Shape(1, 2, 6));
        AssertMessage($"Attention: the dropout rate is {shown}; it must be at least 0 and below 1.", tape => tape.Attention(x, x, x, new() { Heads = 2, Dropout = rate }));
        AssertMessage($"Dropout: the dropout rate is {shown}; it must be at least 0 and below 1.", tape => tape.Dropout(x, rate, layer: 1));
    }

    [Fact]
    public void Dropout_needs_a_batch() => AssertMessage(
        "Dropout: the input is a single number; it must be [B, ...].", tape => tape.Dropout(new Tensor(Shape.Scalar), 0.5f, layer: 1));

    [Fact]
    public void Concat_needs_a_last_dimension_on_both_sides()
    {
        Tensor one = new(Shape.Scalar);
        Tensor row = new(new Shape(3));
        AssertMessage("Concat: left is [], right is [3]; a single number has no last dimension. Reshape it to [1].", tape => tape.Concat(one, row));
        AssertMessage("Concat: left is [3], right is []; a single number has no last dimension. Reshape it to [1].", tape => tape.Concat(row, one));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_pooling_window_below_one_is_named(int size)
    {
        Tensor steps = new(new Shape(1, 6, 3));
        Tensor pixels = new(new Shape(1, 6, 6, 3));
        AssertMessage($"MaxPool1D: the window is {size}; it must be at least 1.", tape => tape.MaxPool1D(steps, size));
        AssertMessage($"AveragePool1D: the window is {size}; it must be at least 1.", tape => tape.AveragePool1D(steps, size));
        AssertMessage($"MaxPool2D: the window is {size}; it must be at least 1.", tape => tape.MaxPool2D(pixels, size));
        AssertMessage($"AveragePool2D: the window is {size}; it must be at least 1.", tape => tape.AveragePool2D(pixels, size));
    }

    [Fact]
    public void Slice_names_columns_that_are_not_there()
    {
        Tensor x = new(new Shape(2, 3));
        AssertMessage("Slice: 0 columns are asked for; at least 1 is needed.", tape => tape.Slice(x, 1, 0));
        AssertMessage("Slice: input is [2, 3], columns -1 to 0 are asked for; they must lie inside the last dimension.", tape => tape.Slice(x, -1, 2));
        AssertMessage("Slice: input is [2, 3], columns 1 to 2147483647 are asked for; they must lie inside the last dimension.", tape => tape.Slice(x, 1, int.MaxValue));
        AssertMessage("Slice: input is [], columns 0 to 0 are asked for; they must lie inside the last dimension.", tape => tape.Slice(new Tensor(Shape.Scalar), 0, 1));
    }

    [Fact]
    public void Shift2D_stays_within_images()
    {
        Tensor x = new(new Shape(1, 4, 5, 2));
        AssertMessage("Shift2D: the images are [4, 5]; they must be [B, H, W, C].", tape => tape.Shift2D(new Tensor(new Shape(4, 5)), 1, 1));
        AssertMessage("Shift2D: the images are [1, 4, 5, 2], moved by 4 rows and 0 columns; at most 3 and 4 are possible, at least 0.", tape => tape.Shift2D(x, 4, 0));
        AssertMessage("Shift2D: the images are [1, 4, 5, 2], moved by 0 rows and -1 columns; at most 3 and 4 are possible, at least 0.", tape => tape.Shift2D(x, 0, -1));
    }

    [Fact]
    public void Gather_needs_rows_of_the_table()
    {
        Tensor table = new(new Shape(4, 2));
        AssertMessage("Gather: no rows are asked for; name at least 1.", tape => tape.Gather(table, []));
        AssertMessage("Gather: row -1 of a table [4, 2]; rows must be 0 to 3.", tape => tape.Gather(table, [-1]));
    }

    private static Tensor Convolve(Tape tape, Convolution1DOptions options) =>
        tape.Conv1D(new Tensor(new Shape(2, 9, 3)), new Tensor(new Shape(3, 3, 5)), null, Activation.None, options);

    [Theory]
    [InlineData(new[] { 1f, 2, 3 }, "3 class weights for 2 classes; give one each.")]
    [InlineData(new[] { 1f, float.NaN }, "the weight of class 1 is NaN; weights must be finite and at least 0.")]
    [InlineData(new[] { -1f, 1 }, "the weight of class 0 is -1; weights must be finite and at least 0.")]
    public void The_loss_names_the_class_weights(float[] weights, string problem) => AssertMessage(
        $"Loss: {problem}", tape => tape.ClassificationLoss(new Tensor(new Shape(1, 2)), [0], new ClassificationLoss { ClassWeights = weights }, 1));
}
