using System.CommandLine;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Arguments;

/// <summary>Which kind of data set lies at a path, and which of its parts is meant.</summary>
internal sealed class DataSetArguments
{
    private readonly Option<string> format = Format();

    private readonly Option<string> attributes = Attributes();

    private readonly Option<SplitPart?> split = OptionKinds.Choice<SplitPart?>(
        "--split", "Part of a data set that keeps images apart", [SplitPart.Training, SplitPart.Validation, SplitPart.Test], part => SplitNames.Of(part!.Value));

    /// <summary><c>--format</c>: told by what lies there where it is not given.</summary>
    public static Option<string> Format() => Format(ImageSetKinds.Names);

    /// <summary>The same for a command that is about classes.</summary>
    public static Option<string> FormatOfClasses() => Format(ImageSetKinds.NamesOfClasses);

    private static Option<string> Format(IReadOnlyList<string> kinds) => OptionKinds.Choice(
        "--format", "Kind of the data set, where it is not told rightly by what lies there", kinds.Reverse());

    /// <summary><c>--attributes</c>: a table beside the images.</summary>
    public static Option<string> Attributes() => OptionKinds.Path(
        "--attributes", "FILE", "Table of the images in DIR and of yes-or-no attributes (.csv or .tsv, or CelebA's list_attr_celeba.txt): many questions at once, in place of classes");

    /// <summary>Opens what lies at a path, or a table of attributes of the images there.</summary>
    public static ImageSplits Open(string path, string? attributes, string? format, int minClasses)
    {
        if (attributes is not null && format is not null)
            throw new UsageException("--attributes names a table and --format a kind of data set; leave one of the two out.");
        return attributes is null ? ImageSplits.Open(path, minClasses, format) : ImageSplits.OpenAttributes(attributes, path);
    }

    /// <summary>A data set with other images to test on, if some are given, whose classes it must have.</summary>
    public static ImageSplits WithTest(ImageSplits sets, string? folder)
    {
        if (folder is null)
            return sets;
        ImageSet test = ImageSplits.Open(folder, minClasses: 1).Judged;
        sets.Training.CheckHasClassesOf(test);
        return sets with { Test = test };
    }

    /// <summary>Names the folders that have files beside those of their classes, where one would look for them in vain among the images.</summary>
    /// <param name="terminal">Told.</param>
    /// <param name="sets">The parts of a data set; null for one that is not there.</param>
    public static void TellUnlabeled(Terminal terminal, params ReadOnlySpan<ImageSet?> sets)
    {
        foreach (ImageSet? set in sets)
            if (set is ImageFolder { Unlabeled: > 0 and int files })
                terminal.Complain($"{set.Name}: {Quantity.Count(files)} {(files == 1 ? "file" : "files")} beside the class folders left out: an image's class is the folder that it is in.");
    }

    public void AddTo(Command command, string byDefault)
    {
        command.Add(attributes);
        split.Description = $"{split.Description} [default: {byDefault}]";
        command.Add(format);
        command.Add(split);
    }

    /// <summary>Opens all parts, or the one that was asked for.</summary>
    /// <exception cref="UsageException">The part is not there.</exception>
    public ImageSplits OpenAll(ParseResult parse, string path)
    {
        ImageSplits splits = Open(path, parse.GetValue(attributes), parse.GetValue(format), minClasses: 1);
        return parse.GetValue(split) is { } asked
            ? new((splits.AreSplits ? splits.Part(asked) : null) ?? throw new UsageException($"--split was given, and {path} keeps no such part."))
            : splits;
    }

    /// <summary>Opens the part that was asked for; says which one it is where that was not said.</summary>
    /// <param name="terminal">Told.</param>
    /// <param name="parse">The command line.</param>
    /// <param name="path">The data set.</param>
    /// <param name="byDefault">The part to take where there are several; the next one that is there if it is not.</param>
    /// <exception cref="UsageException">The part is not there.</exception>
    public ImageSet Open(Terminal terminal, ParseResult parse, string path, SplitPart byDefault)
    {
        ImageSplits splits = OpenAll(parse, path);
        ImageSet chosen = splits.AreSplits ? splits.Part(byDefault) ?? splits.Validation ?? splits.Training : splits.Training;
        if (splits.AreSplits)
            terminal.Complain($"{path} holds splits: taking {chosen.Name}; --split takes another.");
        TellUnlabeled(terminal, chosen);
        return chosen;
    }
}
