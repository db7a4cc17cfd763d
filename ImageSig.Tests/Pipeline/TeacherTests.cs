using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>Trainings with teachers and members, from folders to model files.</summary>
public class TeacherTests
{
    private static readonly TrainingRecipe Pupil = Small(TrainingRecipe.Named("default", "grid")) with { Model = new GridSpec(Window: 2, Lift: 3, Channels: 8) };

    [Fact]
    public void Each_teacher_is_asked_about_the_changed_picture_in_its_own_size_and_features_and_classes_are_matched_by_name()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        ImageClassifier signatures = Train(folder["photos"], Small(TrainingRecipe.Named("default", "conv")) with
        {
            Features = new() { Width = 20, Height = 24, Depth = 2, TwoDirection = true, Basepoint = true, Standardize = true },
        });
        ImageClassifier pixels = Train(folder["photos"], Pupil);
        Assert.Equal(["bright", "dark"], pixels.Classes);

        LabeledImage[] images = [.. Enumerable.Range(1, 3).Select(seed => new LabeledImage(Resize.Fit(SyntheticPhotos.Picture(new Random(seed), 40 * seed), 16, 16, ImageFit.Crop), 0))];
        AugmentedImages changed = new(images, Pupil.Augmentations, seed: 5);
        TaughtSource taught = new(new FeatureSource(changed, new FeatureExtractor(Pupil.Features), 0), Teacher.Of([signatures, pixels], ["dark", "bright"]));
        float[] chances = new float[2];
        for (int index = 0; index < taught.Count; index++)
        {
            taught.CopyAnswers(index, epoch: 2, temperature: 1, chances);
            Prediction[] answers = [signatures.Predict(changed.Image(index, 2)), pixels.Predict(changed.Image(index, 2))];
            Assert.Equal(answers.Average(answer => answer.Probabilities.Single(entry => entry.Class == "dark").Probability), chances[0], 1e-6);
            Assert.Equal(1, chances.Sum(), 1e-6);
            float sure = chances.Max();
            taught.CopyAnswers(index, epoch: 2, temperature: 4, chances);
            Assert.InRange(chances.Max(), 0.5f, sure);
        }
    }

    [Fact]
    public void Members_are_the_models_of_the_next_seeds_and_pictures_that_stay_the_same_are_asked_about_once()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        foreach (TrainingRecipe recipe in (TrainingRecipe[])[Pupil with { Validation = 0 }, Pupil with { Validation = 0, Augmentations = ImageAugmentations.HorizontalFlip }])
        {
            ImageClassifier[] apart = [Train(folder["photos"], recipe), Train(folder["photos"], recipe.WithTraining(options => options with { Seed = 2 }))];
            ImageClassifier taught = Train(folder["photos"], recipe with { Teachers = apart }), distilled = Train(folder["photos"], recipe with { Members = 2 });
            Assert.Equal(Weights(taught), Weights(distilled));
            Assert.NotEqual(Weights(apart[0]), Weights(distilled));
            Assert.Equal(Bytes(distilled), Bytes(Train(folder["photos"], recipe.WithTraining(options => options with { Threads = 3 }) with { Members = 2, FeatureMemory = 0 })));
        }
    }

    [Theory]
    [InlineData(PipelineStage.Members, 1)]
    [InlineData(PipelineStage.Members, 2)]
    [InlineData(PipelineStage.Members, 3)]
    [InlineData(PipelineStage.Members, 4)]
    [InlineData(PipelineStage.Train, 1)]
    [InlineData(PipelineStage.Train, 2)]
    public void Wherever_it_is_interrupted_a_resumed_training_has_the_same_bytes(PipelineStage stage, int epoch)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        TrainingRecipe recipe = Pupil with { Members = 2 };
        byte[] whole = Bytes(Train(folder["photos"], recipe));
        CheckpointOptions checkpoint = new(folder["checkpoint"], Resume: true);
        using CancellationTokenSource source = new();
        List<(PipelineStage, int?)> seen = [];
        Assert.ThrowsAny<OperationCanceledException>(() => ImageClassifier.Train(
            folder["photos"], recipe, new Report(value => { if (value.Stage == stage && value.Epoch?.Number == epoch) source.Cancel(); }), checkpoint, source.Token));
        TrainingOutcome resumed = ImageClassifier.Train(folder["photos"], recipe, new Report(value => seen.Add((value.Stage, value.Epoch?.Number))), checkpoint);
        Assert.Equal(whole, Bytes(resumed.Classifier));
        // What was done is not done again.
        Assert.DoesNotContain((PipelineStage.Members, stage == PipelineStage.Train ? 4 : epoch - 1), seen);
        resumed.DeleteCheckpoint();
        Assert.False(File.Exists(folder["checkpoint"]));
    }

    [Fact]
    public void A_teacher_of_other_classes_is_refused_in_one_line()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 4);
        SyntheticPhotos.Write(folder["others"], perClass: 4);
        Directory.Move(folder["others/dark"], folder["others/night"]);
        ImageClassifier teacher = Train(folder["others"], Pupil);
        const string Refusal = "(grid) knows bright, night, and the images have the classes bright, dark; a teacher must know the same: give another, or leave it out.";
        Assert.Equal($"teacher 1 of 1 {Refusal}", Assert.Throws<DatasetException>(() => Train(folder["photos"], Pupil with { Teachers = [teacher] })).Message);
        teacher.Save(folder["night"]);
        ImageClassifier loaded = ImageClassifier.Load(folder["night"]);
        Assert.Equal($"teacher {folder["night"]} {Refusal}", Assert.Throws<DatasetException>(() => Train(folder["photos"], Pupil with { Teachers = [loaded] })).Message);
    }

    [Fact]
    public void A_teacher_that_answers_questions_is_refused_even_if_they_are_named_as_the_classes()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 8);
        File.WriteAllLines(folder["photos.csv"], ["path,bright,dark", .. Directory.GetFiles(folder["photos"], "*.png", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Select(path => $"{path},{(path.Contains("bright", StringComparison.Ordinal) ? "1,0" : "0,1")}")]);
        ImageClassifier teacher = Train(folder["photos.csv"], Pupil);
        Assert.True(teacher.HasAttributes);
        Assert.Equal(
            "teacher 1 of 1 (grid) answers questions (bright, dark); a teacher must know the classes bright, dark: give another, or leave it out.",
            Assert.Throws<DatasetException>(() => Train(folder["photos"], Pupil with { Teachers = [teacher] })).Message);
    }

    [Fact]
    public void A_checkpoint_belongs_to_its_teachers_and_the_model_remembers_them()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 6);
        ImageClassifier teacher = Train(folder["photos"], Pupil), other = Train(folder["photos"], Pupil.WithTraining(options => options with { Seed = 2 }));
        TrainingFingerprint was = Print(Pupil with { Teachers = [teacher] });
        Assert.Null(was.Mismatch(Print(Pupil with { Teachers = [teacher] })));
        Assert.Equal(
            $"it belongs to a training with other settings: teachers was [\"{teacher.Identity}\"], is [\"{other.Identity}\"]", was.Mismatch(Print(Pupil with { Teachers = [other] })));
        Assert.Equal("it belongs to a training with other settings: members was 0, is 2", Print(Pupil).Mismatch(Print(Pupil with { Members = 2 })));

        teacher.Save(folder["teacher"]);
        Answer answer = Answer.To([
            "train", folder["photos"], "-o", folder["pupil"], "--teacher", folder["teacher"], "--members", "1", "--temperature", "3", "--teacher-share", "0.5", "--image-size", "16", "--epochs", "1"]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Matches(@"(?m)^members (\d+)/\1,", answer.Messages);
        TrainingReport report = ImageClassifier.Load(folder["pupil"]).Training;
        Assert.Equal((teacher.Identity, 1, 0.5f, 3f), (Assert.Single(report.Teachers), report.Members, report.Options.TeacherShare, report.Options.TeacherTemperature));
        Assert.Matches($"taught by +{teacher.Identity}, 1 member of the same recipe\n +for a share of 0.5, at temperature 3\n", Answer.To(["inspect", folder["pupil"]]).Results);

        TrainingFingerprint Print(TrainingRecipe recipe) => TrainingFingerprint.Of(recipe, ["a", "b"], []);
    }

    private static TrainingRecipe Small(TrainingRecipe recipe) => recipe.WithTraining(options => options with { Epochs = 2, BatchSize = 16, Threads = 2 }) with
    {
        Features = recipe.Features with { Width = 16, Height = 16 },
        Validation = 0.2,
    };

    private static ImageClassifier Train(string folder, TrainingRecipe recipe) => ImageClassifier.Train(folder, recipe).Classifier;

    private static byte[] Bytes(ImageClassifier classifier)
    {
        using MemoryStream stream = new();
        classifier.Save(stream);
        return stream.ToArray();
    }

    private static float[] Weights(ImageClassifier classifier) => [.. classifier.Model.Parameters.SelectMany(parameter => parameter.Value.Span.ToArray())];

    private sealed class Report(Action<PipelineProgress> action) : IProgress<PipelineProgress>
    {
        void IProgress<PipelineProgress>.Report(PipelineProgress value) => action(value);
    }
}
