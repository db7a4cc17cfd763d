using ImageSig.Cli.Display;
using ImageSig.Cli.Predict;

namespace ImageSig.Cli.Demo;

/// <summary>The demo told in words and tables, on standard output and as <c>summary.md</c>.</summary>
internal static class DemoSummary
{
    public const string Synthetic = "The pictures are synthetic: this program drew them, no camera took them. The figures say nothing about real concrete.";

    public static void Write(TextWriter output, DemoRun.Outcome outcome, string modelPath, ulong seed)
    {
        DemoPictures pictures = outcome.Pictures;
        output.WriteLine($"Concrete with and without cracks, drawn from seed {seed}. {Synthetic}");
        output.WriteLine();
        TrainingTable.Write(output, outcome.Training, modelPath, null, outcome.Test, pictures.TestFolder);
        output.WriteLine();
        PredictionWriter.Table table = new(
            output, [.. outcome.Predictions.Select(entry => entry.Path)], [modelPath], [outcome.Training.Classifier], new AnswerRule());
        foreach ((string path, Prediction prediction) in outcome.Predictions)
            table.Write(path, modelPath, prediction);
    }

    /// <summary>The same as a Markdown file: the tables stand in code blocks.</summary>
    public static string Markdown(string tables, ulong seed, string modelPath, string picture) =>
        $"""
        # imagesig demo

        {Synthetic}

        `train/` and `test/` hold the pictures, `{Path.GetFileName(modelPath)}` the model. The same seed ({seed}) gives the same
        pictures and the same model, byte for byte, for any number of threads.

        ```
        {tables.TrimEnd()}
        ```

        Try it:

        ```
        imagesig predict -m {modelPath} {picture}
        imagesig inspect {modelPath}
        ```

        """;
}
