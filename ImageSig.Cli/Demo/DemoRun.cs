using System.Diagnostics;
using ImageSig.Signature;

namespace ImageSig.Cli.Demo;

/// <summary>The whole job on drawn pictures: draw, train, test on unseen ones, predict three.</summary>
internal static class DemoRun
{
    /// <summary>What one demo came to.</summary>
    /// <param name="Pictures">The drawn data set.</param>
    /// <param name="Classifier">The trained model.</param>
    /// <param name="Test">How it does on the test pictures.</param>
    /// <param name="Predictions">Three test pictures with what the saved model says of them.</param>
    /// <param name="Elapsed">All of it.</param>
    internal sealed record Outcome(
        DemoPictures Pictures, ImageClassifier Classifier, Evaluation Test, IReadOnlyList<(string Path, Prediction Prediction)> Predictions, TimeSpan Elapsed);

    /// <summary>The settings of the demo: the default recipe with the features that suit cracks. A crack is a narrow loop through colour space:
    /// absolute colour, which the basepoint adds, only hides it; log-signatures keep the loop and drop what the ends of a path repeat at every level;
    /// time tells a short crossing from a long stain.</summary>
    public static TrainingRecipe Recipe(ulong seed)
    {
        TrainingRecipe start = TrainingRecipe.Named("default", "conv");
        return start with
        {
            Features = start.Features with { Basepoint = false, Time = true, LogSignature = LogSignatureBasis.Words },
            Augmentations = ImageAugmentations.HorizontalFlip | ImageAugmentations.VerticalFlip,
            Epochs = 20,
            Seed = seed,
        };
    }

    /// <summary>Runs the demo. Pictures, then the model appear in their folders as they are done.</summary>
    public static Outcome Run(
        DemoPictures pictures, string modelPath, TrainingRecipe recipe, IProgress<PipelineProgress> progress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        pictures.Draw(progress, cancellation);
        ImageClassifier classifier = ImageClassifier.TrainAsync(pictures.TrainingFolder, recipe, progress, cancellation: cancellation)
            .GetAwaiter().GetResult();
        classifier.Save(modelPath);
        Evaluation test = classifier.Evaluate(pictures.TestFolder, recipe.Threads, progress, cancellation);
        ImageClassifier loaded = ImageClassifier.Load(modelPath);
        (string, Prediction)[] predictions = [.. Enumerable.Range(0, 3).Select(pictures.TestPicture).Select(path => (path, loaded.Predict(path)))];
        return new Outcome(pictures, classifier, test, predictions, Stopwatch.GetElapsedTime(start));
    }
}
