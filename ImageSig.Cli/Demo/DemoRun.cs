using System.Diagnostics;
using ImageSig.Cli.Display;
using ImageSig.NN;
using ImageSig.Signature;

namespace ImageSig.Cli.Demo;

/// <summary>The whole job on drawn pictures: draw, train, test on unseen ones, predict three.</summary>
internal static class DemoRun
{
    /// <summary>What one demo came to.</summary>
    /// <param name="Pictures">The drawn data set.</param>
    /// <param name="Training">The trained model and what its training showed.</param>
    /// <param name="Test">How it does on the test pictures.</param>
    /// <param name="Predictions">Three test pictures with what the saved model says of them.</param>
    /// <param name="Elapsed">All of it.</param>
    internal sealed record Outcome(
        DemoPictures Pictures, TrainingOutcome Training, Evaluation Test, IReadOnlyList<(string Path, Prediction Prediction)> Predictions, TimeSpan Elapsed);

    /// <summary>The settings of the demo: the default recipe with the features that suit cracks. A crack is a narrow loop through color space:
    /// absolute color, which the basepoint adds, only hides it; log-signatures keep the loop and drop what the ends of a path repeat at every level;
    /// time tells a short crossing from a long stain.</summary>
    public static TrainingRecipe Recipe(ulong seed)
    {
        TrainingRecipe start = TrainingRecipe.Named(TrainingRecipe.Default, ModelKinds.Conv);
        return start with
        {
            Features = start.Features with { Basepoint = false, Time = true, LogSignature = LogSignatureBasis.Words },
            Augmentations = ImageAugmentations.HorizontalFlip | ImageAugmentations.VerticalFlip,
            Training = start.Training with { Epochs = 20, Seed = seed },
        };
    }

    /// <summary>Runs the demo. Pictures, then the model appear in their folders as they are done.</summary>
    public static Outcome Run(
        DemoPictures pictures, string modelPath, TrainingRecipe recipe, ProgressDisplay progress, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        pictures.Draw(progress, cancellation);
        TrainingOutcome training = ImageClassifier.Train(ImageFolder.Open(pictures.TrainingFolder), recipe, progress: progress, cancellationToken: cancellation);
        training.Classifier.Save(modelPath);
        Evaluation test = training.Classifier.Evaluate(pictures.TestFolder, recipe.Training.Threads, progress, cancellation);
        ImageClassifier loaded = ImageClassifier.Load(modelPath);
        (string, Prediction)[] predictions = [.. Sequences.Range(0, 3).Select(pictures.TestPicture).Select(path => (path, loaded.Predict(path)))];
        return new Outcome(pictures, training, test, predictions, Stopwatch.GetElapsedTime(start));
    }
}
