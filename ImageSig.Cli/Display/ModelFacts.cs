using System.Globalization;
using ImageSig.NN;

namespace ImageSig.Cli.Display;

/// <summary>What a model file remembers of preprocessing, classes and training.</summary>
internal static class ModelFacts
{
    /// <summary>One after the other; those without a name go on with the one before.</summary>
    public static IReadOnlyList<(string Name, string Text)> Of(ImageClassifier classifier)
    {
        FeatureOptions features = classifier.Features;
        TrainingReport training = classifier.Training;
        List<(string Name, string Text)> facts = [];
        facts.Add(("image size", string.Create(CultureInfo.InvariantCulture, $"{features.Width}x{features.Height}, {RecipeNames.Of(features.Fit)}{(features.ScaledDecoding ? ", JPEGs decoded no larger than needed" : "")}")));
        if (features.Input == ModelInput.Signatures)
            facts.Add((features.LogSignature is null ? "signatures" : $"log-signatures ({RecipeNames.Of(features.LogSignature)})", string.Create(CultureInfo.InvariantCulture,
                $"of {(features.TwoDirection ? "rows and columns" : "rows")}, depth {features.Depth}{(features.Basepoint ? ", from black" : "")}{(features.Time ? ", with time" : "")}{(features.Roots > 0 ? $", signed roots (epsilon {features.Roots})" : "")}{(features.Standardize ? ", standardized" : "")}")));
        if (classifier.Storage != WeightStorage.Float32)
            facts.Add(("weights", StorageWords.Of(classifier.Storage)));
        for (int label = 0; label < classifier.Classes.Count; label++)
            facts.Add((label > 0 ? "" : classifier.HasAttributes ? "attributes" : "classes", $"{classifier.Classes[label]} ({Quantity.Count(training.TrainingImages[label])} training and {Quantity.Count(training.ValidationImages[label])} validation images)"));
        if (training.Recipe == TrainingReport.Imported)
            facts.Add(("recipe", $"{training.Recipe}: the weights were trained elsewhere"));
        else
            AddTraining(facts, training);
        facts.AddRange(AnswerLines.Of(classifier));
        if (training.UnreadableImages > 0)
            facts.Add(("unreadable images", Quantity.Count(training.UnreadableImages)));
        return facts;
    }

    private static void AddTraining(List<(string Name, string Text)> facts, TrainingReport training)
    {
        TrainingOptions options = training.Options;
        facts.Add(("recipe", training.Recipe));
        facts.Add(("optimizer", string.Create(CultureInfo.InvariantCulture,
            $"{RecipeNames.Of(options.Optimizer)}, learning rate {options.LearningRate}, weight decay {options.WeightDecay}, batches of {options.BatchSize}")));
        if (options.WarmUp > 0)
            facts.Add(("", string.Create(CultureInfo.InvariantCulture, $"warm-up in the first {options.WarmUp} of the steps")));
        if (options.Accumulation > 1)
            facts.Add(("", string.Create(CultureInfo.InvariantCulture, $"{options.Accumulation} batches to a step")));
        if (options.ClipNorm > 0)
            facts.Add(("", string.Create(CultureInfo.InvariantCulture, $"gradients no longer than {options.ClipNorm}")));
        if (options.AverageDecay > 0)
            facts.Add(("", string.Create(CultureInfo.InvariantCulture, $"weights averaged with a decay of {options.AverageDecay}")));
        facts.Add(("loss", RecipeNames.Of(options.Loss)));
        if (training.Members > 0 || training.Teachers.Count > 0)
        {
            string[] taughtBy = [.. training.Teachers, .. training.Members > 0 ? (string[])[$"{training.Members} {(training.Members == 1 ? "member" : "members")} of the same recipe"] : []];
            facts.Add(("taught by", string.Join(", ", taughtBy)));
            facts.Add(("", string.Create(CultureInfo.InvariantCulture, $"for a share of {options.TeacherShare}, at temperature {options.TeacherTemperature}")));
        }
        facts.Add(("augmentation", RecipeNames.Of(training.Augmentations)));
        facts.Add(("seed", options.Seed.ToString(CultureInfo.InvariantCulture)));
        facts.Add(("epochs", string.Create(CultureInfo.InvariantCulture, $"{training.Epochs}, epoch {training.ChosenEpoch} was chosen")));
        if (training.ValidationAccuracy is { } accuracy)
            facts.Add(("validation accuracy", Quantity.Percent(accuracy)));
        if (training.ValidationBalancedAccuracy is { } balanced)
            facts.Add(("balanced", Quantity.Percent(balanced)));
    }
}
