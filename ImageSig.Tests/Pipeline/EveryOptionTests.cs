using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Quantization;
using ImageSig.Tensors;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Support;
using ImageSig.Tests.Tensors;

namespace ImageSig.Tests.Pipeline;

/// <summary>Whatever keeps a model or what it reads keeps every option, those too that do not exist yet.</summary>
public class EveryOptionTests
{
    private static readonly Image Picture = Scenes.Draw(1);

    [Fact]
    public void A_model_file_of_any_storage_keeps_every_option_and_gives_the_same_answer()
    {
        IEnumerable<(string, ModelSpec, FeatureOptions)> models =
        [
            .. EveryOption.FeatureBases.SelectMany(options => OptionWalk.Each(options, EveryOption.IsPossible))
                .Select(option => (option.Change, option.Changed.Input == ModelInput.Pixels ? (ModelSpec)new CnnSpec() : new FcSpec(Neurons: 3), option.Changed)),
            .. EveryOption.Networks().Select(network => (network.Change, network.Spec, EveryOption.FeaturesFor(network.Spec))),
        ];
        foreach ((string change, ModelSpec spec, FeatureOptions features) in models)
            foreach (WeightStorage storage in Enum.GetValues<WeightStorage>())
            {
                ImageClassifier model = UntrainedModel.Of(spec, features).Quantized(storage);
                using MemoryStream file = new();
                model.Save(file);
                file.Position = 0;
                ImageClassifier read = ImageClassifier.Load(file);
                Assert.True(read.Features == features, change);
                Assert.True(read.Model.Spec.Equals(spec), change);
                Assert.True(read.Storage == storage, change);
                Assert.Equal(model.Predict(Picture), read.Predict(Picture));
            }
    }

    /// <summary>Rounding to 8 bits weighs the rows that a layer multiplies with its weights: they are those of the layer, whatever its options.</summary>
    [Fact]
    public void The_rows_that_rounding_sees_give_what_the_layer_gives_with_every_option()
    {
        HashSet<string> seen = [];
        foreach ((string what, Layer layer, Shape input) in EveryLayer.All().Where(each => !each.What.Contains(", activation = ", StringComparison.Ordinal)))
        {
            if (LayerInputs.Of(layer, input) is not { } rows)
                continue;
            seen.Add(layer.GetType().Name);
            float[] sample = Numbers.Uniform(input.Count, 5), weight = rows.Weight.Value.Span.ToArray();
            float[] expected = layer.Forward(new Tape(new TensorArena(), isTraining: false), new Tensor(new Shape([1, .. input.ToArray()]), sample)).Span.ToArray();
            int outputs = rows.Weight.Shape.Last;
            Assert.Equal(expected.Length, rows.Count * outputs);
            double[] row = new double[rows.Length];
            for (int i = 0; i < rows.Count; i++)
            {
                rows.CopyTo(sample, i, row);
                for (int output = 0; output < outputs; output++)
                {
                    double sum = rows.Bias?.Value.Span[output] ?? 0;
                    for (int j = 0; j < row.Length; j++)
                        sum += row[j] * weight[j * outputs + output];
                    Assert.True(Math.Abs(sum - expected[i * outputs + output]) < 1e-5, what);
                }
            }
        }
        Assert.Equal([nameof(Conv1D), nameof(Conv2D), nameof(Dense)], seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_cache_keeps_is_found_by_every_option_that_changes_it()
    {
        using TemporaryFolder folder = new();
        Scenes.Draw(2).SaveJpeg(folder["picture.jpg"]);
        foreach (FeatureOptions options in EveryOption.FeatureBases)
            foreach ((_, string change, FeatureOptions changed) in OptionWalk.Each(options, EveryOption.IsPossible))
            {
                if (!Pixels(options).SequenceEqual(Pixels(changed)))
                    Assert.True(CacheContent.Pictures(options).Description != CacheContent.Pictures(changed).Description, $"pictures, {change}");
                if (!Features(options).SequenceEqual(Features(changed)))
                    Assert.True(CacheContent.Features(options, CacheFloats.Single).Description != CacheContent.Features(changed, CacheFloats.Single).Description, $"features, {change}");
            }

        byte[] Pixels(FeatureOptions options) => new FeatureExtractor(options).Fit(Image.Load(folder["picture.jpg"], options.ToDecodeOptions())).Pixels.ToArray();

        // Of a picture that is at size already, since features are found by its pixels.
        static float[] Features(FeatureOptions options)
        {
            FeatureExtractor extractor = new(options);
            float[] features = new float[extractor.SampleLength];
            extractor.Extract(Resize.Fit(Picture, options.Width, options.Height, ImageFit.Stretch), features);
            return features;
        }
    }

    [Fact]
    public void A_fingerprint_tells_every_option_of_features_and_networks()
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", "fc");
        foreach (FeatureOptions options in EveryOption.FeatureBases)
            foreach ((_, string change, FeatureOptions changed) in OptionWalk.Each(options, EveryOption.IsPossible))
                Assert.True(Of(recipe with { Features = options }).Mismatch(Of(recipe with { Features = changed })) is not null, change);
        foreach (Group<Type, (string Change, ModelSpec Spec)> kind in EveryOption.Networks().GroupBy(network => network.Spec.GetType()))
            foreach ((string change, ModelSpec spec) in kind.Skip(1))
                Assert.True(Of(recipe with { Model = kind.First().Spec }).Mismatch(Of(recipe with { Model = spec })) is not null, change);

        static TrainingFingerprint Of(TrainingRecipe recipe) => TrainingFingerprint.Of(recipe, ["a", "b"], []);
    }
}
