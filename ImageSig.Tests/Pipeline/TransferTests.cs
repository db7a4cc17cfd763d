using ImageSig.Cli;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>Training on the features of a pretrained network, from its file to an answer.</summary>
public class TransferTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_model_on_a_backbone_is_trained_saved_loaded_and_predicts_as_any_other(bool fineTune)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 12);
        TrainingRecipe recipe = Recipe(folder, fineTune);
        ImageClassifier trained = ImageClassifier.Train(folder["photos"], recipe).Classifier;
        trained.Save(folder["model.safetensors"]);
        File.Delete(folder["backbone.safetensors"]);

        ImageClassifier loaded = ImageClassifier.Load(folder["model.safetensors"]);
        Assert.Equal(recipe.Model, loaded.Model.Spec);
        Assert.Equal(File.ReadAllBytes(folder["model.safetensors"]), Saved(loaded, folder["again.safetensors"]));
        Assert.Equal(
            "The backbone 'backbone' was read from a model file, where its weights are the model's; give the file that it came from (BackboneFile.Read).",
            Assert.Throws<SettingException>(() => (recipe with { Model = loaded.Model.Spec }).Check()).Message);
        string picture = Directory.GetFiles(folder["photos/dark"])[0];
        Assert.Equal("dark", loaded.Predict(picture).Label);
        Assert.Equal(trained.Predict(picture).Probabilities, loaded.Predict(picture).Probabilities);
        Assert.InRange(loaded.Evaluate(folder["photos"]).Confusion.Accuracy, 0.9, 1);
        ClassifierSet several = new([loaded, ImageClassifier.Load(folder["model.safetensors"])]);
        Assert.All(several.Predict(picture), answer => Assert.Equal(loaded.Predict(picture), answer));
    }

    [Fact]
    public void A_list_of_layers_beside_the_weights_is_as_good_as_one_inside()
    {
        using TemporaryFolder folder = new();
        Backbone inside = BackboneFile.Read(SmallBackbone.Write(folder["small.safetensors"]));
        File.Delete(folder["small.safetensors"]);
        Assert.Equal(inside, BackboneFile.Read(SmallBackbone.Write(folder["small.safetensors"], isListBeside: true)));
    }

    [Fact]
    public void Files_that_are_no_backbone_are_refused_in_one_line_each()
    {
        using TemporaryFolder folder = new();
        string file = folder["b.safetensors"];
        Assert.Equal($"{file}: no such file; give the .safetensors file of a pretrained network.", Assert.Throws<FileNotFoundException>(() => BackboneFile.Read(file)).Message);
        Assert.Equal(
            $"{folder.Path}: this is a folder; give the .safetensors file of a pretrained network.",
            Assert.Throws<FileNotFoundException>(() => BackboneFile.Read(folder.Path)).Message);
        File.WriteAllText(file, "short");
        AssertRefused("5 bytes are too few for a safetensors file. Give the .safetensors file of a pretrained network.");
        File.WriteAllBytes(file, new SafetensorsFile([], SmallBackbone.Tensors()).ToBytes());
        AssertRefused($"there is no list of its layers, neither 'architecture' in its metadata nor {folder["b.json"]}, and its tensors are not named as those of a MobileNet v1 (of timm or Keras) or v2 (of torchvision, timm or Keras); docs/networks.md says what the list must hold.");
        File.WriteAllText(folder["b.json"], "{");
        AssertRefused("the list of layers is not JSON.");
        File.WriteAllText(folder["b.json"], SmallBackbone.Layers);
        File.WriteAllBytes(file, new SafetensorsFile([], [.. SmallBackbone.Tensors().Where(tensor => tensor.Name != "dw3.bias")]).ToBytes());
        AssertRefused("tensor 'dw3.bias' of shape [5] was expected, none of that name was found.");
        File.WriteAllBytes(file, new SafetensorsFile([], [.. SmallBackbone.Tensors().Select(tensor => tensor.Name == "stem.bias" ? tensor with { Values = [float.NaN, 0, 0, 0, 0, 0] } : tensor)]).ToBytes());
        AssertRefused("tensor 'stem.bias' holds a value that is not finite.");

        void AssertRefused(string message) => Assert.Equal($"{file}: {message}", Assert.Throws<ModelFileException>(() => BackboneFile.Read(file)).Message);
    }

    [Fact]
    public void The_program_trains_inspects_and_predicts_with_a_backbone_and_says_what_is_missing()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 8);
        SmallBackbone.Write(folder["small.safetensors"]);
        foreach (string threads in (string[])["1", "2"])
            Assert.Equal((ExitCode.Done, ""), Done(Answer.To(
                "train", folder["photos"], "-o", folder[$"model{threads}"], "--backbone", folder["small.safetensors"], "--image-size", "32", "--depths", "2", "--hidden", "4",
                "--epochs", "3", "--threads", threads, "--quiet")));
        Assert.Equal(File.ReadAllBytes(folder["model1"]), File.ReadAllBytes(folder["model2"]));
        Answer inspected = Answer.To("inspect", folder["model1"]);
        Assert.Contains("Backbone small, 9 layers, 2 depths", inspected.Results, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Answer.To("predict", "-m", folder["model1"], Directory.GetFiles(folder["photos/dark"])[0]).Code);

        Answer none = Answer.To("train", folder["photos"], "-o", folder["m"], "--model", "transfer");
        Assert.Equal((ExitCode.WrongUsage, "imagesig: Model transfer: there is no pretrained network to build on; give it a backbone, such as mobilenet.safetensors.\n"), Done(none));
        Answer wrong = Answer.To("train", folder["photos"], "-o", folder["m"], "--model", "grid", "--backbone", folder["small.safetensors"]);
        Assert.Equal((ExitCode.WrongUsage, "imagesig: The architecture 'grid' has no backbone; choose the model transfer.\n"), Done(wrong));
        Answer gone = Answer.To("train", folder["photos"], "-o", folder["m"], "--backbone", folder["gone"]);
        Assert.Equal((ExitCode.Failed, $"imagesig: {folder["gone"]}: no such file; give the .safetensors file of a pretrained network.\n"), Done(gone));
        Answer alone = Answer.To("train", folder["photos"], "-o", folder["m"], "--fine-tune");
        Assert.Equal((ExitCode.WrongUsage, "imagesig: The architecture 'grid' has no backbone to train; choose the model transfer.\n"), Done(alone));

        static (int, string) Done(Answer answer) => (answer.Code, answer.Messages);
    }

    [Fact]
    public void Fine_tuning_goes_on_from_its_checkpoint_with_the_same_bytes()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 8);
        TrainingRecipe recipe = Recipe(folder, fineTune: true);
        byte[] whole = Saved(ImageClassifier.Train(folder["photos"], recipe).Classifier, folder["whole"]);
        using CancellationTokenSource stop = new();
        Assert.ThrowsAny<OperationCanceledException>(() => ImageClassifier.Train(
            folder["photos"], recipe, new Stop(stop), new CheckpointOptions(folder["checkpoint"], Resume: false), stop.Token));
        Assert.True(File.Exists(folder["checkpoint"]));
        byte[] resumed = Saved(ImageClassifier.Train(folder["photos"], recipe, null, new CheckpointOptions(folder["checkpoint"], Resume: true)).Classifier, folder["resumed"]);
        Assert.Equal(whole, resumed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_backbone_pass_over_all_images_is_told(bool fineTune)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 8);
        List<PipelineProgress> told = [];
        ImageClassifier.Train(folder["photos"], Recipe(folder, fineTune).WithTraining(options => options with { Epochs = 1, Threads = 1 }), new Told(told));
        PipelineProgress[] features = [.. told.Where(value => value.Stage == PipelineStage.Features)];
        // With fine-tuning copies of the images as well.
        Assert.InRange(features[^1].Total, 16, fineTune ? 80 : 16);
        Assert.Equal(features[^1].Total, features[^1].Done);
        Assert.Equal(features, features.OrderBy(value => value.Done));
        Assert.True(told.FindLastIndex(value => value.Stage == PipelineStage.Features) < told.FindIndex(value => value.Stage == PipelineStage.Train));
    }

    [Fact]
    public void It_teaches_and_is_taught()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 8);
        TrainingRecipe recipe = Recipe(folder, fineTune: false), grid = TrainingRecipe.Named("default", "grid").WithTraining(options => options with { Epochs = 1, BatchSize = 8 });
        ImageClassifier teacher = ImageClassifier.Train(folder["photos"], recipe).Classifier;
        ImageClassifier pupil = ImageClassifier.Train(folder["photos"], grid with { Teachers = [teacher] }).Classifier;
        Assert.Equal([teacher.Identity], pupil.Training.Teachers);
        Assert.NotEqual(Saved(ImageClassifier.Train(folder["photos"], grid).Classifier, folder["alone"])[^4000..], Saved(pupil, folder["pupil"])[^4000..]);
        ImageClassifier again = ImageClassifier.Train(folder["photos"], recipe with { Teachers = [pupil] }).Classifier;
        Assert.Equal("dark", again.Predict(Directory.GetFiles(folder["photos/dark"])[0]).Label);
        Assert.NotEqual(Saved(teacher, folder["teacher"]), Saved(again, folder["again"]));
    }

    [Fact]
    public void Fine_tuning_brings_its_own_rate_and_augmentations_and_keeps_the_seed()
    {
        TrainingRecipe frozen = TrainingRecipe.Named("default", "transfer").WithTraining(options => options with { Seed = 7, Threads = 3 });
        TrainingRecipe tuned = frozen.WithFineTuning(true);
        Assert.Equal((96, 96, ImageAugmentations.None), (frozen.Features.Width, frozen.Features.Height, frozen.Augmentations));
        Assert.True(tuned.Augmentations.HasFlag(ImageAugmentations.Anew));
        Assert.True(tuned.Training.LearningRate < frozen.Training.LearningRate);
        Assert.Equal((7UL, 3), (tuned.Training.Seed, tuned.Training.Threads));
        Assert.Equal(frozen, tuned.WithFineTuning(false));
    }

    private static TrainingRecipe Recipe(TemporaryFolder folder, bool fineTune)
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", "transfer")
            .WithBackbone(BackboneFile.Read(SmallBackbone.Write(folder["backbone.safetensors"])))
            .WithFineTuning(fineTune)
            .WithTraining(options => options with { Epochs = 6, BatchSize = 8 });
        return recipe with { Features = recipe.Features with { Width = 32, Height = 32 } };
    }

    private static byte[] Saved(ImageClassifier classifier, string path)
    {
        classifier.Save(path);
        return File.ReadAllBytes(path);
    }

    private sealed class Told(List<PipelineProgress> values) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value)
        {
            lock (values)
                values.Add(value);
        }
    }

    /// <summary>Stops in the third epoch.</summary>
    private sealed class Stop(CancellationTokenSource source) : IProgress<PipelineProgress>
    {
        public void Report(PipelineProgress value)
        {
            if (value.Epoch is { Number: 3 })
                source.Cancel();
        }
    }
}
