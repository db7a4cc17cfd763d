using ImageSig.Imaging;

namespace ImageSig.Tests.Readme;

/// <summary>The C# of README.md, word for word; <see cref="ReadmeTests"/> compares and runs it.</summary>
internal static class ReadmeExamples
{
    public static void Predicting()
    {
        // README
        ImageClassifier classifier = ImageClassifier.Load("fire.safetensors");
        Prediction answer = classifier.Predict("camera.jpg");
        Console.WriteLine($"{(answer.IsUnknown ? "unknown" : answer.Label)} {answer.Confidence:P1}");
        // END
    }

    public static void PredictingOtherwise(ImageClassifier classifier, byte[] frame)
    {
        // README
        byte[] upload = File.ReadAllBytes("camera.jpg");                                              // a file's bytes, or a Stream
        Prediction ofBytes = classifier.Predict(upload);
        Prediction ofFrame = classifier.Predict(frame, new PixelLayout(PixelFormat.Nv12, 640, 480));  // a camera's buffer
        IReadOnlyList<Prediction> ofMany = classifier.Predict(Directory.GetFiles("inbox"));           // on all cores
        // END
        Console.WriteLine($"{ofBytes}, {ofFrame.Probabilities.Count} classes, {ofMany.Count} files");
    }

    public static async Task Training()
    {
        // README
        TrainingRecipe recipe = TrainingRecipe.Named("default", "grid").WithTraining(options => options with { Epochs = 10 });
        TrainingOutcome outcome = await ImageClassifier.TrainAsync("photos", recipe);
        outcome.Classifier.Save("fire.safetensors");
        // END
    }
}
