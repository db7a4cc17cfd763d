using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Demo;
using ImageSig.Cli.Display;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig demo</c>: the whole job with nothing but the program, on pictures that it draws itself.</summary>
internal static class DemoCommand
{
    private const int TrainingPictures = 400;

    public static Command Create(Terminal terminal)
    {
        Option<string> output = OptionKinds.Path("--output", "DIR", "Folder for pictures, model and summary; made if it is not there", "-o");
        output.DefaultValueFactory = _ => "imagesig-demo";
        Option<ulong> seed = OptionKinds.Seed("Another seed draws other pictures");
        seed.DefaultValueFactory = _ => 1;
        Option<int> epochs = OptionKinds.Whole("--epochs", 1, 1000, "Passes over the training pictures [default: 20]");
        epochs.Hidden = true;
        Option<int> perClass = OptionKinds.Whole("--pictures", 10, 100_000, "Training pictures per class, and a third as many for testing [default: 400]");
        perClass.Hidden = true;
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "demo", "Draws pictures of concrete with and without cracks, trains on them, tests on others, predicts. Needs no data; takes under a minute.",
            "imagesig demo",
            "imagesig demo --output /tmp/cracks --seed 7")
        {
            output, seed, quiet, epochs, perClass,
        };
        command.SetAction((parse, cancellation) =>
        {
            string folder = parse.GetRequiredValue(output);
            OutputPath.MakeFolder(folder);
            ulong number = parse.GetValue(seed);
            int training = parse.ValueOr(perClass, TrainingPictures);
            TrainingRecipe recipe = DemoRun.Recipe(number);
            recipe = recipe.WithTraining(options => options with { Epochs = parse.ValueOr(epochs, options.Epochs) });
            return Task.FromResult(Run(
                terminal, folder, new DemoPictures(folder, number, training, training / 3), recipe, parse.GetValue(quiet), cancellation));
        });
        return command;
    }

    private static int Run(
        Terminal terminal, string folder, DemoPictures pictures, TrainingRecipe recipe, bool quiet, CancellationToken cancellation)
    {
        string model = Path.Combine(folder, "cracks.safetensors");
        DemoRun.Outcome outcome;
        try
        {
            outcome = ProgressDisplay.Watch(terminal, quiet, progress => DemoRun.Run(pictures, model, recipe, progress, cancellation));
        }
        catch (OperationCanceledException) when (pictures.Drawn > 0)
        {
            terminal.Complain($"{folder} keeps the pictures that were drawn ({Quantity.Count(pictures.Drawn)}); the same command begins anew, or remove the folder.");
            throw;
        }

        using StringWriter tables = new() { NewLine = "\n" };
        DemoSummary.Write(tables, outcome, model, recipe.Training.Seed);
        string summary = Path.Combine(folder, "summary.md");
        byte[] markdown = System.Text.Encoding.UTF8.GetBytes(DemoSummary.Markdown(tables.ToString(), recipe.Training.Seed, model, outcome.Predictions[0].Path));
        AtomicFile.Write(summary, stream => stream.Write(markdown));

        terminal.Results.Write(tables.ToString());
        terminal.Results.WriteLine();
        terminal.Results.WriteLine($"All of it took {Quantity.Time(outcome.Elapsed)}; pictures, model and summary.md are in {folder}.");
        return ExitCode.Done;
    }
}
