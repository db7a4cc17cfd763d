using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>A model whose batch normalizations are folded predicts what it did before.</summary>
public sealed class BatchNormFoldingTests
{
    private static readonly Shape Pixels = new(16, 16, 3);

    [Theory]
    [InlineData("grid")]
    [InlineData("grid without roots")]
    [InlineData("cnn")]
    public void A_folded_model_gives_the_same_scores_from_fewer_numbers(string name)
    {
        Model trained = Model.Create(name switch { "grid" => new GridSpec(), "cnn" => new CnnSpec(), _ => new GridSpec(Roots: 0) }, Pixels, 3, 7);
        // Statistics, scales and shifts far from their beginnings, as a long training leaves them.
        for (int i = 0; i < trained.Parameters.Count; i++)
        {
            Parameter parameter = trained.Parameters[i];
            if (parameter.Shape.Rank != 1)
                continue;
            float[] values = Numbers.Uniform(parameter.Count, (uint)(100 + i));
            float center = parameter.Name.EndsWith("scale", StringComparison.Ordinal) || parameter.Name.EndsWith("variance", StringComparison.Ordinal) ? 1.1f : 0;
            for (int j = 0; j < values.Length; j++)
                parameter.Value.Span[j] = center + values[j];
        }
        Model folded = trained.Folded();
        float[] inputs = Numbers.Uniform(5 * Pixels.Count, 1);
        float[] before = new float[15];
        float[] after = new float[15];
        trained.Scores(inputs, 5, before);
        folded.Scores(inputs, 5, after);
        float largest = before.Max(Math.Abs);
        for (int i = 0; i < before.Length; i++)
            Assert.True(Math.Abs(before[i] - after[i]) <= 1e-5f * largest, $"{before[i]}, folded {after[i]}");

        Assert.Equal(trained.ParameterCount, folded.ParameterCount);
        Assert.DoesNotContain(folded.Parameters, parameter => parameter.Name.Contains("norm", StringComparison.Ordinal));
        Assert.True(folded.Parameters.Sum(parameter => parameter.Count) < trained.Parameters.Sum(parameter => parameter.Count));
        Assert.Same(folded, folded.Folded());
    }

    [Fact]
    public void A_model_without_batch_normalization_is_itself_when_folded()
    {
        Model model = Model.Create(new ConvSpec(), new Shape(20, 7), 2, 1);
        Assert.Same(model, model.Folded());
    }

    [Fact]
    public void The_folded_grid_stores_27666_numbers_and_counts_the_28434_that_were_trained()
    {
        Model folded = Model.Create(new GridSpec(), new Shape(64, 64, 3), 2, 1).Folded();
        Assert.Equal(27_666, folded.Parameters.Sum(parameter => parameter.Count));
        Assert.Equal(28_434, folded.ParameterCount);
    }
}
