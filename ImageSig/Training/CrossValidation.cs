using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig;

/// <summary>What models that never saw an image say of it: the set is parted into folds, and each fold is judged by a model trained on the others.</summary>
/// <param name="Classes">The classes.</param>
/// <param name="Folds">How each model did on its fold.</param>
/// <param name="Answers">[N] For each image of the set what the model of its fold said; null where it cannot be read.</param>
/// <param name="FoldOf">[N] The fold of each image, from 0.</param>
internal sealed record CrossValidation(
    IReadOnlyList<string> Classes, IReadOnlyList<ConfusionMatrix> Folds, IReadOnlyList<Prediction?> Answers, IReadOnlyList<int> FoldOf)
{
    // Beyond the purposes of other drawings.
    private const uint FoldPurpose = RandomPurpose.First + 257;

    /// <summary>The mean of the folds' accuracies.</summary>
    public double Accuracy => Folds.Average(fold => fold.Accuracy);

    /// <summary>The standard deviation of the folds' accuracies.</summary>
    public double Deviation => Math.Sqrt(Folds.Sum(fold => (fold.Accuracy - Accuracy) * (fold.Accuracy - Accuracy)) / Math.Max(1, Folds.Count - 1));

    /// <summary>Trains once for each fold.</summary>
    /// <param name="set">Images of classes, each of at least as many as there are folds.</param>
    /// <param name="recipe">How; the seed also draws the folds.</param>
    /// <param name="folds">At least 2.</param>
    /// <param name="progress">Told of each training in turn.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DatasetException">A class has fewer images than there are folds.</exception>
    /// <exception cref="SettingException">The recipe does not fit.</exception>
    public static CrossValidation Run(
        ImageSet set, TrainingRecipe recipe, int folds, IProgress<PipelineProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(recipe);
        ClassTargets targets = set.ToClasses();
        int[] foldOf = Draw(set, targets, folds, recipe.Training.Seed);
        Prediction?[] answers = new Prediction?[set.Count];
        ConfusionMatrix[] confusions = new ConfusionMatrix[folds];
        for (int fold = 0; fold < folds; fold++)
        {
            int[] training = [.. Indices().Where(index => foldOf[index] != fold)], held = [.. Indices().Where(index => foldOf[index] == fold)];
            ImageClassifier classifier = ImageClassifier.Train(new ImageSubset(set, training, set.Name), recipe, progress: progress, cancellationToken: cancellationToken).Classifier;
            ProgressMeter meter = ProgressMeter.Of(PipelineStage.Evaluate, held.Length, progress);
            Parallel.ForEach(held, new ParallelOptions { MaxDegreeOfParallelism = recipe.Training.Threads, CancellationToken = cancellationToken }, index =>
            {
                answers[index] = Judge(set, index, classifier);
                meter.Advance();
            });
            confusions[fold] = new ConfusionMatrix(targets.Classes.Count);
            foreach (int index in held)
                if (answers[index] is { } answer)
                    confusions[fold].Add(targets.Labels[index], answer.LabelIndex);
        }
        return new CrossValidation(targets.Classes, confusions, answers, foldOf);

        IEnumerable<int> Indices() => Enumerable.Range(0, set.Count);
    }

    private static Prediction? Judge(ImageSet set, int index, ImageClassifier classifier)
    {
        try
        {
            return classifier.Predict(set.Read(index, classifier.Features));
        }
        catch (Exception problem) when (ImageReader.IsUnreadable(problem))
        {
            return null;
        }
    }

    /// <summary>A fold for each image: those of a class are shuffled and dealt out in turn.</summary>
    internal static int[] Draw(ImageSet set, ClassTargets targets, int folds, ulong seed)
    {
        int[] foldOf = new int[targets.Count];
        foreach (IGrouping<int, int> members in Enumerable.Range(0, targets.Count).GroupBy(index => targets.Labels[index]))
        {
            int[] indices = [.. members];
            if (indices.Length < folds)
                throw new DatasetException($"{set.NameOfClass(members.Key)}: {indices.Length} {(indices.Length == 1 ? "image" : "images")} cannot be parted into {folds} folds; add images, or ask for fewer folds.");
            RandomStream random = new(seed, FoldPurpose, item: (uint)members.Key);
            random.Shuffle(indices);
            for (int i = 0; i < indices.Length; i++)
                foldOf[indices[i]] = i % folds;
        }
        return foldOf;
    }
}
