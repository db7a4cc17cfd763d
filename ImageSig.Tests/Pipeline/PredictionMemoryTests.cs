using ImageSig.Imaging;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Pipeline;

/// <summary>What a prediction allocates is the answer and a picture of the model's size; what grows with the picture comes from shared pools.</summary>
public class PredictionMemoryTests
{
    [Theory]
    [InlineData("grid")]
    [InlineData("conv")]
    public void Predicting_from_bytes_allocates_nothing_that_grows_with_the_picture(string model)
    {
        using TemporaryFolder folder = new();
        SyntheticPhotos.Write(folder["photos"], perClass: 4);
        TrainingRecipe recipe = TrainingRecipe.Named("default", model).WithTraining(options => options with { Epochs = 1, Threads = 1 });
        ImageClassifier classifier = ImageClassifier.Train(folder["photos"], recipe).Classifier;
        byte[] smallFile = Photograph(320, 240), largeFile = Photograph(2560, 1920);
        long small = Cost.UsualBytes(() => classifier.Predict(smallFile)), large = Cost.UsualBytes(() => classifier.Predict(largeFile));
        Assert.True(large <= small + 4096, $"{small} bytes for 320x240, {large} for 2560x1920.");
        Assert.True(large < 64 << 10, $"{large} bytes a prediction.");
    }

    private static byte[] Photograph(int width, int height)
    {
        Image image = new(width, height);
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                image.Row(y)[3 * x] = (byte)(x * 255 / width + y % 3);
        return image.EncodeJpeg();
    }
}
