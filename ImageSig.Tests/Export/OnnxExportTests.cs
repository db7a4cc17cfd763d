using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Signature;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Export;

/// <summary>An exported model answers in ONNX Runtime what it answers here.</summary>
public class OnnxExportTests
{
    /// <summary>Every way of taking features of paths, and every kind of network.</summary>
    private static readonly (string Name, TrainingRecipe Recipe)[] Variants =
    [
        ("conv, two directions, time", Recipe("conv", features => features with { TwoDirection = true, Time = true, Depth = 3 })),
        ("fc, basepoint, roots", Recipe("fc", features => features with { Basepoint = true, Roots = 0.01f, Depth = 3 })),
        ("fc, words", Recipe("fc", features => features with { LogSignature = LogSignatureBasis.Words, Basepoint = true })),
        ("fc, brackets of depth 5, roots", Recipe("fc", features => features with { LogSignature = LogSignatureBasis.Brackets, Depth = 5, Roots = 0.01f })),
        // Numbers of this basis that are 0 but for rounding are not to be enlarged by their deviation.
        ("fc, expanded, depth 3", Recipe("fc", features => features with { LogSignature = LogSignatureBasis.Expanded, Depth = 3, TwoDirection = true, Standardize = false })),
        ("fc, depth 1", Recipe("fc", features => features with { Depth = 1 })),
        ("attention", Recipe("attention", features => features with { Depth = 2 })),
        ("grid, windows of 2", Recipe("grid", features => features, spec => ((GridSpec)spec) with { Window = 2 })),
        ("grid, one of them", Recipe("grid", features => features, spec => ((GridSpec)spec) with { Grids = 1 })),
        ("grid, weights of places", Recipe("grid", features => features, spec => ((GridSpec)spec) with { PlaceWeights = 1 })),
        ("grid, three convolutions", Recipe("grid", features => features, spec => ((GridSpec)spec) with { Convolutions = 3 })),
        ("cnn", Recipe("cnn", features => features)),
        ("vit", Recipe("vit", features => features)),
        ("transfer", Recipe("transfer", features => features)),
    ];

    [OnnxFact]
    public void Models_of_every_kind_and_feature_answer_the_same_in_ONNX_Runtime()
    {
        using TemporaryFolder folder = new();
        Scenes.Write(folder["photos"], ["a", "b"], perClass: 24, seed: 1);
        SmallBackbone.Write(folder["backbone.safetensors"]);
        Image[] pictures = [.. Enumerable.Range(0, 50).Select(number => Scenes.Draw(number, number % 2))];
        List<string> wrong = [];
        foreach ((string name, TrainingRecipe recipe) in Variants)
        {
            TrainingRecipe whole = recipe.Model is TransferSpec transfer
                ? recipe with { Model = transfer with { Backbone = BackboneFile.Read(folder["backbone.safetensors"]) } }
                : recipe;
            Compare(name, ImageClassifier.Train(folder["photos"], whole).Classifier, pictures, folder["model.onnx"], wrong);
        }
        foreach (string file in Directory.GetFiles(Path.Combine(Folders.Repository, "ImageSig.Tests", "Pipeline", "ModelsOfVersion1"), "*.safetensors"))
            Compare(Path.GetFileName(file), ImageClassifier.Load(file), pictures, folder["model.onnx"], wrong);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [OnnxFact("data/weather")]
    public void Two_hundred_real_pictures_are_answered_the_same_by_every_kind_of_model()
    {
        using TemporaryFolder folder = new();
        SmallBackbone.Write(folder["backbone.safetensors"]);
        string[] files = [.. Directory.GetFiles(Folders.InShared("data", "weather", "test"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        foreach (string file in files.Where((_, index) => index % 3 == 0))
        {
            string target = folder[Path.Combine("photos", Path.GetFileName(Path.GetDirectoryName(file))!)];
            Directory.CreateDirectory(target);
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
        Image[] pictures = [.. files.Take(200).Select(file => Image.Load(file))];
        List<string> wrong = [];
        foreach (string kind in ModelKinds.Names.Where(kind => ModelKinds.Named(kind) is FcSpec or ConvSpec or AttentionSpec or GridSpec or CnnSpec or VitSpec or TransferSpec))
        {
            TrainingRecipe recipe = Recipe(kind, features => features);
            if (recipe.Model is TransferSpec transfer)
                recipe = recipe with { Model = transfer with { Backbone = BackboneFile.Read(folder["backbone.safetensors"]) } };
            Compare(kind, ImageClassifier.Train(folder["photos"], recipe).Classifier, pictures, folder["model.onnx"], wrong);
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static TrainingRecipe Recipe(string kind, Func<FeatureOptions, FeatureOptions> change, Func<ModelSpec, ModelSpec>? model = null)
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", kind).WithTraining(options => options with { Epochs = 2, BatchSize = 8, Threads = 1 });
        return recipe with { Validation = 0.5, Features = change(recipe.Features with { Width = 32, Height = 32 }), Model = model?.Invoke(recipe.Model) ?? recipe.Model };
    }

    private static void Compare(string name, ImageClassifier classifier, Image[] pictures, string path, List<string> wrong)
    {
        if (OnnxComparison.Difference(classifier, pictures, path) is { } difference)
            wrong.Add($"{name}: {difference}");
    }

    [OnnxFact]
    public void A_file_may_begin_with_features_and_attributes_are_each_answered_by_themselves()
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 12);
        IEnumerable<string> Rows(string name, int light) => Enumerable.Range(0, 12).Select(i => $"{name}/{i:D3}.png,{light},{(i % 2 == 0 ? "" : 1 - light)}");
        File.WriteAllLines(folder["answers.csv"], ["path,light,dim", .. Rows("bright", 1), .. Rows("dark", 0)]);
        ImageClassifier classifier = ImageClassifier.Train(ImageSplits.OpenAttributes(folder["answers.csv"], folder["photos"]).Training, Recipe("fc", features => features with { Roots = 0.01f })).Classifier;
        classifier.SaveOnnx(folder["features.onnx"], fromFeatures: true);
        using OnnxFile onnx = new(folder["features.onnx"]);
        FeatureExtractor extractor = new(classifier.Features);
        Image picture = Scenes.Draw(1);
        float[] features = new float[extractor.SampleLength];
        extractor.Extract(extractor.Fit(picture), features);
        float[] answers = onnx.Run("probabilities", features, 1, extractor.SampleShape[0], extractor.SampleShape[1]);
        Assert.All(classifier.Predict(picture).Probabilities.Zip(answers), pair => Assert.Equal(pair.First.Probability, pair.Second, OnnxComparison.Tolerance));
        Assert.Equal(("features", typeof(float)), (onnx.Input.Name, onnx.Input.Type));
        Assert.Equal([-1, extractor.SampleShape[0], extractor.SampleShape[1]], onnx.Input.Shape);
    }

    [OnnxFact]
    public void A_file_says_what_goes_in_what_comes_out_and_who_wrote_it_and_is_the_same_for_the_same_model()
    {
        using TemporaryFolder folder = new();
        ImageClassifier classifier = ImageClassifier.Load(Path.Combine(Folders.Repository, "ImageSig.Tests", "Pipeline", "ModelsOfVersion1", "grid.safetensors"));
        classifier.SaveOnnx(folder["one.onnx"]);
        classifier.SaveOnnx(folder["two.onnx"]);
        Assert.Equal(File.ReadAllBytes(folder["one.onnx"]), File.ReadAllBytes(folder["two.onnx"]));
        using OnnxFile onnx = new(folder["one.onnx"]);
        FeatureOptions options = classifier.Features;
        Assert.Equal(("pixels", typeof(byte)), (onnx.Input.Name, onnx.Input.Type));
        Assert.Equal([-1, options.Height, options.Width, 3], onnx.Input.Shape);
        Assert.Equal("imagesig", onnx.Metadata.ProducerName);
        Assert.Contains($"pixels: uint8 [N, {options.Height}, {options.Width}, 3]. Bytes 0 to 255: red, green, blue", onnx.Metadata.Description, StringComparison.Ordinal);
        Assert.Equal($"[\"{string.Join("\",\"", classifier.Classes)}\"]", onnx.Metadata.CustomMetadataMap["classes"]);
        Assert.Equal(
            "The model grid takes pixels, not features, which go into fc, conv and attention; export it from pixels.",
            Assert.Throws<ImageSig.Tensors.SettingException>(() => classifier.SaveOnnx(folder["none.onnx"], fromFeatures: true)).Message);
    }
}
