using ImageSig.Cli;
using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Cli;
using ImageSig.Tests.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>A JPEG is decoded at the scale that the preprocessing implies, the same wherever a model meets it.</summary>
public class ScaledDecodingTests
{
    [Theory]
    [InlineData(ImageFit.Stretch, "23x31")]
    [InlineData(ImageFit.Crop, "31x23")]
    [InlineData(ImageFit.Letterbox, "24")]
    public void Training_exporting_predicting_and_the_image_command_see_the_same_pixels_of_large_photographs(ImageFit fit, string size)
    {
        using TemporaryFolder folder = new();
        WriteJpegs(folder["photos"]);
        foreach (string scaled in (string[])["true", "false"])
            Assert.Equal(ExitCode.Done, Answer.To(
                "train", folder["photos"], "-o", folder[scaled], "--model", "fc", "--image-size", size, "--depth", "2", "--fit", RecipeNames.Of(fit),
                "--scaled-decoding", scaled, "--epochs", "1", "--quiet").Code);
        ImageClassifier model = ImageClassifier.Load(folder["true"]);
        FeatureExtractor extractor = new(model.Features);
        Assert.Equal((true, fit), (model.Features.ScaledDecoding, model.Features.Fit));
        ImageFolder photos = ImageFolder.Open(folder["photos"]);
        LoadedImages loaded = LoadedImages.Load(photos, extractor, threads: 2, null, default);
        FeatureExport.Write(photos, extractor, folder["features.npy"], null, threads: 2);
        float[] exported = NpyFile.Read<float>(folder["features.npy"]).Values;

        for (int index = 0; index < photos.Images.Count; index++)
        {
            string path = photos.Images[index].Path;
            Image decoded = Image.Load(path, model.Features.ToDecodeOptions());
            Assert.True(decoded.Width <= 120, $"{path} was decoded at {decoded.Width}x{decoded.Height}");
            byte[] seen = Resize.Fit(decoded, extractor.Options.Width, extractor.Options.Height, fit).Pixels.ToArray();
            Assert.NotEqual(seen, Resize.Fit(Image.Load(path), extractor.Options.Width, extractor.Options.Height, fit).Pixels.ToArray());

            Assert.Equal(seen, loaded.Images[index].Image.Pixels.ToArray());
            Assert.Equal(ExitCode.Done, Answer.To("image", path, "-m", folder["true"], "-o", folder["seen.png"]).Code);
            Assert.Equal(seen, Image.Load(folder["seen.png"]).Pixels.ToArray());
            Assert.Equal(ExitCode.Done, Answer.To("image", path, "--size", size, "--fit", RecipeNames.Of(fit), "-o", folder["seen.png"]).Code);
            Assert.Equal(seen, Image.Load(folder["seen.png"]).Pixels.ToArray());
            float[] features = new float[extractor.SampleLength];
            extractor.Extract(loaded.Images[index].Image, features);
            Assert.Equal(features, exported.AsSpan(index * features.Length, features.Length));
            Assert.Equal(model.Predict(decoded).Probabilities, model.Predict(path).Probabilities);
        }
    }

    [Fact]
    public void Models_that_decode_at_different_scales_answer_together_as_they_do_alone()
    {
        using TemporaryFolder folder = new();
        WriteJpegs(folder["photos"]);
        foreach ((string name, string size, string scaled) in (ReadOnlySpan<(string, string, string)>)[("a", "24", "true"), ("b", "24", "false"), ("c", "100", "true")])
            Assert.Equal(ExitCode.Done, Answer.To(
                "train", folder["photos"], "-o", folder[name], "--model", "fc", "--depth", "1", "--image-size", size, "--scaled-decoding", scaled, "--epochs", "1", "--quiet").Code);
        string picture = Path.Combine(folder["photos"], "dark", "0.jpg");
        string[] together = Probabilities("-m", folder["a"], "-m", folder["b"], "-m", folder["c"]);
        Assert.Equal([.. Probabilities("-m", folder["a"]), .. Probabilities("-m", folder["b"]), .. Probabilities("-m", folder["c"])], together);
        Assert.NotEqual(Image.Load(picture, ImageClassifier.Load(folder["a"]).Features.ToDecodeOptions()).Width, Image.Load(picture).Width);

        string[] Probabilities(params string[] models) =>
            [.. Answer.To(["predict", picture, .. models, "--json"]).ResultLines.Select(line => line[..line.IndexOf("\"milliseconds\"", StringComparison.Ordinal)])];
    }

    [Fact]
    public void The_default_recipe_decodes_no_more_than_needed_and_that_of_the_paper_the_whole()
    {
        Assert.All(ModelKinds.Names, model => Assert.True(TrainingRecipe.Named("default", model).Features.ScaledDecoding, model));
        Assert.All(["fc", "conv", "attention"], model => Assert.Null(TrainingRecipe.Named("paper", model).Features.ToDecodeOptions().NeededSize));
    }

    [Fact]
    public void A_checkpoint_of_the_other_way_to_decode_does_not_fit()
    {
        TrainingRecipe recipe = TrainingRecipe.Named();
        Assert.NotEqual(
            TrainingFingerprint.Of(recipe, ["a", "b"], []).ToJson(),
            TrainingFingerprint.Of(recipe with { Features = recipe.Features with { ScaledDecoding = false } }, ["a", "b"], []).ToJson());
    }

    [Fact]
    public void What_a_model_decides_is_not_said_twice()
    {
        foreach (string option in (string[])["--size", "--scale"])
            Assert.Contains($"{option} and --model were given", Refusal(option, "8"), StringComparison.Ordinal);
        Assert.Contains("--fit and --model were given", Refusal("--fit", "crop"), StringComparison.Ordinal);

        static string Refusal(params string[] options)
        {
            Answer answer = Answer.To(["image", "a.jpg", "-m", "m", .. options]);
            Assert.Equal(ExitCode.WrongUsage, answer.Code);
            return answer.Messages;
        }
    }

    /// <summary>Photographs of some ten times the models' size, some of them lying on their side.</summary>
    private static void WriteJpegs(string folder)
    {
        foreach ((string name, int brighter) in (ReadOnlySpan<(string, int)>)[("dark", 0), ("bright", 80)])
        {
            Directory.CreateDirectory(Path.Combine(folder, name));
            for (int number = 0; number < 4; number++)
            {
                byte[] file = Augmentation.Brighten(Pictures.Photograph(260, 200 + number, seed: number), brighter).EncodeJpeg();
                File.WriteAllBytes(Path.Combine(folder, name, $"{number}.jpg"), number < 2 ? file : OrientationTests.WithOrientation(file, 6, little: true));
            }
        }
    }
}
