// Training PHOTOS MODEL: trains on a folder of class folders, shows how it goes, and says how good the model is.
using ImageSig;

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};
TrainingRecipe recipe = TrainingRecipe.Named("default", "grid").WithTraining(options => options with { Epochs = 15, Seed = 7 });
recipe = recipe with { Features = recipe.Features with { Width = 32, Height = 32 } };
try
{
    TrainingOutcome outcome = ImageClassifier.Train(args[0], recipe, new Lines(), cancellationToken: stop.Token);
    outcome.Classifier.Save(args[1]);
    Evaluation evaluation = outcome.Classifier.Evaluate(args[0]);
    Console.WriteLine($"{evaluation.Confusion.Accuracy:P1} of {evaluation.Count} images right, those that it learned from included; {outcome.Classifier.Model.ParameterCount:N0} parameters");
}
catch (OperationCanceledException)
{
    Console.WriteLine("stopped");
}

/// <summary>A line when an epoch begins. Reports come from the thread that trains, so they should be brief.</summary>
internal sealed class Lines : IProgress<PipelineProgress>
{
    private int epoch;

    public void Report(PipelineProgress value)
    {
        if (value.Stage != PipelineStage.Train || value.Epoch is not { } now || now.Number == epoch)
            return;
        epoch = now.Number;
        Console.WriteLine($"epoch {now.Number} of {now.Count}, {value.Remaining.TotalSeconds:F0} s left, loss before {now.LastLoss?.ToString("F3") ?? "none"}");
    }
}
