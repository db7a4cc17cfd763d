using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline.Kinds;

/// <summary>Tables of attributes, as data sets and as what is trained on.</summary>
public class AttributeKindTests
{
    private static readonly TrainingRecipe Quick = TrainingRecipe.Named("default", "conv").WithTraining(options => options with { Epochs = 8, BatchSize = 8, Threads = 2 }) with
    {
        Features = new() { Width = 20, Height = 20, Depth = 2, TwoDirection = true, Basepoint = true, Standardize = true },
        Augmentations = ImageAugmentations.None,
    };

    [Fact]
    public void A_table_of_yes_and_no_with_gaps_is_a_set_of_attributes()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["faces.csv"], "path,Smiling,split,\"Hat, any\"\na.png,1,train,yes\nb.png,-1,val,\nsub/c.png,0,test,NO\nd.png,,,true\n");
        ImageSplits splits = ImageSplits.Open(folder["faces.csv"]);
        AnswerTargets training = Assert.IsType<AnswerTargets>(splits.Training.Targets);
        Assert.Equal(["Smiling", "Hat, any"], training.Questions);
        Assert.Equal([true, true], training.Answers[0]);
        Assert.Equal([null, true], training.Answers[1]);
        Assert.Equal([false, null], Assert.IsType<AnswerTargets>(splits.Validation!.Targets).Answers[0]);
        Assert.Equal([false, false], Assert.IsType<AnswerTargets>(splits.Test!.Targets).Answers[0]);
        Assert.Equal(folder["sub/c.png"], splits.Test.NameOf(0));
        Assert.Equal(4, ImageSet.Open(folder["faces.csv"]).Count);
        Directory.CreateDirectory(folder["elsewhere"]);
        Assert.Equal(folder["elsewhere/a.png"], ImageSplits.OpenAttributes(folder["faces.csv"], folder["elsewhere"]).Training.NameOf(0));
    }

    [Fact]
    public void The_lists_of_CelebA_are_read_with_their_parts_and_their_images_found_wherever_they_are()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["img_align_celeba/more"]);
        SyntheticPhotos.Picture(new Random(1), 20).SavePng(folder["img_align_celeba/more/000002.png"]);
        File.WriteAllText(folder["list_attr_celeba.txt"], "3\nSmiling Young \n000001.png -1  1\n000002.png  1 -1\n000003.png  1  1\n");
        File.WriteAllText(folder["list_eval_partition.txt"], "000001.png 0\n000002.png 1\n000003.png 2\n");
        ImageSplits splits = ImageSplits.Open(folder.Path);
        Assert.Equal((1, 1, 1), (splits.Training.Count, splits.Validation!.Count, splits.Test!.Count));
        Assert.Equal(folder["img_align_celeba/more/000002.png"], splits.Validation.NameOf(0));
        Assert.Equal([false, true], Assert.IsType<AnswerTargets>(splits.Training.Targets).Answers[0]);
        Assert.Equal(3, ImageSplits.OpenAttributes(folder["list_attr_celeba.txt"], folder.Path).AreSplits ? 3 : 1);
        File.Delete(folder["list_eval_partition.txt"]);
        Assert.Equal((3, false), (ImageSplits.Open(folder.Path).Training.Count, ImageSplits.Open(folder.Path).AreSplits));
    }

    [Theory]
    [InlineData("path,smiling\na.png,maybe\n", "line 2: smiling is 'maybe'; 1 or 0, 1 or -1, yes or no, or nothing was expected; if the column holds classes, call it label in line 1.")]
    [InlineData("path,smiling\na.png\n", "line 2: 1 field, 2 expected as in line 1")]
    [InlineData("path,smiling\n,1\n", "line 2: the image has no name")]
    [InlineData("path,smiling,smiling\na.png,1,0\n", "line 1: the attribute 'smiling' stands twice")]
    [InlineData("path,smiling,\na.png,1,0\n", "line 1: an attribute has no name")]
    [InlineData("path,split\na.png,train\n", "line 1: no attribute found")]
    [InlineData("path,smiling\n", "no image found")]
    [InlineData("path,smiling\na.png,1\na.png,0\n", "line 3:")]
    [InlineData("path,smiling,split\na.png,1,rest\n", "line 2: the split is 'rest'")]
    [InlineData("path,smiling\nevil\0.png,1\n", "line 2: the name of the image holds the control character U+0000")]
    public void A_wrong_table_is_refused_with_its_line(string table, string problem)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["faces.csv"], table);
        DatasetException refusal = Assert.Throws<DatasetException>(() => ImageSplits.Open(folder["faces.csv"]));
        Assert.StartsWith(folder["faces.csv"], refusal.Message, StringComparison.Ordinal);
        Assert.Contains(problem, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "\n", "list_attr_celeba.txt: the file is empty, or no ordinary file.")]
    [InlineData("1\nSmiling\na.png 1\n", "", "list_eval_partition.txt: the file is empty, or no ordinary file.")]
    [InlineData("many\nSmiling\na.png 1\n", "\n", "line 1: the number of images was expected")]
    [InlineData("2\nSmiling\na.png 1\n", "\n", "1 images found, line 1 says 2")]
    [InlineData("1\nSmiling\na.png 1 1\n", "\n", "line 3: 3 fields, an image and 1 answers expected")]
    [InlineData("1\nSmiling\na.png 5\n", "\n", "line 3: Smiling is '5'")]
    [InlineData("1\n\na.png\n", "\n", "line 2: no attribute found")]
    [InlineData("1\nSmiling\nevil\0.png 1\n", "\n", "line 3: the name of the image holds the control character U+0000")]
    [InlineData("1\nSmiling\na.png 1\n", "a.png 3\n", "line 1: an image and 0, 1 or 2")]
    public void Wrong_lists_of_CelebA_are_refused_with_their_line(string attributes, string partition, string problem)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["list_attr_celeba.txt"], attributes);
        File.WriteAllText(folder["list_eval_partition.txt"], partition);
        Assert.Contains(problem, Assert.Throws<DatasetException>(() => ImageSplits.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_attributes_learns_saves_loads_and_answers_each()
    {
        using TemporaryFolder folder = new();
        Write(folder, "train", count: 60);
        Write(folder, "test", count: 20);
        TrainingOutcome outcome = ImageClassifier.Train(folder["train.csv"], Quick);
        ImageClassifier trained = outcome.Classifier;
        Assert.True(trained.HasAttributes);
        Assert.Equal(["light", "dim"], trained.Classes);
        Assert.Equal((54, 6), (trained.Training.TrainingTotal, trained.Training.ValidationTotal));
        Assert.Equal(LossKind.BinaryCrossEntropy, trained.Training.Options.Loss);
        Assert.Equal((1f, false), (trained.Temperature, trained.TellsUnknown));
        Assert.NotNull(trained.Training.ValidationBalancedAccuracy);

        Evaluation evaluation = trained.Evaluate(folder["test.csv"]);
        Assert.Equal((20, 2), (evaluation.Count, evaluation.Attributes!.Count));
        Assert.All(evaluation.Attributes, attribute => Assert.Equal((1, 1, 1), (attribute.Confusion.Accuracy, attribute.Confusion.BalancedAccuracy, attribute.F1)));
        Assert.Equal((20, 10), (evaluation.Attributes[0].Confusion.Count, evaluation.Attributes[0].Support));
        Assert.Equal(15, evaluation.Attributes[1].Confusion.Count);

        trained.Save(folder["model"]);
        ImageClassifier loaded = ImageClassifier.Load(folder["model"]);
        Image dark = SyntheticPhotos.Picture(new Random(5), 20);
        Prediction answer = loaded.Predict(dark);
        Assert.Equal(trained.Predict(dark), answer);
        Assert.Equal(["dim"], answer.Attributes!);
        Assert.Equal(("dim", -1), (answer.Label, answer.LabelIndex));
        Assert.InRange(answer.Confidence, 0.5f, 1);
        Assert.Contains(SafetensorsFile.ReadMetadata(File.ReadAllBytes(folder["model"])), entry => entry is { Key: "attributes", Value: """["light","dim"]""" });
        Assert.DoesNotContain(SafetensorsFile.ReadMetadata(File.ReadAllBytes(folder["model"])), entry => entry.Key == "classes");

        ImageClassifier.Train(folder["train.csv"], Quick.WithTraining(options => options with { Threads = 1 })).Classifier.Save(folder["one"]);
        Assert.Equal(File.ReadAllBytes(folder["model"]), File.ReadAllBytes(folder["one"]));
    }

    [Fact]
    public void What_cannot_be_learned_or_compared_is_refused()
    {
        using TemporaryFolder folder = new();
        Write(folder, "train", count: 12);
        ImageClassifier trained = ImageClassifier.Train(folder["train.csv"], Quick.WithTraining(options => options with { Epochs = 1 })).Classifier;
        SyntheticPhotos.Write(folder["classes"], perClass: 3);
        Assert.Contains("answers to questions were expected", Assert.Throws<DatasetException>(() => trained.Evaluate(folder["classes"])).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["other.csv"], "path,glasses\ntrain0.png,1\n");
        Assert.Contains("does not know the attribute 'glasses'", Assert.Throws<DatasetException>(() => trained.Evaluate(folder["other.csv"])).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["gaps.csv"], "path,light,glasses\ntrain0.png,1,\ntrain1.png,0,\n");
        Assert.Contains("attribute 'glasses': no training image has an answer", Refusal<DatasetException>("gaps.csv", Quick), StringComparison.Ordinal);
        Assert.Contains("without teachers", Refusal<SettingException>("train.csv", Quick with { Members = 2 }), StringComparison.Ordinal);
        File.WriteAllText(folder["gone.csv"], "path,light\nnowhere.png,1\n");
        Assert.Contains("none of 1 files can be read", Refusal<DatasetException>("gone.csv", Quick), StringComparison.Ordinal);

        string Refusal<TException>(string table, TrainingRecipe recipe)
            where TException : Exception => Assert.Throws<TException>(() => ImageClassifier.Train(folder[table], recipe)).Message;
    }

    /// <summary>Every second picture is light, the others are dim; of every fourth it is not said whether it is dim.</summary>
    private static void Write(TemporaryFolder folder, string name, int count)
    {
        List<string> lines = ["path,light,dim"];
        Random random = new(name.Length);
        for (int i = 0; i < count; i++)
        {
            bool isLight = i % 2 == 0;
            SyntheticPhotos.Picture(random, isLight ? 150 : 20).SavePng(folder[$"{name}{i}.png"]);
            lines.Add($"{name}{i}.png,{(isLight ? 1 : 0)},{(i % 4 == 0 ? "" : isLight ? "no" : "yes")}");
        }
        File.WriteAllLines(folder[$"{name}.csv"], lines);
    }
}
