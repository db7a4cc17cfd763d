using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig inspect</c>: what is inside a model file.</summary>
internal static class InspectCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> model = new("MODEL") { Description = "Model file" };
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object");
        ExampleCommand command = new(
            "inspect", "Shows what is inside a model: layers, preprocessing, classes, training.",
            "imagesig inspect fire.safetensors")
        {
            model, json,
        };
        command.SetAction(parse =>
        {
            string path = parse.GetRequiredValue(model);
            ImageClassifier classifier = ImageClassifier.Load(path);
            if (parse.GetValue(json))
                terminal.Results.WriteLine(JsonMembers.Line(ModelJson.Of(path, classifier)));
            else
                ModelTable.Write(terminal.Results, path, classifier);
            return ExitCode.Done;
        });
        return command;
    }
}
