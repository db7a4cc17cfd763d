using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Support;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>Means and maxima over a picture, plain and by weights of places.</summary>
public sealed class MeanAndMaxTests
{
    private const int Height = 3, Width = 4, Channels = 5, Places = Height * Width;
    private static readonly Shape Picture = new(Height, Width, Channels), Weights = new(2, 2, Channels);

    [Fact]
    public void The_mean_takes_every_place_by_its_weight_and_the_maximum_none() => GradientCheck.Verify(
        [new(2, Height, Width, Channels), Weights], (tape, x) => new MeanAndMax("pooling", Picture).Pool(tape, x[0], x[1]), x => Expected(x[0], x[1]));

    [Fact]
    public void Weights_begin_as_the_plain_mean_to_the_last_bit()
    {
        Tensor input = new(new Shape(2, Height, Width, Channels), [.. Enumerable.Range(0, 2 * Places * Channels).Select(i => MathF.Sin(i))]);
        Tape tape = new(new TensorArena(), isTraining: false);
        Tensor plain = new MeanAndMax("pooling").Forward(tape, input), weighted = new MeanAndMax("pooling", Picture).Forward(tape, input);
        Assert.Equal(plain.Span, weighted.Span);
    }

    [Fact]
    public void Weights_are_a_parameter_and_count_as_multiply_adds()
    {
        MeanAndMax plain = new("pooling"), weighted = new("pooling", Picture);
        Assert.Empty(plain.Parameters);
        Assert.Equal((0, Picture.Count), (plain.MultiplyAdds(Picture), weighted.MultiplyAdds(Picture)));
        Assert.Equal(("pooling.places", Weights), (Assert.Single(weighted.Parameters).Name, weighted.PlaceWeights!.Shape));
    }

    [Fact]
    public void Another_shape_than_that_of_the_weights_is_refused() => Assert.Equal(
        "pooling (mean and maximum): the input is [4, 3, 5]; it must be [3, 4, 5], for which there are weights.",
        Assert.Throws<ArgumentException>(() => new MeanAndMax("pooling", Picture).OutputShape(new Shape(Width, Height, Channels))).Message);

    [Fact]
    public void A_picture_and_its_mirror_images_have_the_same_mean()
    {
        MeanAndMax layer = new("pooling", Picture);
        UntrainedModel.Disturb(layer.Parameters);
        Tensor input = new(new Shape(1, Height, Width, Channels), [.. Enumerable.Range(0, Places * Channels).Select(i => MathF.Sin(i))]);
        Tape tape = new(new TensorArena(), isTraining: false);
        float[] expected = layer.Forward(tape, input).Span.ToArray();
        Func<int, int>[] mirrors = [place => place / Width * Width + Width - 1 - place % Width, place => (Height - 1 - place / Width) * Width + place % Width];
        foreach (Func<int, int> mirror in mirrors)
        {
            Tensor mirrored = new(input.Shape, [.. Enumerable.Range(0, Places).SelectMany(place => input.Span.Slice(mirror(place) * Channels, Channels).ToArray())]);
            Assert.Equal(expected, layer.Forward(tape, mirrored).Span.ToArray(), (a, b) => MathF.Abs(a - b) < 1e-6f);
        }
    }

    private static double[] Expected(double[] input, double[] weights)
    {
        double[] result = new double[2 * 2 * Channels];
        for (int sample = 0; sample < 2; sample++)
            for (int channel = 0; channel < Channels; channel++)
            {
                double[] values = [.. Enumerable.Range(0, Places).Select(place => input[(sample * Places + place) * Channels + channel])];
                result[sample * 2 * Channels + channel] = values.Select((value, place) => value * weights[Weight(place) * Channels + channel]).Sum() / Places;
                result[(2 * sample + 1) * Channels + channel] = values.Max();
            }
        return result;
    }

    /// <summary>Of 3 rows the first and the last, of 4 columns the outer and the inner share a weight.</summary>
    private static int Weight(int place) => (place / Width == 1 ? 2 : 0) + (place % Width is 1 or 2 ? 1 : 0);
}
