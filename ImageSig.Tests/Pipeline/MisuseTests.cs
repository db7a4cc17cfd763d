using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>Arguments that cannot be meant are refused in a line that says so, and what a caller's own code throws comes as it is.</summary>
public class MisuseTests
{
    private static readonly TrainingRecipe Recipe = Small();

    [Fact]
    public void What_a_set_throws_comes_as_it_is() =>
        Assert.Equal("mine", Assert.Throws<FormatException>(() => ImageClassifier.Train(new Pictures(_ => throw new FormatException("mine")), Recipe)).Message);

    [Fact]
    public void A_set_that_gives_no_picture_is_named() =>
        Assert.StartsWith("picture ", Assert.Throws<InvalidOperationException>(() => ImageClassifier.Train(new Pictures(_ => null!), Recipe)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_a_progress_throws_comes_as_it_is() =>
        Assert.Throws<FormatException>(() => ImageClassifier.Train(new Pictures(index => SyntheticPhotos.Picture(new Random(index), 99)), Recipe, progress: new Thrower()));

    [Fact]
    public void A_recipe_with_holes_is_refused()
    {
        foreach (TrainingRecipe holed in (TrainingRecipe[])[Recipe with { Model = null! }, Recipe with { Features = null! }, Recipe with { Training = null! }, Recipe with { Teachers = null! }, Recipe with { Teachers = [null!] }])
            Assert.StartsWith("The recipe has no features, model,", Assert.Throws<SettingException>(holed.Check).Message, StringComparison.Ordinal);
        Assert.StartsWith("The augmentations ", Assert.Throws<SettingException>((Recipe with { Augmentations = (ImageAugmentations)(1 << 20) }).Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_that_there_are_not_are_refused()
    {
        foreach (FeatureOptions features in (FeatureOptions[])[new() { Fit = (ImageFit)9 }, new() { LogSignature = (LogSignatureBasis)9 }, new() { Input = (ModelInput)9 }])
            Assert.EndsWith("of which one is none of those that there are.", Assert.Throws<SettingException>(features.Check).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(".")]
    public void A_checkpoint_needs_the_name_of_a_file_before_the_training(string? path) =>
        Assert.StartsWith($"The checkpoint is to be '{path}';", Assert.Throws<SettingException>(() => ImageClassifier.Train(new Pictures(_ => throw new FormatException()), Recipe, checkpoint: new CheckpointOptions(path!, false))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_thread_is_refused(int threads)
    {
        ImageClassifier classifier = UntrainedModel.Of(Recipe.Model, Recipe.Features);
        Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => classifier.Predict(new Image[] { new(4, 4) }, threads)).ParamName);
        Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => classifier.Evaluate(new Pictures(_ => new Image(4, 4)), threads)).ParamName);
        Assert.Equal("storage", Assert.Throws<ArgumentOutOfRangeException>(() => classifier.Quantized((WeightStorage)9)).ParamName);
        Assert.StartsWith("ClassifierSet: a classifier is null;", Assert.Throws<ArgumentException>(() => new ClassifierSet([classifier, null!])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_nobody_could_read_does_not_replace_one_that_can_be()
    {
        using TemporaryFolder folder = new();
        ImageClassifier classifier = UntrainedModel.Of(Recipe.Model, Recipe.Features);
        classifier.Save(folder["model.safetensors"]);
        classifier.Model.Parameters[0].Value.Span[3] = float.NaN;
        MemoryStream stream = new();
        foreach ((string name, Action save) in ((string, Action)[])[(folder["model.safetensors"], () => classifier.Save(folder["model.safetensors"])), ("the stream", () => classifier.Save(stream))])
            Assert.StartsWith($"{name}: tensor '{classifier.Model.Parameters[0].Name}' of the model to be written holds a value that is not finite;", Assert.Throws<ModelFileException>(save).Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
        Assert.NotNull(ImageClassifier.Load(folder["model.safetensors"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void Classes_and_questions_have_names(string? name)
    {
        Assert.StartsWith("ClassTargets: a class has no name.", Assert.Throws<ArgumentException>(() => new ClassTargets(["a", name!], [0])).Message, StringComparison.Ordinal);
        Assert.StartsWith("AnswerTargets: a question has no name.", Assert.Throws<ArgumentException>(() => new AnswerTargets(["a", name!], [[true, null]])).Message, StringComparison.Ordinal);
    }

    private static TrainingRecipe Small()
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", ModelKinds.Cnn).WithTraining(options => options with { Epochs = 1, Threads = 2 });
        return recipe with { Features = recipe.Features with { Width = 32, Height = 32 } };
    }

    private sealed class Pictures(Func<int, Image> decode) : ImageSet
    {
        public override string Name => "pictures";

        public override Targets Targets { get; } = new ClassTargets(["a", "b"], [0, 1, 0, 1]);

        public override string NameOf(int index) => $"picture {index}";

        protected override Image Decode(int index, DecodeOptions options) => decode(index);
    }

    private sealed class Thrower : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value) => throw new FormatException();
    }
}
