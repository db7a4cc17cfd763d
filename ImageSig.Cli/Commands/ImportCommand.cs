using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig import</c>: weights that were trained elsewhere, as a model.</summary>
internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> weights = new("WEIGHTS") { Description = "Weights that another program wrote (.safetensors)" };
        Option<string> output = OptionKinds.Path("--output", "FILE", "Model file to write", "-o");
        output.Required = true;
        Option<string> like = OptionKinds.Path("--like", "MODEL", "Model whose network, preprocessing and classes it has");
        Option<string[]> classes = OptionKinds.Paths("--classes", "NAME,NAME", "Names of the classes in the order of the outputs, without --like");
        Option<WeightLayout?> layout = OptionKinds.Choice<WeightLayout?>(
            "--layout", "Order of the dimensions of the weights [default: told by their shapes]", [WeightLayout.Keras, WeightLayout.PyTorch], order => order == WeightLayout.Keras ? "keras" : "pytorch");
        ArchitectureArguments architecture = new();
        ExampleCommand command = new(
            "import", "Makes a model of weights that were trained elsewhere, in Keras' or PyTorch's layout of the same layers.",
            "imagesig import weights.safetensors --like fire.safetensors -o mine.safetensors",
            "imagesig import weights.safetensors --model fc --image-size 32 --depth 3 --classes fire,nofire -o mine.safetensors")
        {
            weights, output, like, classes, layout,
        };
        foreach (Option option in architecture.Options)
            command.Add(option);
        command.SetAction(parse =>
        {
            string source = parse.GetRequiredValue(weights), target = parse.GetRequiredValue(output);
            string? twin = parse.GetValue(like);
            OutputPath.CheckFile(target, OutputKind.Model, source, twin);
            ImageClassifier classifier = twin is not null
                ? Like(twin, source, parse, [classes, .. architecture.Options], parse.GetValue(layout))
                : New(source, architecture.Read(parse), parse.GetValue(classes) ?? [], parse.GetValue(layout));
            classifier.Save(target);
            terminal.Results.WriteLine($"{target}: {classifier.Model.Spec.Name}, {Quantity.Count(classifier.Model.ParameterCount)} parameters, {Quantity.Size(new FileInfo(target).Length)}");
            return ExitCode.Done;
        });
        return command;
    }

    private static ImageClassifier Like(string twin, string source, ParseResult parse, IEnumerable<Option> idle, WeightLayout? layout) =>
        idle.FirstOrDefault(parse.IsGiven) is { } given
            ? throw new UsageException($"{given.Name} was given, and --like says it already; leave one of the two out.")
            : ImageClassifier.Import(source, ImageClassifier.Load(twin), layout);

    private static ImageClassifier New(string source, TrainingRecipe recipe, string[] classes, WeightLayout? layout) => classes.Length == 0
        ? throw new UsageException("the names of the classes are missing; give --classes NAME,NAME, or --like MODEL.")
        : ImageClassifier.Import(source, recipe.Model, recipe.Features, classes, layout);
}
