using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>What models that never saw an image say of it: the set is parted into folds, and each fold is judged by a model trained on the others.</summary>
/// <param name="Classes">The classes.</param>
/// <param name="Folds">How each model did on its fold.</param>
/// <param name="Answers">[N] For each image of the set what the model of its fold said; null where it cannot be read, or is in none.</param>
/// <param name="FoldOf">[N] The fold of each image, from 0; −1 of those that are in every training.</param>
internal sealed record CrossValidation(
    IReadOnlyList<string> Classes, IReadOnlyList<Fold> Folds, IReadOnlyList<Prediction?> Answers, IReadOnlyList<int> FoldOf)
{
    // What is remembered of an image: its answer, and of each class the probability.
    private const int AnswerBytes = 200, ChanceBytes = 16;

    // Beyond the purposes of other drawings.
    private const uint FoldPurpose = RandomPurpose.First + 257;

    /// <summary>All answers together, as if one model had given them.</summary>
    public required Evaluation All { get; init; }

    /// <summary>The mean of the folds' accuracies.</summary>
    public double Accuracy => Folds.Average(fold => fold.Confusion.Accuracy);

    /// <summary>The mean of the folds' balanced accuracies.</summary>
    public double BalancedAccuracy => Folds.Average(fold => fold.Confusion.BalancedAccuracy);

    /// <summary>The standard deviation of the folds' accuracies.</summary>
    public double Deviation => DeviationOf(fold => fold.Accuracy);

    /// <summary>The standard deviation of the folds' balanced accuracies.</summary>
    public double BalancedDeviation => DeviationOf(fold => fold.BalancedAccuracy);

    /// <summary>Trains once for each fold.</summary>
    /// <param name="set">Images of classes, each of at least as many as there are folds, unless the options say otherwise.</param>
    /// <param name="recipe">How; the seed also draws the folds.</param>
    /// <param name="folds">At least 2.</param>
    /// <param name="options">What else there is to say.</param>
    /// <param name="progress">Told of each training in turn.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="SettingException">The recipe does not fit, or a class has fewer images than there are folds.</exception>
    public static CrossValidation Run(
        ImageSet set, TrainingRecipe recipe, int folds, FoldOptions? options = null, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(recipe);
        options ??= new();
        ClassTargets targets = set.ToClasses();
        int[] foldOf = Draw(set, targets, folds, recipe.Training.Seed, options.TrainsOnFew);
        long before = (options.Before ?? Environment.WorkingSet) + ((AnswerBytes + (ChanceBytes * targets.Classes.Count)) * (long)set.Count);
        using RememberedImages images = new(set, recipe.PicturesBetween);
        Prediction?[] answers = new Prediction?[set.Count];
        string?[] problems = new string?[set.Count];
        List<Fold> done = [];
        for (int fold = 0; fold < folds; fold++)
        {
            options.Begin?.Invoke(fold);
            int[] training = [.. Indices().Where(index => foldOf[index] != fold)], held = [.. Indices().Where(index => foldOf[index] == fold)];
            TrainingOutcome outcome = ImageClassifier.Train(new ImageSubset(images, training, set.Name), recipe, options.Validation, progress, options.Checkpoint?.Invoke(fold), before, cancellationToken);
            // Of a training that is done, too: what goes on later finds it so, and need not train it again.
            outcome.Checkpoint?.Flush();
            ProgressMeter meter = ProgressMeter.Of(PipelineStage.Evaluate, held.Length, progress);
            ParallelLoop.For(
                held.Length, recipe.Training.Threads,
                place =>
                {
                    (answers[held[place]], problems[held[place]]) = Judge(images, held[place], outcome.Classifier);
                    meter.Advance();
                },
                cancellationToken);
            ConfusionMatrix confusion = new(targets.Classes.Count);
            foreach (int index in held)
                if (answers[index] is { } answer)
                    confusion.Add(targets.Labels[index], answer.LabelIndex);
            done.Add(new Fold(confusion, outcome.Summary.ChosenEpoch, outcome.Summary.Epochs.Count, outcome.Checkpoint?.Written));
        }
        UnreadableImage[] unreadable = [.. Indices().Where(index => problems[index] is not null).Select(index => new UnreadableImage(set.NameOf(index), problems[index]!))];
        return new CrossValidation(targets.Classes, done, answers, foldOf) { All = Together(targets, answers, unreadable) };

        IEnumerable<int> Indices() => Sequences.Range(0, set.Count);
    }

    /// <summary>Deletes the checkpoints of all folds: to be called when what came of them is written.</summary>
    public void DeleteCheckpoints()
    {
        foreach (string checkpoint in Folds.Select(fold => fold.Checkpoint).OfType<string>())
            File.Delete(checkpoint);
    }

    private double DeviationOf(Func<ConfusionMatrix, double> figure)
    {
        double mean = Folds.Average(fold => figure(fold.Confusion));
        return Math.Sqrt(Folds.Sum(fold => Math.Pow(figure(fold.Confusion) - mean, 2)) / Math.Max(1, Folds.Count - 1));
    }

    private static (Prediction? Answer, string? Problem) Judge(ImageSet set, int index, ImageClassifier classifier)
    {
        try
        {
            return (classifier.Predict(set.Read(index, classifier.Features)), null);
        }
        catch (Exception problem) when (ImageReader.IsUnreadable(problem))
        {
            return (null, ImageReader.Reason(problem));
        }
    }

    private static Evaluation Together(ClassTargets targets, Prediction?[] answers, UnreadableImage[] unreadable)
    {
        ConfusionMatrix confusion = new(targets.Classes.Count);
        CalibrationError calibration = new();
        for (int index = 0; index < answers.Length; index++)
            if (answers[index] is { } answer)
            {
                confusion.Add(targets.Labels[index], answer.LabelIndex);
                calibration.Add(answer.Confidence, answer.LabelIndex == targets.Labels[index]);
            }
        return new Evaluation(targets.Classes, confusion, unreadable, new StageTimes(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero))
        {
            Count = confusion.Count,
            CalibrationError = calibration.Value,
        };
    }

    /// <summary>A fold for each image: those of a class are shuffled and dealt out in turn.</summary>
    internal static int[] Draw(ImageSet set, ClassTargets targets, int folds, ulong seed, bool trainsOnFew = false)
    {
        int[] foldOf = new int[targets.Count];
        foreach (Group<int, int> members in Sequences.Range(0, targets.Count).GroupBy(index => targets.Labels[index]))
        {
            int[] indices = [.. members];
            if (indices.Length < folds && trainsOnFew)
            {
                foreach (int index in indices)
                    foldOf[index] = -1;
                continue;
            }
            if (indices.Length < folds)
                throw new SettingException($"{set.NameOfClass(members.Key)}: {indices.Length} {(indices.Length == 1 ? "image" : "images")} cannot be parted into {folds} folds; add images, or ask for fewer folds.");
            RandomStream random = new(seed, FoldPurpose, item: (uint)members.Key);
            random.Shuffle(indices);
            for (int i = 0; i < indices.Length; i++)
                foldOf[indices[i]] = i % folds;
        }
        return foldOf;
    }
}

/// <summary>One fold: how the model that was trained on the others did on it.</summary>
/// <param name="Confusion">On the images of the fold.</param>
/// <param name="ChosenEpoch">Whose weights the model has.</param>
/// <param name="Epochs">That ran.</param>
/// <param name="Checkpoint">The file of its training, if one is kept.</param>
internal sealed record Fold(ConfusionMatrix Confusion, int ChosenEpoch, int Epochs, string? Checkpoint);
