using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig export</c>: a model as files that other programs read.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> model = new("MODEL") { Description = "Model file" };
        Option<string> onnx = OptionKinds.Path("--onnx", "FILE", "ONNX file to write (opset 17): from pixels, uint8 [N, H, W, 3], to probabilities");
        Option<bool> features = OptionKinds.Switch("--features-input", "The ONNX file begins with what 'imagesig features' writes, in place of pixels (fc, conv, attention)");
        Option<string> npz = OptionKinds.Path("--npz", "FILE", "NumPy file to write (.npz): all weights, and what else of numbers the model holds, by name");
        ExampleCommand command = new(
            "export", "Writes a model as a file for other programs: ONNX, NumPy.",
            "imagesig export fire.safetensors --onnx fire.onnx",
            "imagesig export fire.safetensors --npz fire.npz")
        {
            model, onnx, features, npz,
        };
        command.SetAction(parse =>
        {
            string path = parse.GetRequiredValue(model);
            string? onnxPath = parse.GetValue(onnx), npzPath = parse.GetValue(npz);
            bool fromFeatures = parse.GetValue(features);
            if (onnxPath is null && npzPath is null)
                throw new UsageException("nothing is asked for; give --onnx FILE or --npz FILE.");
            if (fromFeatures && onnxPath is null)
                throw new UsageException("--features-input goes with --onnx.");
            if (onnxPath is not null && npzPath is not null && Path.GetFullPath(onnxPath) == Path.GetFullPath(npzPath))
                throw new UsageException($"--onnx and --npz are both {onnxPath}; give two files.");
            if (onnxPath is not null)
                OutputPath.CheckFile(onnxPath, OutputKind.Onnx, path);
            if (npzPath is not null)
                OutputPath.CheckFile(npzPath, OutputKind.Npz, path);
            ImageClassifier classifier = ImageClassifier.Load(path);
            if (onnxPath is not null)
                classifier.SaveOnnx(onnxPath, fromFeatures);
            if (npzPath is not null)
                classifier.SaveNpz(npzPath);
            if (onnxPath is not null)
                terminal.Results.WriteLine($"{onnxPath}: {Input(classifier, fromFeatures)} to {classifier.Classes.Count} probabilities, {Quantity.Size(new FileInfo(onnxPath).Length)}");
            if (npzPath is not null)
                terminal.Results.WriteLine($"{npzPath}: {Quantity.Count(classifier.Arrays.Count)} arrays, {Quantity.Count(classifier.Model.Parameters.Count)} of them weights, {Quantity.Size(new FileInfo(npzPath).Length)}");
            return ExitCode.Done;
        });
        return command;
    }

    private static string Input(ImageClassifier classifier, bool fromFeatures)
    {
        FeatureOptions options = classifier.Features;
        return fromFeatures ? $"float32 [N, {options.Streams}, {options.FeatureCount}]" : $"uint8 [N, {options.Height}, {options.Width}, 3]";
    }
}
