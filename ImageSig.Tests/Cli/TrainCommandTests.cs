using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

public class TrainCommandTests(TrainedModel trained) : IClassFixture<TrainedModel>
{
    [Fact]
    public void Training_ends_with_figures_on_the_test_folder()
    {
        Answer answer = trained.Training;
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.StartsWith($"On 10 test images of {trained.Others}:\naccuracy           100.0 %\n", answer.Results, StringComparison.Ordinal);
        foreach (string part in (string[])["balanced accuracy", "majority rate       50.0 %", "class   precision  recall     F1  support",
            "actual \\ predicted  bright  dark", "parameters", "file size", "decode ", "features ", "train "])
            Assert.Contains(part, answer.Results, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^train (\d+)/\1,", answer.Messages);
    }

    [Fact]
    public void Without_a_test_folder_the_figures_are_of_the_validation_split_and_say_so()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["train", trained.Photos, "-o", folder["m"], "--quiet", .. TrainedModel.Small]);
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        Assert.StartsWith("On the validation split, 8 images", answer.Results, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_held_back_image_nothing_is_claimed()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["train", trained.Photos, "-o", folder["m"], .. TrainedModel.Small, "--validation", "0"]);
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        answer = Answer.To(["train", trained.Photos, "-o", folder["m"], "--image-size", "20", "--depth", "1", "--epochs", "1", "--validation", "0"]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.StartsWith("No image was held back", answer.Results, StringComparison.Ordinal);
        Assert.DoesNotContain("accuracy", answer.Results, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_command_gives_the_same_bytes_for_any_number_of_threads()
    {
        using TemporaryFolder folder = new();
        Answer.To(["train", trained.Photos, "-o", folder["m"], "--threads", "1", .. TrainedModel.Small]);
        Assert.Equal(File.ReadAllBytes(trained.Model), File.ReadAllBytes(folder["m"]));
    }

    [Theory]
    [InlineData("fc", "paper")]
    [InlineData("conv", "paper")]
    [InlineData("fc", "default")]
    [InlineData("attention", "default")]
    [InlineData("grid", "default")]
    [InlineData("cnn", "default")]
    [InlineData("vit", "default")]
    public void Every_model_and_recipe_gives_the_same_bytes_for_one_and_two_threads(string model, string recipe)
    {
        using TemporaryFolder folder = new();
        foreach (string threads in (string[])["1", "2"])
            Assert.Equal(ExitCode.Done, Answer.To(
                "train", trained.Photos, "-o", folder[threads], "--threads", threads, "--model", model, "--recipe", recipe,
                "--image-size", "24", "--epochs", "2", "--quiet").Code);
        Assert.Equal(File.ReadAllBytes(folder["1"]), File.ReadAllBytes(folder["2"]));
    }

    [Fact]
    public void Every_option_reaches_the_model()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(
            "train", trained.Photos, "-o", folder["m"], "--recipe", "paper", "--model", "fc", "--image-size", "24x20", "--depth", "3", "--two-direction",
            "--basepoint", "--standardize", "true", "--neurons", "7", "--augment", "hflip,brightness", "--epochs", "2", "--batch-size", "16",
            "--optimizer", "adamw", "--learning-rate", "0.002", "--warm-up", "0.25", "--weight-decay", "0.05", "--loss", "cross-entropy", "--validation", "0.25",
            "--seed", "9", "--threads", "2", "--time", "--log-signature", "brackets", "--roots", "0.02", "--fit", "letterbox",
            "--scaled-decoding", "--clip-norm", "5", "--accumulate", "2", "--average", "0.9", "--patience", "1", "--training-memory", "500", "--quiet");
        Assert.Equal((ExitCode.Done, ""), (answer.Code, answer.Messages));
        ImageClassifier model = ImageClassifier.Load(folder["m"]);
        Assert.Equal(new FcSpec(Neurons: 7), model.Model.Spec);
        Assert.Equal(
            new FeatureOptions { Width = 24, Height = 20, Depth = 3, TwoDirection = true, Basepoint = true, Standardize = true,
                Time = true, LogSignature = LogSignatureBasis.Brackets, Roots = 0.02f, Fit = ImageFit.Letterbox, ScaledDecoding = true }, model.Features);
        TrainingReport training = model.Training;
        Assert.Equal(
            ("paper", 2, ImageAugmentations.HorizontalFlip | ImageAugmentations.Brightness), (training.Recipe, training.Epochs, training.Augmentations));
        Assert.Equal(
            new TrainingOptions
            {
                Epochs = 2, BatchSize = 16, Optimizer = OptimizerKind.AdamW, LearningRate = 0.002f, WarmUp = 0.25f, WeightDecay = 0.05f,
                Loss = LossKind.CrossEntropy, ClipNorm = 5, Accumulation = 2, AverageDecay = 0.9f, Seed = 9,
            },
            training.Options);
        Assert.Equal([5, 5], training.ValidationImages);
    }

    [Fact]
    public void Roots_reach_the_model_that_takes_signatures_by_itself_and_one_without_signatures_refuses_them()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(ExitCode.Done, Answer.To("train", trained.Photos, "-o", folder["m"], "--roots", "0", "--image-size", "16", "--epochs", "1", "--quiet").Code);
        ImageClassifier model = ImageClassifier.Load(folder["m"]);
        Assert.Equal((new GridSpec(Roots: 0), 0f), (model.Model.Spec with { IsFolded = false }, model.Features.Roots));
        Answer refused = Answer.To("train", trained.Photos, "-o", folder["c"], "--roots", "0.01", "--model", "cnn");
        Assert.Equal(ExitCode.WrongUsage, refused.Code);
        Assert.Contains("The architecture 'cnn' has no signatures to take roots of.", refused.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_said_comes_from_the_recipe_and_a_switch_can_be_turned_off()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(ExitCode.Done, Answer.To("train", trained.Photos, "-o", folder["m"], "--basepoint", "false", "--image-size", "20", "--epochs", "1").Code);
        TrainingRecipe recipe = TrainingRecipe.Named("default", "conv");
        ImageClassifier model = ImageClassifier.Load(folder["m"]);
        Assert.Equal(recipe.Features with { Width = 20, Height = 20, Basepoint = false }, model.Features);
        Assert.Equal((recipe.Model, recipe.Training.BatchSize, recipe.Training.LearningRate), (model.Model.Spec, model.Training.Options.BatchSize, model.Training.Options.LearningRate));
    }

    [Theory]
    [InlineData("", "grid")]
    [InlineData("--recipe paper", "conv")]
    [InlineData("--depth 2", "conv")]
    [InlineData("--two-direction", "conv")]
    [InlineData("--standardize", "conv")]
    [InlineData("--neurons 7", "conv")]
    [InlineData("--model attention --loss focal", "attention")]
    public void The_model_is_grid_unless_something_else_is_asked_for(string options, string expected)
    {
        using TemporaryFolder folder = new();
        Assert.Equal(ExitCode.Done, Answer.To(["train", trained.Photos, "-o", folder["m"], "--image-size", "24", "--epochs", "1", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Code);
        Assert.Equal(expected, ImageClassifier.Load(folder["m"]).Model.Spec.Name);
    }

    [Theory]
    [InlineData("--depth", "0", "it must be a whole number from 1 to 12")]
    [InlineData("--depth", "four", "it must be a whole number from 1 to 12")]
    [InlineData("--image-size", "0", "it must be a number or WIDTHxHEIGHT")]
    [InlineData("--image-size", "64x", "it must be a number or WIDTHxHEIGHT")]
    [InlineData("--augment", "hflip,spin", "it must be some of hflip, vflip, brightness, shift, crop, rotate, contrast, jitter, cutout and anew")]
    [InlineData("--validation", "1", "it must be a number from 0 to below 1")]
    [InlineData("--validation", "-0.1", "it must be a number from 0 to below 1")]
    [InlineData("--learning-rate", "NaN", "it must be a number above 0")]
    [InlineData("--model", "resnet", "it must be fc")]
    [InlineData("--optimizer", "rmsprop", "it must be adam, adamw or sgd")]
    [InlineData("--clip-norm", "-1", "it must be 0 or a number from 0.000001 to 1000000")]
    [InlineData("--clip-norm", "1e-50", "it must be 0 or a number from 0.000001 to 1000000")]
    [InlineData("--warm-up", "1", "it must be a number from 0 to below 1")]
    [InlineData("--window", "1", "it must be a whole number from 2 to 64")]
    [InlineData("--neurons", "65537", "it must be a whole number from 1 to 65536")]
    [InlineData("--blocks", "1001", "it must be a whole number from 1 to 1000")]
    [InlineData("--training-memory", "1000001", "it must be a whole number from 0 to 1000000")]
    [InlineData("--threads", "0", "it must be a whole number from 1 to 1024")]
    [InlineData("--average", "1", "it must be a number from 0 to below 1")]
    [InlineData("--accumulate", "0", "it must be a whole number from 1")]
    [InlineData("--seed", "-1", "it must be a whole number from 0 to 18446744073709551615")]
    [InlineData("--epochs", "99999999999", "it must be a whole number from 1")]
    public void A_value_that_cannot_be_is_wrong_usage(string option, string value, string expected)
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To("train", trained.Photos, "-o", folder["m"], option, value);
        Assert.Equal((ExitCode.WrongUsage, ""), (answer.Code, answer.Results));
        Assert.Contains($"imagesig: {option} is '{value}'; {expected}", answer.Messages, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("--image-size 8", "use larger images")]
    [InlineData("--image-size 4096 --depth 12", "too many")]
    [InlineData("--model grid --image-size 100x64", "the images are 100x64; with windows of 4 both sides must be multiples of 8, such as 96x64 or 104x64.")]
    [InlineData("--model grid --depth 3", "Pixels have no paths")]
    [InlineData("--loss focal --label-smoothing 0.1", "cross-entropy only")]
    [InlineData("--model grid --batch-size 1", "a batch of 1 has nothing to compare")]
    [InlineData("--patience 3 --validation 0", "Patience needs validation images")]
    public void Values_that_do_not_fit_together_are_wrong_usage(string options, string expected)
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["train", trained.Photos, "-o", folder["m"], .. options.Split(' '), "--two-direction", "false"]);
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Contains(expected, Assert.Single(answer.MessageLines), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Patience_ends_training_early_and_descent_with_momentum_can_be_asked_for()
    {
        using TemporaryFolder folder = new();
        Assert.Equal(ExitCode.Done, Answer.To("train", trained.Photos, "-o", folder["m"], "--image-size", "24", "--optimizer", "sgd", "--epochs", "500", "--patience", "2", "--quiet").Code);
        TrainingReport training = ImageClassifier.Load(folder["m"]).Training;
        Assert.Equal(OptimizerKind.Sgd, training.Options.Optimizer);
        Assert.InRange(training.Epochs, 3, 499);
    }

    [Fact]
    public void Too_little_memory_to_train_in_is_told_with_what_would_fit()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To("train", trained.Photos, "-o", folder["m"], "--model", "vit", "--batch-size", "5000", "--training-memory", "4", "--quiet");
        Assert.Equal((ExitCode.WrongUsage, ""), (answer.Code, answer.Results));
        Assert.Matches(@"^imagesig: Training: batches of 5000 need \S+ MB on one thread, the limit is 4\.0 MB; ", Assert.Single(answer.MessageLines));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("train", "--folds", "3")]
    [InlineData("train", "-o", "~/m")]
    [InlineData("sweep", "--vary", "depth=1,2", "-o", "~/m")]
    public void Memory_that_does_not_hold_the_program_is_a_setting_that_cannot_be(string command, params string[] options)
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To([command, trained.Photos, "--memory", "1", "--quiet", .. options.Select(option => option.Replace("~/", folder.Path + "/", StringComparison.Ordinal))]);
        Assert.Equal((ExitCode.WrongUsage, ""), (answer.Code, answer.Results));
        Assert.All(answer.MessageLines, line => Assert.Matches("^imagesig: (depth [12], seed 1: )?Training: 1 MB of memory were given, and the program itself takes [0-9]+ MB; give more\\.$", line));
        Assert.Equal(command == "sweep" ? 2 : 1, answer.MessageLines.Length);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Without_an_output_nothing_is_trained()
    {
        Answer answer = Answer.To("train", trained.Photos);
        Assert.Equal(ExitCode.WrongUsage, answer.Code);
        Assert.Contains("--output", answer.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unreadable_picture_is_listed_and_left_out_and_told_by_the_exit_code_only_if_that_is_asked_for()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 10);
        string text = Path.Combine(folder["photos"], "dark", "note.jpg");
        File.WriteAllText(text, "not a picture");
        File.WriteAllText(Path.Combine(folder["photos"], "list.csv"), "beside the class folders");
        Answer answer = Answer.To(["train", folder["photos"], "-o", folder["m"], "--quiet", .. TrainedModel.Small]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.StartsWith($"imagesig: {folder["photos"]}: 1 file beside the class folders left out", answer.MessageLines[0], StringComparison.Ordinal);
        Assert.StartsWith($"imagesig: {text}: ", answer.MessageLines[1], StringComparison.Ordinal);
        Assert.Equal(3, answer.MessageLines.Length);
        Assert.Equal(1, ImageClassifier.Load(folder["m"]).Training.UnreadableImages);
        Answer strict = Answer.To(["train", folder["photos"], "-o", folder["m"], "--quiet", "--strict", .. TrainedModel.Small]);
        Assert.Equal((ExitCode.Failed, answer.Messages), (strict.Code, strict.Messages));
    }

    [Fact]
    public void Stopping_leaves_a_checkpoint_and_says_how_to_go_on()
    {
        using TemporaryFolder folder = new();
        string[] command = ["train", trained.Photos, "-o", folder["m"], "--epochs", "1000000", "--image-size", "20", "--depth", "2"];
        Answer answer = StoppedLaterAndLater(command, folder["m.checkpoint"]);
        Assert.Equal(ExitCode.Interrupted, answer.Code);
        Assert.Contains("--resume", answer.Messages, StringComparison.Ordinal);
        Assert.Equal([folder["m.checkpoint"]], Directory.GetFileSystemEntries(folder.Path));

        Answer other = Answer.To([.. command.Select(word => word == "1000000" ? "900000" : word), "--resume", "--seed", "2", "--learning-rate", "0.1", "--threads", "1"]);
        Assert.Equal(ExitCode.Failed, other.Code);
        Assert.Contains("(--learning-rate was 0.001, is 0.1; --seed was 1, is 2)", Assert.Single(other.MessageLines), StringComparison.Ordinal);
        other = Answer.To([.. command, "--resume", "--model", "fc", "--two-direction", "false"]);
        Assert.Contains("(--model was conv, is fc)", Assert.Single(other.MessageLines), StringComparison.Ordinal);
        other = Answer.To([.. command, "--resume", "--members", "2", "--teacher", trained.Model]);
        Assert.Contains($"(--members was 0, is 2; --teacher was none, is {ImageClassifier.Load(trained.Model).Identity})", Assert.Single(other.MessageLines), StringComparison.Ordinal);
        Answer anew = Answer.To(command);
        Assert.Equal(ExitCode.Failed, anew.Code);
        Assert.Contains("resume it, or delete it to begin anew.", anew.Messages, StringComparison.Ordinal);
        Assert.Equal([folder["m.checkpoint"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Resuming_without_a_checkpoint_says_that_training_begins_anew()
    {
        using TemporaryFolder folder = new();
        Answer answer = Answer.To(["train", trained.Photos, "-o", folder["m"], "--resume", "--quiet", .. TrainedModel.Small]);
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Equal($"imagesig: {folder["m.checkpoint"]} is not there: no training to go on with; this one begins anew.", Assert.Single(answer.MessageLines));
        Assert.Equal(File.ReadAllBytes(trained.Model), File.ReadAllBytes(folder["m"]));
    }

    /// <summary>Stopped in the first epoch there is no checkpoint yet; how long an epoch takes is the machine's affair.</summary>
    private static Answer StoppedLaterAndLater(string[] command, string checkpoint)
    {
        for (TimeSpan patience = TimeSpan.FromSeconds(1); ; patience *= 2)
        {
            using CancellationTokenSource stop = new();
            stop.CancelAfter(patience);
            Answer answer = Answer.To(stop.Token, command);
            if (File.Exists(checkpoint) || patience > TimeSpan.FromMinutes(1))
                return answer;
        }
    }
}
