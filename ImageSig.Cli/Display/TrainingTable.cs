namespace ImageSig.Cli.Display;

/// <summary>What came of a training: how good the model is, how large, and where the time went.</summary>
internal static class TrainingTable
{
    public static void Write(TextWriter output, TrainingOutcome outcome, string path, string? validationSet, Evaluation? test, string? testSet)
    {
        ImageClassifier classifier = outcome.Classifier;
        TrainingReport training = classifier.Training;
        Evaluation? evaluation = test ?? outcome.Validation;
        if (evaluation is null)
            output.WriteLine("No image was held back and no --test folder was given, so nothing can be said about unseen images.");
        else
        {
            string count = Quantity.Count(test is null ? training.ValidationTotal : evaluation.Count);
            output.WriteLine(test is not null
                ? $"On {count} test images of {testSet}:"
                : validationSet is not null
                    ? $"On {count} validation images of {validationSet}, which chose the epoch but trained no weight:"
                    : $"On the validation split, {count} images that chose the epoch but trained no weight:");
            EvaluationTable.Write(output, evaluation);
        }
        output.WriteLine();

        StageTimes times = outcome.Times;
        TextTable model = new("", "");
        model.Add("model", path);
        model.Add("architecture", $"{classifier.Model.Spec.Name} on {classifier.Model.Input} {(classifier.Features.Input == NN.ModelInput.Pixels ? "pixels" : "features")}, epoch {training.ChosenEpoch} of {training.Epochs}");
        model.Add("training images", Quantity.Count(training.TrainingTotal));
        model.Add("parameters", Quantity.Count(classifier.Model.ParameterCount));
        model.Add("file size", Quantity.Size(new FileInfo(path).Length));
        foreach ((string name, string line) in AnswerLines.Of(classifier))
            model.Add(name, line);
        model.Add("time", EvaluationTable.Describe(times));
        if (test is not null)
            model.Add("time of the test", EvaluationTable.Describe(test.Times));
        model.Write(output);
    }
}
