using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;

namespace ImageSig.Tests.Tensors;

/// <summary>Group normalization against its double twin.</summary>
public sealed class GroupNormTests
{
    [Theory]
    [InlineData(1, 1, 2, 1)]
    [InlineData(2, 5, 6, 3)]
    [InlineData(3, 4, 6, 6)]
    [InlineData(2, 7, 53, 1)]
    [InlineData(2, 3, 40, 4)]
    public void Each_group_of_channels_of_each_sample_is_brought_to_mean_zero_and_variance_one(int batch, int positions, int channels, int groups) =>
        GradientCheck.Verify(
            [new(batch, positions, channels), new(channels), new(channels)],
            (tape, x) => tape.GroupNorm(x[0], groups, x[1], x[2], 0.01f),
            x => Twins.GroupNorm(x[0], x[1], x[2], batch, positions, channels, groups, 0.01));

    [Fact]
    public void Pixels_are_positions_and_a_scale_of_zero_is_no_danger()
    {
        float[] scale = [0, 1, 2, 0];
        GradientCheck.Verify(
            [new(2, 3, 5, 4), new(4), new(4)],
            (tape, x) => tape.GroupNorm(x[0], 2, x[1], x[2], 0.01f),
            x => Twins.GroupNorm(x[0], x[1], x[2], 2, 15, 4, 2, 0.01),
            [Numbers.Uniform(120, 1), scale, Numbers.Uniform(4, 2)]);
    }

    [Fact]
    public void One_group_over_one_position_is_layer_normalization()
    {
        Tape tape = new(new TensorArena(), isTraining: false);
        Tensor x = new(new Shape(4, 21), Numbers.Uniform(84, 1));
        Tensor scale = new(new Shape(21), Numbers.Uniform(21, 2));
        Tensor shift = new(new Shape(21), Numbers.Uniform(21, 3));
        float[] group = tape.GroupNorm(x, 1, scale, shift).Span.ToArray();
        float[] layer = tape.LayerNorm(x, scale, shift).Span.ToArray();
        for (int i = 0; i < group.Length; i++)
            Assert.Equal(layer[i], group[i], 1e-5f);
    }

    [Fact]
    public void Groups_that_do_not_divide_the_channels_are_named()
    {
        Tape tape = new(new TensorArena(), isTraining: true);
        Tensor six = new(new Shape(6));
        Assert.Equal(
            "GroupNorm: input is [2, 3, 6], 4 groups; the groups must divide the last dimension.",
            Assert.Throws<ArgumentException>(() => tape.GroupNorm(new Tensor(new Shape(2, 3, 6)), 4, six, six)).Message);
        Assert.Equal(
            "GroupNorm: input is [2, 3, 5], scale is [6], shift is [6]; the input must be [B, ..., C], scale and shift [C].",
            Assert.Throws<ArgumentException>(() => tape.GroupNorm(new Tensor(new Shape(2, 3, 5)), 2, six, six)).Message);
    }
}
