using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig train</c>: a folder of images becomes a model file, and a table says how good it is.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("DIR") { Description = "Folder with one sub-folder of images per class" };
        Option<string> output = OptionKinds.Path("--output", "MODEL", "Model file to write (.safetensors)", "-o");
        output.Required = true;
        Option<string> test = OptionKinds.Path("--test", "DIR", "Folder of other images to report on; without it, the report is on the validation split");
        Option<bool> resume = OptionKinds.Switch("--resume", "Go on where an interrupted run of the same command stopped (it left MODEL.checkpoint)");
        RecipeArguments recipeArguments = new();
        Option<bool> quiet = OptionKinds.Quiet();
        ExampleCommand command = new(
            "train", "Trains a model on a folder with one sub-folder of images per class.",
            "imagesig train photos -o fire.safetensors",
            "imagesig train photos -o fire.safetensors --test more-photos --model fc --epochs 50",
            "imagesig train photos -o fire.safetensors --recipe paper --basepoint false --augment hflip,vflip",
            "imagesig train photos -o fire.safetensors --resume")
        {
            folder, output, test,
        };
        recipeArguments.AddTo(command);
        command.Add(resume);
        command.Add(quiet);
        command.SetAction((parse, cancellation) =>
        {
            string path = parse.GetRequiredValue(output);
            OutputPath.CheckFile(path, OutputKind.Model);
            ImageFolder images = ImageFolder.Open(parse.GetRequiredValue(folder));
            string? testFolder = parse.GetValue(test);
            if (testFolder is not null)
                CheckTestClasses(testFolder, images);
            TrainingRecipe recipe = recipeArguments.Read(parse, images.Classes.Count);
            if (images.Unlabelled > 0)
                terminal.Complain($"{images.Path}: {Quantity.Count(images.Unlabelled)} {(images.Unlabelled == 1 ? "file" : "files")} beside the class folders left out: an image's class is the folder that it is in.");
            CheckpointOptions checkpoint = new($"{path}.checkpoint", parse.GetValue(resume));
            return Task.FromResult(Run(terminal, images.Path, path, testFolder, recipe, checkpoint, parse.GetValue(quiet), cancellation));
        });
        return command;
    }

    private static int Run(
        Terminal terminal, string folder, string path, string? testFolder, TrainingRecipe recipe,
        CheckpointOptions checkpoint, bool quiet, CancellationToken cancellation)
    {
        (ImageClassifier classifier, Evaluation? test) = ProgressDisplay.Watch(terminal, quiet, progress =>
        {
            ImageClassifier trained = Train(terminal, folder, recipe, checkpoint, progress, cancellation);
            // Saved before the report: if testing fails, the training is not lost.
            trained.Save(path);
            return (trained, testFolder is null ? null : trained.Evaluate(testFolder, recipe.Threads, progress, cancellation));
        });
        TrainingTable.Write(terminal.Results, classifier, path, test, testFolder);
        return UnreadableList.Tell(terminal, [.. classifier.Run!.Unreadable, .. test?.Unreadable ?? []]);
    }

    private static ImageClassifier Train(
        Terminal terminal, string folder, TrainingRecipe recipe, CheckpointOptions checkpoint, ProgressDisplay progress, CancellationToken cancellation)
    {
        try
        {
            return ImageClassifier.TrainAsync(folder, recipe, progress, checkpoint, cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (File.Exists(checkpoint.Path))
        {
            terminal.Complain($"{checkpoint.Path} keeps what was learned; the same command with --resume goes on from there.");
            throw;
        }
    }

    /// <summary>A mistake in the test folder should not wait for the end of the training.</summary>
    private static void CheckTestClasses(string testFolder, ImageFolder images)
    {
        foreach (string name in ImageFolder.Open(testFolder, fewestClasses: 1).Classes)
            if (!images.Classes.Contains(name))
                throw new DatasetException($"{Path.Combine(testFolder, name)}: {images.Path} has no class '{name}', only {string.Join(", ", images.Classes)}; rename or remove the folder.");
    }
}
