using ImageSig.Imaging;
using ImageSig.NN;
using ImageSig.Tensors;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>Networks that were trained on ImageNet, where they lie beside the repository.</summary>
public class PretrainedTests
{
    private const string Weights = "weights", Weather = "data/weather/train", Sunrises = "data/weather/test/sunrise";

    /// <summary>In ImageNet's order of 1000 classes: seashore and lakeside.</summary>
    private static readonly int[] Shores = [978, 975];

    [SharedFact(Weights)]
    public void Every_network_is_read_from_its_metadata_and_from_the_list_beside_it_alike()
    {
        using TemporaryFolder folder = new();
        string[] files = Directory.GetFiles(Folders.InShared(Weights), "*.safetensors");
        Assert.NotEmpty(files);
        foreach (string path in files)
        {
            Backbone backbone = BackboneFile.Read(path);
            string copy = folder[Path.GetFileName(path)];
            File.WriteAllBytes(copy, new SafetensorsFile([], SafetensorsFile.Read(File.ReadAllBytes(path)).Tensors).ToBytes());
            File.Copy(Path.ChangeExtension(path, ".json"), Path.ChangeExtension(copy, ".json"));
            Assert.Equal(backbone, BackboneFile.Read(copy));
            Assert.Equal(4, backbone.List.Taps(4).Count);
            Assert.NotEmpty(Model.Create(new TransferSpec(backbone), new Shape(96, 96, 3), outputs: 5, seed: 1).Results(new float[96 * 96 * 3], count: 2));
        }
    }

    [SharedFact(Sunrises)]
    public void The_networks_own_classifiers_see_a_shore_in_most_pictures_of_sunrises()
    {
        // Of a thousand classes five are looked at: chance would see one in a hundred. The networks of TensorFlow have a class 0 of their own before the thousand.
        foreach ((string name, int size, int before) in ((string, int, int)[])[("mcunet-5fps", 128, 0), ("mbv2-w0.35", 128, 0), ("mobilenet_v1_0.25_128", 128, 1), ("mobilenet_v2_1.0_224", 224, 1)])
        {
            string path = Folders.InShared(Weights, $"{name}.safetensors");
            Dictionary<string, float[]> tensors = SafetensorsFile.Read(File.ReadAllBytes(path)).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
            Model model = Model.Create(new TransferSpec(BackboneFile.Read(path), Depths: 1), new Shape(size, size, 3), outputs: 2, seed: 1);
            FeatureExtractor extractor = new(new FeatureOptions { Input = ModelInput.Pixels, Fit = ImageFit.Crop, Width = size, Height = size });
            string[] pictures = [.. Directory.GetFiles(Folders.InShared(Sunrises)).Order(StringComparer.Ordinal).Take(20)];
            int found = pictures.Count(picture =>
            {
                float[] pixels = new float[extractor.SampleLength];
                extractor.Extract(extractor.Fit(Image.Load(picture)), pixels);
                float[] features = model.Results(pixels, count: 1);
                float[] scores = [.. tensors["logits.bias"].Select((bias, o) => bias + features.Select((value, i) => value * tensors["logits.weight"][o * features.Length + i]).Sum())];
                return Shores.Any(shore => scores.Count(score => score > scores[shore + before]) < 5);
            });
            Assert.True(found > pictures.Length / 2, $"{name}: a shore in {found} of {pictures.Length} pictures");
        }
    }

    [SharedFact(Weather)]
    public void Features_of_MCUNet_tell_the_weather_apart()
    {
        TrainingRecipe recipe = TrainingRecipe.Named("default", "transfer").WithBackbone(BackboneFile.Read(Folders.InShared(Weights, "mcunet-5fps.safetensors")));
        ImageClassifier classifier = ImageClassifier.Train(Folders.InShared("data", "weather", "train"), recipe).Classifier;
        Assert.True(classifier.Evaluate(Folders.InShared("data", "weather", "test")).Confusion.Accuracy >= 0.91);
    }
}
