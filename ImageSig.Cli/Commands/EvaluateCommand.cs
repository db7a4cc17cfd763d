using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig evaluate</c>: how a model does on labeled images.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> model = new("MODEL") { Description = "Model file" };
        Argument<string> folder = new("DIR") { Description = "Folder with one sub-folder of images per class, or another data set as for train" };
        DataSetArguments dataSet = new();
        CacheArguments cacheArguments = new();
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object");
        Option<int> threads = OptionKinds.Threads();
        Option<bool> strict = UnreadableList.Strict();
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "evaluate", "Classifies a folder of labeled images and compares.",
            "imagesig evaluate fire.safetensors more-photos",
            "imagesig evaluate fire.safetensors more-photos --json | jq .accuracy")
        {
            model, folder, json, threads, strict, quiet,
        };
        dataSet.AddTo(command, "test, or else val, of several");
        cacheArguments.AddTo(command);
        command.SetAction((parse, cancellation) =>
        {
            ImageClassifier classifier = ImageClassifier.Load(parse.GetRequiredValue(model));
            ImageSet images = dataSet.Open(terminal, parse, parse.GetRequiredValue(folder), SplitPart.Test);
            using ImageCache? cache = cacheArguments.Open(parse);
            images = cache?.Over(images) ?? images;
            Evaluation evaluation = ProgressDisplay.Watch(terminal, parse.GetValue(quiet), progress =>
                classifier.Evaluate(images, parse.GetValue(threads), progress, cancellation));
            if (parse.GetValue(json))
                terminal.Results.WriteLine(JsonMembers.Line(evaluation.Attributes is null ? EvaluationJson.Of(evaluation) : AttributesJson.Of(evaluation)));
            else
                WriteTable(terminal.Results, evaluation, images.Name);
            CacheArguments.Tell(terminal, cache);
            return Task.FromResult(UnreadableList.Tell(terminal, evaluation.Unreadable, parse.GetValue(strict)));
        });
        return command;
    }

    private static void WriteTable(TextWriter output, Evaluation evaluation, string folder)
    {
        output.WriteLine($"On {Quantity.Count(evaluation.Count)} images of {folder}:");
        EvaluationTable.Write(output, evaluation);
        output.WriteLine();
        TextTable times = new("", "");
        times.Add("time", EvaluationTable.Describe(evaluation.Times));
        times.Write(output);
    }
}
