using System.Globalization;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.NN;

namespace ImageSig.Cli.Manual;

/// <summary>What <c>imagesig help</c> tells beside the commands.</summary>
/// <param name="Name">The word to ask with.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Entries">Terms and what they mean.</param>
internal sealed record Topic(string Name, string Title, IReadOnlyList<(string Term, string Meaning)> Entries)
{
    private const string OfImageSharp =
#if IMAGESHARP
        "GIF, WebP, TIFF and TGA too, for this program was built with ImageSharp";
#else
        "not GIF, WebP, TIFF and TGA, for this program was built without ImageSharp (-p:ImageSharp=false)";
#endif

    public static IReadOnlyList<Topic> All { get; } =
    [
        new("exit-codes", "Exit codes",
        [
            (Code(ExitCode.Done), "Everything that was asked for is done."),
            (Code(ExitCode.Failed), "The work failed, what lies on the disk is missing or of the wrong kind, results could not be written (a full disk, a pipe that was closed), or an image that was named could not be read (with --strict also one in a folder); or check --strict found something."),
            (Code(ExitCode.WrongUsage), "The command line asks for something that does not exist, for things that do not go together, or for more or less than can be; nothing was started."),
            (Code(ExitCode.Unexpected), "predict --expect: an image has another label."),
            (Code(ExitCode.Interrupted), "Stopped by Ctrl-C or a signal (watch: 0); nothing is left half-written, and a training goes on with --resume."),
        ]),
        new("files", "Files",
        [
            ("MODEL.safetensors", "A model with everything that is needed to predict, in one file that other safetensors readers open too."),
            ("MODEL.checkpoint", "Beside the model while it is trained; --resume goes on from there."),
            ("images", $"JPEG, PNG, BMP, PNM and motion JPEG; {OfImageSharp}."),
            ("data sets", "A folder of class folders, alone or below train and val or test; a table (.csv, .tsv) of images and classes; IDX files; CIFAR's binary files; CelebA's lists."),
        ]),
        new("models", "Models", [.. ModelKinds.Names.Select(name => (name, Of(name)))]),
        new("recipes", "Recipes of train", [.. Recipes()]),
        new("environment", "Environment",
        [
            (Application.DebugVariable, "Set to 1, the details of a failure follow its line."),
            ("TMPDIR", "Where pictures and features beyond memory go; without it, /var/tmp."),
            ("TERM", "Set to dumb, progress is told in lines on a terminal too."),
        ]),
    ];

    /// <summary>As a table for people.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine($"{Title}:");
        TextTable table = new("", "");
        foreach ((string term, string meaning) in Entries)
            table.Add(term, meaning);
        table.Write(output, "  ");
    }

    private static IEnumerable<(string Term, string Meaning)> Recipes()
    {
        RecipeArguments arguments = new();
        foreach (string name in ModelKinds.Names)
        {
            TrainingRecipe recipe = TrainingRecipe.Named(TrainingRecipe.Default, name);
            yield return (name, arguments.OwnSettings(recipe));
            if (recipe.Model is TransferSpec)
                yield return ($"{name} --fine-tune", arguments.OwnSettings(recipe.WithFineTuning(true)));
            if (recipe.Model.PaperTraining is not null)
                yield return ($"{name} --recipe {TrainingRecipe.Paper}", arguments.OwnSettings(TrainingRecipe.Named(TrainingRecipe.Paper, name)));
        }
    }

    private static string Code(int code) => code.ToString(CultureInfo.InvariantCulture);

    private static string Of(string model) => model switch
    {
        "grid" => "The default: signatures of small windows behind a learned lift of the pixels.",
        "conv" => "The paper's: convolutions over the signatures of rows and columns.",
        "fc" => "The paper's dense network on signatures of rows and columns.",
        "attention" => "The paper's attention over signatures of rows and columns.",
        "cnn" => "Convolutions on pixels, without signatures.",
        "vit" => "A small vision transformer, without signatures.",
        "transfer" => "A classifier on a network that was trained elsewhere (--backbone).",
        _ => "",
    };
}
