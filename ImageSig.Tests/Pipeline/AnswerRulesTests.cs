using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>How sure a model sounds, and what it does not know.</summary>
public class AnswerRulesTests
{
    private static readonly TrainingRecipe Quick = TrainingRecipe.Named("default", "conv").WithTraining(options => options with { Epochs = 4, BatchSize = 8, Threads = 2 }) with
    {
        Features = new() { Width = 20, Height = 20, Depth = 2, TwoDirection = true, Basepoint = true, Standardize = true },
        Augmentations = ImageAugmentations.None,
        Validation = 0.5,
    };

    [Theory]
    [InlineData(3)]
    [InlineData(0.3)]
    public void The_temperature_has_the_least_loss_of_all(float times)
    {
        (float[] scores, int[] labels) = Scores(images: 60, classes: 4, seed: 3);
        scores = [.. scores.Select(score => times * score)];
        double found = Loss(Temperature.Fit(scores, labels));
        for (double temperature = Temperature.Least; temperature <= Temperature.Max; temperature *= 1.01)
            Assert.True(found <= Loss(temperature) + 1e-9, $"temperature {temperature}");

        double Loss(double temperature)
        {
            double beyond = (Math.Log(temperature) - Temperature.PriorMean) / Temperature.PriorDeviation;
            return AnswerRulesTests.Loss(scores, labels, temperature) + beyond * beyond / 2;
        }
    }

    [Fact]
    public void The_more_images_the_less_counts_what_was_believed_before()
    {
        // Of answers with a score of 5 one in fifteen is wrong: σ(5 / T) = 14 / 15.
        double right = 5 / Math.Log(14), before = Math.Exp(Temperature.PriorMean);
        double[] found = [.. ((int[])[15, 150, 1500, 150_000]).Select(images => (double)Temperature.Fit(
            [.. Enumerable.Repeat((float[])[5, 0], images).SelectMany(row => row)], [.. Enumerable.Range(0, images).Select(n => n % 15 == 0 ? 1 : 0)]))];
        Assert.True(before < found[0] && found[0] < found[1] && found[1] < found[2] && found[2] < found[3], string.Join(' ', found));
        Assert.Equal(right, found[3], 1e-3);
    }

    [Fact]
    public void Answers_that_are_all_right_become_no_surer()
    {
        Assert.InRange(Temperature.Fit([.. Enumerable.Repeat((float[])[5, 0], 30).SelectMany(row => row)], new int[30]), 1.1f, (float)Math.Exp(Temperature.PriorMean));
        Assert.Equal(1, Temperature.Fit([.. Enumerable.Repeat((float[])[1, 0], 300).SelectMany(row => row)], new int[300]));
    }

    [Fact]
    public void The_calibration_error_is_the_mean_difference_of_confidence_and_success()
    {
        CalibrationError error = new();
        Assert.Equal(0, error.Value);
        foreach (bool isRight in (bool[])[true, true, true, false])
            error.Add(0.75f, isRight);
        Assert.Equal(0, error.Value, 1e-9);
        error.Add(1, isRight: false);
        error.Add(0.5f, isRight: true);
        Assert.Equal((1 + 0.5) / 6, error.Value, 1e-6);
    }

    [Fact]
    public void The_distance_is_that_of_a_diagonal_covariance_and_the_directions_of_greatest_spread()
    {
        const int length = 40, classes = 2;
        Random random = new(7);
        int[] labels = [.. Enumerable.Range(0, 200).Select(n => n % classes)];
        float[][] features = [.. labels.Select(label => Sample(random, length, label))];
        Familiarity all = FamiliarityFit.Measure(features, labels, classes, [length]);
        FeatureDistance familiarity = all.Last;
        Assert.Empty(all.Stages);
        Assert.Equal((length, classes * length, 4 * length), (familiarity.Scale.Length, familiarity.Means.Length, familiarity.Directions.Length));

        // The twin: Σ⁻¹ = I − Σ w wᵀ in scaled coordinates, applied as a matrix.
        float[] image = Sample(random, length, label: 1);
        double norm = Math.Sqrt(image.Sum(value => (double)value * value));
        double[] scaled = [.. image.Select((value, i) => value / norm * familiarity.Scale[i])];
        double nearest = double.PositiveInfinity;
        for (int k = 0; k < classes; k++)
        {
            double[] d = [.. scaled.Select((value, i) => value - familiarity.Means[k * length + i])];
            double distance = 0;
            for (int i = 0; i < length; i++)
                for (int j = 0; j < length; j++)
                    distance += d[i] * d[j] * ((i == j ? 1 : 0) - Enumerable.Range(0, 4).Sum(r => (double)familiarity.Directions[r * length + i] * familiarity.Directions[r * length + j]));
            nearest = Math.Min(nearest, distance);
        }
        Assert.Equal(nearest, familiarity.Squared((float[])image.Clone()), 1e-4 * nearest);
        Assert.True(nearest > 0);
        Assert.Equal(nearest, familiarity.Squared([.. image.Select(value => 7 * value)]), 1e-3 * nearest);
        // What varies within the classes says less than what does not, though both are the same step from the mean.
        double[] own = [.. features.Select(each => familiarity.Squared((float[])each.Clone()))];
        Assert.Equal(1, own.Average(), 1e-4);
        float[] strange = [.. Sample(random, length, label: 0).Reverse()];
        Assert.True(familiarity.Squared(strange) > own.Max());
        Assert.Equal(familiarity.Squared((float[])image.Clone()), all.SquaredDistance((float[])image.Clone()));
    }

    [Fact]
    public void The_distance_is_the_sum_over_the_layers_and_on_the_way_all_images_are_one_group()
    {
        const int last = 32, stage = 20;
        Random random = new(9);
        int[] labels = [.. Enumerable.Range(0, 100).Select(n => n % 2)];
        float[][] descriptions = [.. labels.Select(label => (float[])[.. Sample(random, last, label), .. Sample(random, stage, label)])];
        Familiarity familiarity = FamiliarityFit.Measure(descriptions, labels, classes: 2, [last, stage]);
        FeatureDistance way = Assert.Single(familiarity.Stages);
        Assert.Equal((last + stage, 2 * last, stage, 8 * stage), (familiarity.Count, familiarity.Last.Means.Length, way.Means.Length, way.Directions.Length));
        Assert.Equal(1, descriptions.Average(each => way.Squared(each.AsSpan(last).ToArray())), 1e-4);
        Assert.Equal(2, descriptions.Average(each => familiarity.SquaredDistance((float[])each.Clone())), 1e-4);

        // Strange on the way, and as usual in the last layer.
        float[] odd = [.. Sample(random, last, label: 1), .. Sample(random, stage, label: 1).Reverse()];
        double atLast = familiarity.Last.Squared(odd.AsSpan(0, last).ToArray()), onTheWay = way.Squared(odd.AsSpan(last).ToArray());
        Assert.True(atLast < 2);
        Assert.Equal(atLast + onTheWay, familiarity.SquaredDistance((float[])odd.Clone()));
        Assert.True(familiarity.SquaredDistance(odd) > descriptions.Max(each => familiarity.SquaredDistance((float[])each.Clone())));
    }

    [Fact]
    public void Features_that_are_all_zero_or_never_vary_have_a_finite_distance()
    {
        float[][] same = [.. Enumerable.Range(0, 20).Select(_ => new float[16])];
        Familiarity familiarity = FamiliarityFit.Measure(same, [.. Enumerable.Range(0, 20).Select(n => n % 2)], classes: 2, [8, 8]);
        Assert.True(double.IsFinite(familiarity.SquaredDistance(new float[16])));
        Assert.True(double.IsFinite(familiarity.SquaredDistance([.. Enumerable.Repeat(1f, 16)])));
    }

    [Fact]
    public void A_training_with_validation_images_is_calibrated_keeps_them_and_calls_strangers_unknown()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 40);
        TrainingOutcome outcome = ImageClassifier.Train(folder["photos"], Quick);
        ImageClassifier trained = outcome.Classifier;
        Assert.True(trained.TellsUnknown);
        Assert.True(trained.Temperature >= 1);
        Assert.NotNull(trained.Training.CalibrationErrorBefore);
        Assert.Equal(outcome.Validation!.CalibrationError, trained.Training.CalibrationErrorAfter!.Value, 1e-6);
        Assert.InRange(outcome.Validation.Unknown!.Value, 0, 40 / 20);

        Image stripes = new(50, 50);
        for (int y = 0; y < 50; y++)
            for (int x = 0; x < 150; x++)
                stripes.Row(y)[x] = (byte)(y / 5 % 2 * 255);
        Prediction stranger = trained.Predict(stripes);
        Assert.True(stranger.IsUnknown && stranger.Distance > 1, $"distance {stranger.Distance}");
        Assert.Contains(stranger.Label, trained.Classes);
        Assert.StartsWith($"unknown ({stranger.Label} ", stranger.ToString(), StringComparison.Ordinal);

        trained.Save(folder["model"]);
        ImageClassifier loaded = ImageClassifier.Load(folder["model"]);
        Assert.Equal(stranger, loaded.Predict(stripes));
        Assert.Equal(stranger.Distance, loaded.Predict(stripes).Distance);
        Assert.Equal(stranger.Distance, new ClassifierSet([trained, loaded]).Predict(stripes)[1].Distance);
        Assert.Equal(trained.Training.CalibrationErrorAfter, loaded.Training.CalibrationErrorAfter);
        using MemoryStream again = new();
        loaded.Save(again);
        Assert.Equal(File.ReadAllBytes(folder["model"]), again.ToArray());

        ImageClassifier.Train(folder["photos"], Quick.WithTraining(options => options with { Threads = 1 })).Classifier.Save(folder["one"]);
        Assert.Equal(File.ReadAllBytes(folder["model"]), File.ReadAllBytes(folder["one"]));
    }

    [Fact]
    public void A_model_that_was_written_before_layers_on_the_way_counted_measures_the_last_alone()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 40);
        ImageClassifier trained = ImageClassifier.Train(folder["photos"], Quick.WithTraining(options => options with { Epochs = 1 })).Classifier;
        trained.Save(folder["model"]);
        SafetensorsFile file = SafetensorsFile.Read(File.ReadAllBytes(folder["model"]));
        string answers = file.Metadata.Single(entry => entry.Key == "answers").Value;
        KeyValuePair<string, string>[] metadata = [.. file.Metadata.Select(entry => entry.Key == "answers" ? new(entry.Key, $"{answers[..answers.IndexOf(",\"lastLimit\"", StringComparison.Ordinal)]}}}") : entry)];
        byte[] before = new SafetensorsFile(metadata, [.. file.Tensors.Where(tensor => !tensor.Name.StartsWith("answers.conv", StringComparison.Ordinal))]).ToBytes();
        Checksum.Stamp(before);
        File.WriteAllBytes(folder["before"], before);
        ImageClassifier old = ImageClassifier.Load(folder["before"]);
        Familiarity familiarity = old.Rules.Familiarity!;
        Assert.Empty(familiarity.Stages);
        using MemoryStream again = new();
        old.Save(again);
        Assert.Equal(before, again.ToArray());

        Image picture = SyntheticPhotos.Picture(new Random(1), 100);
        float[] features = new float[old.Model.Input.Count], scores = new float[2], last = new float[old.Model.FeatureCount];
        old.Extractor.Extract(old.Extractor.Fit(picture), features);
        old.Standardization!.Apply(features);
        old.Model.Scores(features, 1, scores, last);
        Assert.Equal((float)(familiarity.Last.Squared(last) / familiarity.Limit), old.Predict(picture).Distance);
        Assert.Equal(trained.Predict(picture).Probabilities, old.Predict(picture).Probabilities);

        // So do models of int8, with a limit of their own.
        Familiarity small = trained.Quantized(WeightStorage.Int8).Rules.Familiarity!;
        Assert.Empty(small.Stages);
        Assert.Equal(trained.Rules.Familiarity!.LastLimit, small.Limit);
        Assert.Equal(2, trained.Quantized(WeightStorage.Float16).Rules.Familiarity!.Stages.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Too_few_validation_images_calibrate_nothing(double share)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 40);
        ImageClassifier trained = ImageClassifier.Train(folder["photos"], Quick with { Validation = share }).Classifier;
        Assert.Equal((1, false, null), (trained.Temperature, trained.TellsUnknown, trained.Training.CalibrationErrorAfter));
        Prediction answer = trained.Predict(SyntheticPhotos.Picture(new Random(1), 100));
        Assert.Equal((false, null), (answer.IsUnknown, answer.Distance));
    }

    [Fact]
    public void A_class_named_unknown_is_trained_as_any_and_answered_as_unknown()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 40);
        Directory.Move(folder["photos/dark"], folder["photos/Unknown"]);
        ImageClassifier trained = ImageClassifier.Train(folder["photos"], Quick).Classifier;
        Prediction dark = trained.Predict(SyntheticPhotos.Picture(new Random(1), 20)), bright = trained.Predict(SyntheticPhotos.Picture(new Random(1), 150));
        Assert.Equal(("Unknown", true), (dark.Label, dark.IsUnknown));
        Assert.Equal("bright", bright.Label);
        Assert.True(dark.Distance > bright.Distance, "negatives are not what images are measured by");
    }

    [Fact]
    public void Rules_that_a_file_cannot_mean_are_refused()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 40);
        ImageClassifier.Train(folder["photos"], Quick.WithTraining(options => options with { Epochs = 1 })).Classifier.Save(folder["model"]);
        SafetensorsFile file = SafetensorsFile.Read(File.ReadAllBytes(folder["model"]));
        string answers = file.Metadata.Single(entry => entry.Key == "answers").Value;
        Assert.StartsWith("{\"temperature\":", answers, StringComparison.Ordinal);
        AssertRefused("temperature is 0", """{"temperature":0}""", file.Tensors);
        AssertRefused("distance", """{"temperature":1,"limit":-1}""", file.Tensors);
        AssertRefused("'answers.scale'", answers, [.. file.Tensors.Where(tensor => tensor.Name != "answers.scale")]);
        AssertRefused("'answers.conv2.scale'", answers, [.. file.Tensors.Where(tensor => tensor.Name != "answers.conv2.scale")]);
        AssertRefused("in the last layer", answers[..^1].Replace("lastLimit\":", "lastLimit\":-", StringComparison.Ordinal) + "}", file.Tensors);
        AssertRefused("parameters", """{"temperature":1}""", file.Tensors);
        AssertRefused("not what this format holds", """{"temperature":1,"limits":2}""", file.Tensors);

        void AssertRefused(string reason, string json, IReadOnlyList<SafetensorsEntry> tensors)
        {
            byte[] forged = new SafetensorsFile([.. file.Metadata.Select(entry => entry.Key == "answers" ? new(entry.Key, json) : entry)], tensors).ToBytes();
            Checksum.Stamp(forged);
            Assert.Contains(reason, Assert.ThrowsAny<InvalidDataException>(() => ModelFile.Parse(forged)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fc")]
    [InlineData("conv")]
    [InlineData("attention")]
    [InlineData("grid")]
    [InlineData("cnn")]
    [InlineData("vit")]
    public void The_last_feature_layer_is_what_the_scores_are_made_of(string name)
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", name);
        Shape input = (recipe.Features with { Width = 24, Height = 24 }).SampleShape;
        Model model = Model.Create(recipe.Model, input, outputs: 3, seed: 2).Folded();
        Random random = new(5);
        float[] inputs = [.. Enumerable.Range(0, 2 * input.Count).Select(_ => random.NextSingle())];
        float[] scores = new float[6], alone = new float[6], features = new float[2 * model.FeatureCount];
        model.Scores(inputs, 2, scores, features);
        model.Scores(inputs, 2, alone);
        Assert.Equal(alone, scores);
        ReadOnlySpan<float> weight = model.Parameters[^2].Value.Span, bias = model.Parameters[^1].Value.Span;
        for (int k = 0; k < 3; k++)
        {
            double sum = bias[k];
            for (int i = 0; i < model.FeatureCount; i++)
                sum += (double)features[i] * weight[3 * i + k];
            Assert.Equal(sum, scores[k], 1e-4);
        }
    }

    [Theory]
    [InlineData("fc", "")]
    [InlineData("conv", "conv1,conv2")]
    [InlineData("attention", "conv1,conv2,block1,pooling")]
    [InlineData("grid", "lift,conv1,conv2")]
    [InlineData("cnn", "conv1,conv2,conv3,conv4")]
    [InlineData("vit", "patches,block1,block2,block3,block4")]
    public void Layers_on_the_way_are_described_by_the_means_and_deviations_of_their_channels(string name, string stages)
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", name);
        Shape input = (recipe.Features with { Width = 24, Height = 24 }).SampleShape;
        Model model = Model.Create(recipe.Model, input, outputs: 3, seed: 2).Folded();
        Assert.Equal(stages, string.Join(',', model.Stages.Select(stage => stage.Layer)));
        Random random = new(5);
        float[] inputs = [.. Enumerable.Range(0, 2 * input.Count).Select(_ => random.NextSingle())];
        float[] scores = new float[6], alone = new float[6], rows = new float[2 * model.DescriptionCount];
        model.Scores(inputs, 2, scores, rows);
        model.Scores(inputs, 2, alone);
        Assert.Equal(alone, scores);
        for (int sample = 0; sample < 2; sample++)
        {
            float[] row = rows[(sample * model.DescriptionCount)..((sample + 1) * model.DescriptionCount)], pixels = inputs[(sample * input.Count)..((sample + 1) * input.Count)];
            float[] single = new float[model.DescriptionCount], last = new float[model.FeatureCount];
            model.Scores(pixels, 1, alone.AsSpan(0, 3), single);
            Assert.Equal(row, single);
            model.Scores(pixels, 1, alone.AsSpan(0, 3), last);
            Assert.Equal(last, row[..model.FeatureCount]);
            int start = model.FeatureCount;
            foreach (FeatureStage stage in model.Stages)
            {
                float[] result = model.Results(pixels, stage.Index + 1);
                for (int c = 0; c < stage.Channels; c++)
                {
                    double[] channel = [.. result.Where((_, i) => i % stage.Channels == c).Select(value => (double)value)];
                    double mean = channel.Average(), deviation = Math.Sqrt(channel.Average(value => (value - mean) * (value - mean)));
                    Assert.Equal(mean, row[start + c], 1e-4);
                    if (channel.Length > 1)
                        Assert.Equal(deviation, row[start + stage.Channels + c], 1e-4);
                }
                start += stage.Count;
            }
            Assert.Equal(start, row.Length);
        }
    }

    /// <summary>Two classes along the first features, a common spread along some, next to none along the last ones.</summary>
    private static float[] Sample(Random random, int length, int label)
    {
        float common = random.NextSingle();
        return [.. Enumerable.Range(0, length).Select(i => (i < 8 ? 1 + (i % 2 == label ? 1 : 0) + common : i < 30 ? 0.3f : 0.01f) + 0.05f * random.NextSingle())];
    }

    private static (float[] Scores, int[] Labels) Scores(int images, int classes, int seed)
    {
        Random random = new(seed);
        int[] labels = [.. Enumerable.Range(0, images).Select(_ => random.Next(classes))];
        return ([.. labels.SelectMany(label => Enumerable.Range(0, classes).Select(k => (k == label ? 2f : 0) + 4 * random.NextSingle()))], labels);
    }

    private static double Loss(float[] scores, int[] labels, double temperature)
    {
        int classes = scores.Length / labels.Length;
        double loss = 0;
        for (int n = 0; n < labels.Length; n++)
        {
            double[] row = [.. scores[(n * classes)..((n + 1) * classes)].Select(score => score / temperature)];
            double total = Math.Log(row.Sum(Math.Exp));
            loss -= row[labels[n]] - total;
        }
        return loss;
    }
}
