using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Quantization;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig quantize</c>: the same model in a smaller file.</summary>
internal static class QuantizeCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> model = new("MODEL") { Description = "Model file" };
        Option<string> output = OptionKinds.Path("--output", "FILE", "Model file to write", "-o");
        output.Required = true;
        Option<bool> int8 = OptionKinds.Switch("--int8", "Weights in 8 bits, with one scale for each output of a layer, the rest in 16 [default]");
        Option<bool> float16 = OptionKinds.Switch("--float16", "All numbers in 16 bits");
        Option<string> images = OptionKinds.Path("--calibrate", "DIR", "Labeled images that trained no weight: half of each class helps to round the weights, on the other the answers before and after are compared; of a data set with splits, test or else val");
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object");
        Option<int> threads = OptionKinds.Threads();
        Option<bool> strict = UnreadableList.Strict();
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "quantize", "Writes a model as a file of a quarter of the size; it predicts, and is used, as any other.",
            "imagesig quantize fire.safetensors -o fire-small.safetensors --calibrate more-photos")
        {
            model, output, int8, float16, images, json, threads, strict, quiet,
        };
        command.SetAction((parse, cancellation) =>
        {
            string path = parse.GetRequiredValue(model), target = parse.GetRequiredValue(output);
            if (parse.GetValue(int8) && parse.GetValue(float16))
                throw new UsageException("--int8 and --float16 are two ways of keeping the weights; leave one of the two out.");
            if (parse.IsGiven(int8) && !parse.GetValue(int8) && !parse.GetValue(float16))
                throw new UsageException("--int8 false leaves no way of keeping the weights; give --float16, or leave it out.");
            if (parse.GetValue(strict) && parse.GetValue(images) is null)
                throw new UsageException("--strict was given without --calibrate, of whose images it speaks.");
            OutputPath.CheckFile(target, OutputKind.Model, path);
            ImageClassifier before = ImageClassifier.Load(path);
            if (before.Storage != WeightStorage.Float32)
                throw new UsageException($"{path} is small already ({StorageWords.NameOf(before.Storage)}); give the model that it was made of.");
            WeightStorage storage = parse.GetValue(float16) ? WeightStorage.Float16 : WeightStorage.Int8;
            ImageSet? set = parse.GetValue(images) is { } folder ? ImageSplits.Open(folder, minClasses: 1).Judged : null;
            QuantizedModel made = ProgressDisplay.Watch(terminal, parse.GetValue(quiet), progress =>
                QuantizedModel.Of(before, storage, set, parse.GetValue(threads), progress, cancellation));
            made.Model.Save(target);
            QuantizationJson result = new(target, StorageWords.NameOf(storage), new FileInfo(path).Length, new FileInfo(target).Length);
            if (made is { Before: { } first, After: { } second })
                result = result.With(first, second);
            if (parse.GetValue(json))
                terminal.Results.WriteLine(JsonMembers.Line(result.Members));
            else
                result.Write(terminal.Results);
            return Task.FromResult(made.Before is { } told ? UnreadableList.Tell(terminal, told.Unreadable, parse.GetValue(strict)) : ExitCode.Done);
        });
        return command;
    }
}
