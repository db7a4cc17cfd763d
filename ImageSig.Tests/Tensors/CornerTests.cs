using ImageSig.Tensors.Kernels;

namespace ImageSig.Tests.Tensors;

/// <summary>Losses and functions at scores that are very large, infinite or no numbers.</summary>
public sealed class CornerTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(0.5f, 0)]
    [InlineData(0, 0.1f)]
    public void Equal_scores_are_even_chances_however_large_they_are(float gamma, float smoothing)
    {
        float[] expected = new float[2], slopes = new float[2];
        double loss = LossKernel.Classification([0, 0], 0, gamma, smoothing, 1, expected);
        foreach (float score in (float[])[1e10f, 1e20f, -1e20f, 1e38f])
        {
            Assert.Equal(loss, LossKernel.Classification([score, score], 0, gamma, smoothing, 1, slopes), 1e-12);
            Assert.Equal(expected, slopes);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5f)]
    [InlineData(2)]
    public void A_label_without_any_chance_costs_its_distance_and_is_pulled_with_slope_one(float gamma)
    {
        float[] slopes = new float[2];
        foreach (float score in (float[])[-800, -1e30f, float.NegativeInfinity])
        {
            Assert.Equal(-(double)score, LossKernel.Classification([0, score], 1, gamma, 0, 1, slopes));
            Assert.Equal([1f, -1f], slopes);
        }
    }
}
