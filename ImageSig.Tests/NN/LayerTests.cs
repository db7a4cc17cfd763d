using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>Layers that no model of ours holds: what they compute, and the shapes they take.</summary>
public sealed class LayerTests
{
    [Fact]
    public void A_group_normalization_begins_as_plain_and_scales_and_shifts_what_it_learned()
    {
        GroupNorm layer = new("norm", channels: 6, groups: 3);
        Assert.Equal(["norm.scale", "norm.shift"], layer.Parameters.Select(parameter => parameter.Name));
        Assert.Equal("[5, 6]", layer.OutputShape(new Shape(5, 6)).ToString());
        float[] x = Numbers.Uniform(2 * 5 * 6, 1);
        AssertClose(Twin(Enumerable.Repeat(1f, 6), new float[6]), Forward(layer, new Shape(2, 5, 6), x));

        float[] scale = Numbers.Uniform(6, 2);
        float[] shift = Numbers.Uniform(6, 3);
        scale.CopyTo(layer.Scale.Value.Span);
        shift.CopyTo(layer.Shift.Value.Span);
        AssertClose(Twin(scale, shift), Forward(layer, new Shape(2, 5, 6), x));

        double[] Twin(IEnumerable<float> scale, IEnumerable<float> shift) => Twins.GroupNorm(Doubles(x), Doubles(scale), Doubles(shift), 2, 5, 6, 3, 1e-5);
    }

    [Fact]
    public void A_pooling_over_pixels_takes_the_largest_of_each_window_and_drops_what_is_left_over()
    {
        MaxPool2D layer = new("pool", 2);
        Assert.Equal("[2, 3, 4]", layer.OutputShape(new Shape(5, 7, 4)).ToString());
        float[] x = Numbers.Uniform(2 * 5 * 7 * 4, 1);
        float[] y = Forward(layer, new Shape(2, 5, 7, 4), x);
        Assert.Equal(Twins.Pool2D(Doubles(x), 2, 5, 7, 4, 2, 2, values => values.Max()), Doubles(y));
        AssertRefuses("pool (MaxPool2D): the input is [1, 7, 4]; it must be [H, W, C] of at least 2 x 2 pixels. Use larger images.", () => layer.OutputShape(new Shape(1, 7, 4)));
    }

    [Fact]
    public void Causal_attention_sees_nothing_that_comes_later()
    {
        const int steps = 7;
        const int features = 5;
        MultiHeadAttention causal = Attention(isCausal: true);
        float[] x = Numbers.Uniform(steps * features, 1);
        float[] before = Forward(causal, new Shape(1, steps, features), x);
        for (int t = 0; t < steps - 1; t++)
        {
            int seen = (t + 1) * features;
            float[] changed = [.. x[..seen], .. Numbers.Uniform(steps * features - seen, (uint)(2 + t))];
            float[] after = Forward(causal, new Shape(1, steps, features), changed);
            Assert.Equal(before[..seen], after[..seen]);
            Assert.NotEqual(before[seen..], after[seen..]);
            // The check can fail: without causality the same change reaches the steps before it.
            Assert.NotEqual(
                Forward(Attention(isCausal: false), new Shape(1, steps, features), x)[..seen],
                Forward(Attention(isCausal: false), new Shape(1, steps, features), changed)[..seen]);
        }

        static MultiHeadAttention Attention(bool isCausal)
        {
            MultiHeadAttention layer = new("attention", features, keySize: 3, new AttentionOptions { Heads = 2, IsCausal = isCausal });
            layer.Initialize(new Initializer(3));
            return layer;
        }
    }

    [Fact]
    public void A_layer_whose_options_are_out_of_range_is_refused_when_it_is_made()
    {
        AssertRefuses(
            "c (Conv1D): stride 0, dilation 0; both must be at least 1, as new Convolution1DOptions() has them.",
            () => new Conv1D("c", 3, 4, 3, options: default(Convolution1DOptions)));
        AssertRefuses(
            "c (Conv1D): padding -1 before and 0 after; both must be at least 0. To leave steps out, slice the input.",
            () => new Conv1D("c", 3, 4, 3, options: new Convolution1DOptions { PaddingBefore = -1 }));
        AssertRefuses(
            "c (Conv2D): stride 0; it must be at least 1, as new Convolution2DOptions() has it.", () => new Conv2D("c", 3, 4, 3, default, hasBias: true));
        AssertRefuses(
            "c (Conv2D): padding -1; it must be at least 0. To cut an image, crop it before.",
            () => new Conv2D("c", 3, 4, 3, new Convolution2DOptions { Padding = -1 }, hasBias: true));
        AssertRefuses("d (Dropout): the dropout rate is 1.5; it must be at least 0 and below 1.", () => new Dropout("d", 1.5f, 1));
        AssertRefuses("p (MaxPool1D): the window is 0; it must be at least 1.", () => new MaxPool1D("p", 0));
        AssertRefuses("p (MaxPool2D): the window is -2; it must be at least 1.", () => new MaxPool2D("p", -2));
        AssertRefuses("n (GroupNorm): 6 channels in 0 groups; the groups must divide the channels.", () => new GroupNorm("n", 6, 0));
        AssertRefuses("a (attention): 0 heads; at least 1 is needed.", () => new MultiHeadAttention("a", 8, 4, new AttentionOptions { Heads = 0 }));
        AssertRefuses(
            "a (attention): the size of a head's keys is 0; it must be at least 1.", () => new MultiHeadAttention("a", 8, 0, new AttentionOptions { Heads = 2 }));
        AssertRefuses(
            "a (attention): the dropout rate is 1; it must be at least 0 and below 1.",
            () => new MultiHeadAttention("a", 8, 4, new AttentionOptions { Heads = 2, Dropout = 1 }));
    }

    [Fact]
    public void A_model_whose_numbers_are_out_of_range_is_refused_when_it_is_made()
    {
        Shape streams = new(20, 7);
        Shape pixels = new(16, 16, 3);
        foreach ((ModelSpec spec, Shape input, string message) in ((ModelSpec, Shape, string)[])[
            (new FcSpec(Neurons: 0), streams, "Model fc: Neurons is 0; it must be at least 1."),
            (new FcSpec(Dropout: 1.5f), streams, "Model fc: the dropout rate is 1.5; it must be at least 0 and below 1."),
            (new ConvSpec(Neurons: -5), streams, "Model conv: Neurons is -5; it must be at least 1."),
            (new ConvSpec(Dropout: float.NaN), streams, "Model conv: the dropout rate is NaN; it must be at least 0 and below 1."),
            (new AttentionSpec(Neurons: 0), streams, "Model attention: Neurons is 0; it must be at least 1."),
            (new AttentionSpec(Heads: 0), streams, "Model attention: Heads is 0; it must be at least 1."),
            (new AttentionSpec(KeySize: 0), streams, "Model attention: KeySize is 0; it must be at least 1."),
            (new AttentionSpec(BlockDropout: 1), streams, "Model attention, blocks: the dropout rate is 1; it must be at least 0 and below 1."),
            (new CnnSpec(Dropout: -1), pixels, "Model cnn: the dropout rate is -1; it must be at least 0 and below 1."),
            (new VitSpec(Patch: 0), pixels, "Model vit: Patch is 0; it must be at least 1."),
            (new VitSpec(Features: 0), pixels, "Model vit: Features is 0; it must be at least 1."),
            (new VitSpec(Blocks: -1), pixels, "Model vit: Blocks is -1; it must be at least 1."),
            (new VitSpec(Heads: 0), pixels, "Model vit: Heads is 0; it must be at least 1."),
            (new GridSpec(Window: 0), pixels, "Model grid: Window is 0; it must be at least 2."),
            (new GridSpec(Lift: 0), pixels, "Model grid: Lift is 0; it must be at least 1."),
            (new GridSpec(Channels: 0), pixels, "Model grid: Channels is 0; it must be at least 1."),
            (new GridSpec(Window: 1 << 30), pixels, "Model grid: Window is 1073741824; it must be at most 64."),
            (new GridSpec(Roots: -0.1f), pixels, "Model grid: the roots' epsilon is -0.1; it must be 0 (no roots) or from 1E-06 to 1."),
            (new GridSpec(Window: 64), pixels,
                "Model grid: the input is [16, 16, 3]; it must be pixels [height, width, channels] of at least 128 x 128. Use larger images."),
            (new GridSpec(Convolutions: 3), new Shape(48, 40, 3),
                "Model grid: the images are 40x48; with windows of 4 and three convolutions both sides must be multiples of 16, such as 32x48 or 48x48."),
            (new VitSpec(Features: 10, Heads: 4), pixels, "Model vit: 10 features, 4 heads; the heads must divide the features."),
            (new FcSpec(Neurons: 1 << 16), new Shape(1 << 10, 1 << 10), "Shape: more than 2147483647 elements; use a smaller batch."),
        ])
            Assert.Equal(message, Assert.Throws<SettingException>(() => Model.Create(spec, input, 3, seed: 1)).Message);
    }

    private static float[] Forward(Layer layer, Shape shape, float[] x) =>
        layer.Forward(new Tape(new TensorArena(), isTraining: false), new Tensor(shape, x)).Span.ToArray();

    private static double[] Doubles(IEnumerable<float> values) => [.. values.Select(value => (double)value)];

    private static void AssertClose(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5);
    }

    private static void AssertRefuses(string message, Func<object> make) => Assert.Equal(message, Assert.ThrowsAny<ArgumentException>(make).Message);
}
