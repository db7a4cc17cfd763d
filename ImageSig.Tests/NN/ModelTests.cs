using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.NN;

/// <summary>The models: their parameter counts, their checks, and prediction.</summary>
public sealed class ModelTests
{
    // Table 2 of the paper (method.md section 3 names its two misprints).
    [Theory]
    [InlineData(32, 25, 96_077)]
    [InlineData(32, 50, 192_152)]
    [InlineData(32, 100, 384_302)]
    [InlineData(32, 150, 576_452)]
    [InlineData(32, 200, 768_602)]
    [InlineData(64, 25, 192_077)]
    [InlineData(64, 50, 384_152)]
    [InlineData(64, 100, 768_302)]
    [InlineData(64, 150, 1_152_452)]
    [InlineData(64, 200, 1_536_602)]
    public void The_dense_model_has_the_parameters_of_table_2(int streams, int neurons, long count) =>
        Assert.Equal(count, Model.Create(new FcSpec(neurons), new Shape(streams, 120), 2, 1).ParameterCount);

    [Theory]
    [InlineData(64, 37_112)]
    [InlineData(128, 59_512)]
    public void The_convolutional_model_has_the_papers_parameters(int streams, long count) =>
        Assert.Equal(count, Model.Create(new ConvSpec(), new Shape(streams, 120), 2, 1).ParameterCount);

    [Theory]
    [InlineData(1, 162_553)]
    [InlineData(50, 7_083_705)]
    public void The_attention_model_really_stacks_its_blocks(int blocks, long count) =>
        Assert.Equal(count, Model.Create(new AttentionSpec(blocks), new Shape(64, 120), 2, 1).ParameterCount);

    [Theory]
    [InlineData(2, 28_434)]
    [InlineData(5, 28_677)]
    public void The_grid_model_has_its_parameters(int classes, long count)
    {
        Model model = Model.Create(new GridSpec(), new Shape(64, 64, 3), classes, 1);
        Assert.Equal(count, model.ParameterCount);
        Assert.Equal(
            ["[32, 32, 8]", "[32, 32, 8]", "[8, 8, 320]", "[8, 8, 320]", "[8, 8, 320]", "[8, 8, 40]", "[8, 8, 40]", "[8, 8, 40]", "[8, 8, 40]", "[80]", "[80]", $"[{classes}]"],
            model.Layers.Select(layer => layer.OutputShape.ToString()));
    }

    [Fact]
    public void The_comparison_models_take_pixels_and_the_small_net_stays_under_60000_parameters()
    {
        Assert.InRange(Model.Create(new CnnSpec(), new Shape(64, 64, 3), 5, 1).ParameterCount, 1, 59_999);
        Assert.Equal("[64, 64]", Model.Create(new VitSpec(), new Shape(64, 64, 3), 5, 1).Layers[1].OutputShape.ToString());
    }

    [Fact]
    public void The_convolutional_model_goes_from_64_streams_to_6()
    {
        Model model = Model.Create(new ConvSpec(), new Shape(64, 120), 2, 1);
        Assert.Equal(
            ["[62, 32]", "[20, 32]", "[18, 64]", "[6, 64]", "[384]", "[50]", "[50]", "[2]"],
            model.Layers.Select(layer => layer.OutputShape.ToString()));
        Assert.Equal(
            ["conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "dense1.weight", "dense1.bias", "dense2.weight", "dense2.bias"],
            model.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Too_few_streams_are_refused_when_the_model_is_built()
    {
        SettingException error = Assert.Throws<SettingException>(() => Model.Create(new ConvSpec(), new Shape(16, 120), 2, 1));
        Assert.Equal(
            "Model conv: the input is [16, 120], 16 streams; two convolutions of 3 and two poolings of 3 need at least 17. Use larger images, two directions, or the model fc.",
            error.Message);
        Assert.Equal(2, Model.Create(new ConvSpec(), new Shape(17, 120), 2, 1).Outputs);
    }

    [Theory]
    [InlineData("fc")]
    [InlineData("conv")]
    [InlineData("attention")]
    [InlineData("grid")]
    [InlineData("cnn")]
    [InlineData("vit")]
    public void A_prediction_has_the_same_bits_alone_and_in_any_batch(string name)
    {
        Model model = Model.Create(Spec(name), InputOf(name), 3, 4);
        const int batch = 130;
        int length = model.Input.Count;
        float[] inputs = Numbers.Uniform(batch * length, 5);
        float[] together = new float[batch * 3];
        model.Predict(inputs, batch, together);
        foreach (int size in (int[])[1, 2, 5, 64, 65])
        {
            float[] parts = new float[batch * 3];
            for (int start = 0; start < batch; start += size)
            {
                int count = Math.Min(size, batch - start);
                model.Predict(inputs.AsSpan(start * length, count * length), count, parts.AsSpan(start * 3, count * 3));
            }
            Assert.Equal(together, parts);
        }
        for (int i = 0; i < batch; i++)
            Assert.Equal(1, together[(3 * i)..(3 * i + 3)].Sum(), 1e-5);
    }

    [Theory]
    [InlineData("fc")]
    [InlineData("conv")]
    [InlineData("attention")]
    [InlineData("grid")]
    [InlineData("cnn")]
    [InlineData("vit")]
    public void Predicting_allocates_nothing_after_the_first_time(string name)
    {
        Model model = Model.Create(Spec(name), InputOf(name), 3, 4);
        float[] inputs = Numbers.Uniform(model.Input.Count, 5);
        float[] probabilities = new float[3];
        for (int i = 0; i < 3; i++)
            model.Predict(inputs, 1, probabilities);
        Assert.Equal(0, Cost.UsualBytes(() => model.Predict(inputs, 1, probabilities)));
    }

    [Fact]
    public void Several_threads_predict_the_same_as_one()
    {
        Model model = Model.Create(new ConvSpec(), new Shape(20, 7), 3, 4);
        float[] inputs = Numbers.Uniform(40 * 140, 5);
        float[] expected = new float[120];
        model.Predict(inputs, 40, expected);
        float[] actual = new float[120];
        Parallel.For(0, 40, i => model.Predict(inputs.AsSpan(i * 140, 140), 1, actual.AsSpan(i * 3, 3)));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Initial_weights_depend_on_the_seed_alone_and_biases_are_zero()
    {
        Model first = Model.Create(new ConvSpec(), new Shape(20, 7), 3, 4);
        Model same = Model.Create(new ConvSpec(), new Shape(20, 7), 3, 4);
        Model other = Model.Create(new ConvSpec(), new Shape(20, 7), 3, 5);
        for (int i = 0; i < first.Parameters.Count; i++)
        {
            float[] values = first.Parameters[i].Value.Span.ToArray();
            Assert.Equal(values, same.Parameters[i].Value.Span.ToArray());
            if (first.Parameters[i].Name.EndsWith(".bias", StringComparison.Ordinal))
                Assert.All(values, value => Assert.Equal(0, value));
            else
                Assert.NotEqual(values, other.Parameters[i].Value.Span.ToArray());
        }
        // Glorot: the largest of 3·7·32 draws comes near √(6 / (21 + 96)) and never passes it.
        float limit = (float)Math.Sqrt(6.0 / (3 * 7 + 3 * 32));
        float largest = first.Parameters[0].Value.Span.ToArray().Max(Math.Abs);
        Assert.InRange(largest, 0.98f * limit, limit);
    }

    private static Shape InputOf(string name) => name is "grid" or "cnn" or "vit" ? new Shape(16, 16, 3) : new Shape(20, 7);

    private static ModelSpec Spec(string name) => name switch
    {
        "fc" => new FcSpec(),
        "conv" => new ConvSpec(),
        "attention" => new AttentionSpec(Blocks: 2),
        "grid" => new GridSpec(),
        "cnn" => new CnnSpec(),
        _ => new VitSpec(Patch: 4, Features: 16, Blocks: 2, Heads: 2),
    };
}
