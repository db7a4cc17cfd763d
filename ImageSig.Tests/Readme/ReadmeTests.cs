using ImageSig.Tests.Support;

namespace ImageSig.Tests.Readme;

/// <summary>Runs in a folder of its own as the current one: never beside other tests.</summary>
[CollectionDefinition("Current folder", DisableParallelization = true)]
public static class AloneInTheCurrentFolder;

[Collection("Current folder")]
public class ReadmeTests
{
    [Fact]
    public async Task The_examples_train_save_load_and_predict()
    {
        string before = Environment.CurrentDirectory;
        using TemporaryFolder folder = new();
        try
        {
            Environment.CurrentDirectory = folder.Path;
            SyntheticPhotos.Write("photos", perClass: 12);
            File.Copy(Directory.GetFiles("photos/dark")[0], "camera.jpg");
            await ReadmeExamples.Training();
            StringWriter printed = new();
            TextWriter console = Console.Out;
            Console.SetOut(printed);
            try
            {
                ReadmeExamples.Predicting();
                Directory.CreateDirectory("inbox");
                File.Copy("camera.jpg", "inbox/1.png");
                ReadmeExamples.PredictingOtherwise(new byte[640 * 480 * 3 / 2]);
                PackageExamples.OfImaging();
                Assert.Equal("dark", PackageExamples.OfThePipeline().Label);
            }
            finally
            {
                Console.SetOut(console);
            }
            Assert.Equal(64, ImageSig.Imaging.Image.Load("small.png").Width);
            Assert.StartsWith("dark ", printed.ToString(), StringComparison.Ordinal);
            Assert.EndsWith(" %, 2 classes, 1 files", printed.ToString().TrimEnd(), StringComparison.Ordinal);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Fact]
    public void The_signature_example_gives_the_exact_values() =>
        Assert.Equal([1, 1, 0.5, 1, 0, 0.5, 1 / 6.0, 0.5, 0, 0.5, 0, 0, 0, 1 / 6.0], ReadmeExamples.Signatures().Select(value => Math.Round(value, 15)), Near);

    [Fact]
    public void The_examples_of_the_packages_give_what_they_say()
    {
        double[] powers = [Math.Exp(1), Math.Exp(2), Math.Exp(3)];
        float[] chances = PackageExamples.OfTensors().Span.ToArray();
        for (int i = 0; i < 3; i++)
            Assert.Equal(powers[i] / powers.Sum(), chances[i], 1e-6);
        Assert.Equal(ReadmeExamples.Signatures(), PackageExamples.OfSignature());
        Assert.Equal((2, 42L), (PackageExamples.OfNetworks().Outputs, PackageExamples.OfNetworks().ParameterCount));
    }

    private static bool Near(double expected, double actual) => Math.Abs(expected - actual) < 1e-14;
}
