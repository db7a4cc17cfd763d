using ImageSig.NN;
using ImageSig.Tensors.Autodiff;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>A kind of network from outside, whole: one file. Everything that it needs is public.</summary>
public sealed record ToySpec(int Width = 6, float Dropout = 0.1f) : ModelSpec
{
    private static readonly ModelField[] Values =
    [
        ModelField.Rate<ToySpec>("dropout", spec => spec.Dropout, (spec, value) => spec with { Dropout = value }),
        ModelField.Whole<ToySpec>("width", "width", 64, spec => spec.Width, (spec, value) => spec with { Width = value }),
        ModelField.Folded,
    ];

    public override string Name => "toy";

    public override ModelInput Input => ModelInput.Pixels;

    public override TrainingOptions DefaultTraining => base.DefaultTraining with { Epochs = 6, BatchSize = 8, LearningRate = 0.01f };

    protected override IReadOnlyList<ModelField> Fields => Values;

    protected override void Build(ModelBuilder layers)
    {
        layers.RequirePixels(min: 8);
        layers.AddNormalizedConvolution("conv", "norm", Width, kernel: 3, new Convolution2DOptions { Stride = 2, Padding = 1 }, Activation.Relu);
        layers.Add(new MeanAndMax("pooling"));
        layers.AddHead(neurons: 5, Dropout);
    }
}

public class ToyModelTests
{
    static ToyModelTests() => ModelKinds.Register(new ModelKind(new ToySpec()));

    [Fact]
    public async Task A_kind_of_network_from_outside_is_trained_saved_loaded_and_predicts()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 20);
        TrainingRecipe recipe = TrainingRecipe.Named("default", "cnn").WithTraining(options => options with { Epochs = 6, BatchSize = 8 }) with { Model = ModelKinds.Named("toy").With("width", 7) };
        recipe = recipe with { Features = recipe.Features with { Width = 16, Height = 16 } };
        ImageClassifier trained = (await ImageClassifier.TrainAsync(folder["photos"], recipe)).Classifier;
        trained.Save(folder["toy.safetensors"]);
        ImageClassifier loaded = ImageClassifier.Load(folder["toy.safetensors"]);
        Assert.Equal(new ToySpec(Width: 7) { IsFolded = true }, loaded.Model.Spec);
        Assert.Equal("""{"name":"toy","dropout":0.1,"width":7,"folded":true}""", loaded.Model.Spec.ToJson());
        string picture = Directory.GetFiles(folder["photos/dark"])[0];
        Assert.Equal("dark", loaded.Predict(picture).Label);
        Assert.Equal(trained.Predict(picture).Probabilities, loaded.Predict(picture).Probabilities);
    }

    [Fact]
    public void Its_bounds_and_counts_are_those_of_its_file()
    {
        Assert.Equal(
            "Model toy: Width is 65; it must be at most 64.", Assert.Throws<ImageSig.Tensors.SettingException>(() => new ToySpec().With("width", 65).Check()).Message);
        ModelDraft free = ModelDraft.Of(new ToySpec(), new(16, 16, 3), 2), folded = ModelDraft.Of(new ToySpec { IsFolded = true }, new(16, 16, 3), 2);
        Assert.Equal(free.ParameterCount, folded.ParameterCount);
        Assert.Equal((free.StoredCount, free.StoredCount - 4 * 6 + 6), (free.ParameterCount + 2 * 6, folded.StoredCount));
    }
}
