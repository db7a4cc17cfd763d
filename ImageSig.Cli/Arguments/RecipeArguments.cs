using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using ImageSig.NN;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>The options that make up a training recipe: a named one, and what is changed about it.</summary>
/// <param name="known">The networks that others read, where their files are to be read once for all.</param>
/// <param name="takesTime">Whether the help speaks of <c>--time</c> as how long a training takes.</param>
internal sealed class RecipeArguments(NetworkFiles? known = null, bool takesTime = true)
{
    private const string AugmentationWords = "hflip,vflip,brightness,shift,crop,rotate,contrast,jitter,cutout,anew|none|paper|standard|strong";

    private readonly NetworkFiles files = known ?? new();

    private static readonly Rows<TrainingRecipe, TrainingRecipe> Recipe = new(recipe => recipe, (_, recipe) => recipe);
    private static readonly Rows<TrainingRecipe, TrainingOptions> Training = new(recipe => recipe.Training, (recipe, options) => recipe with { Training = options });

    private readonly Option<string> name = OptionKinds.Choice(
        "--recipe", "Settings to start from: what we found to work best, or those of the paper (imagesig help recipes) [default: default]", TrainingRecipe.Names);

    private readonly Option<string> model = OptionKinds.Choice(
        "--model", "Architecture [default: grid; conv with --recipe paper or with options that speak of paths or neurons; transfer with --backbone]", ModelKinds.Names);

    private readonly Option<string> backbone = OptionKinds.Path(
        "--backbone", "FILE", "Pretrained network for --model transfer: a .safetensors file with the list of its layers inside, or beside it as .json");

    /// <summary>Models that teach.</summary>
    private readonly Option<string[]> teacher = OptionKinds.Paths(
        "--teacher", "MODEL[,MODEL]", "Models whose answers are learned beside the labels, each asked about the same picture; they know the same classes");

    /// <summary>In the order of the help, which is that in which they are applied.</summary>
    private readonly IReadOnlyList<Row<TrainingRecipe>> rows =
    [
        .. ArchitectureArguments.SharedRows(TimeRows.ChannelOrLimit(takesTime), FeatureDefaults.OfTraining),
        ArchitectureArguments.OfModel("--depths", "depths", "Depths of a backbone that features are taken from [default: 4]"),
        ArchitectureArguments.OfModel("--hidden", "hidden", "Neurons between the features of a backbone and the classes [default: 128; 0 for none]"),
        Recipe.Switch(
            "--fine-tune", "Train the backbone too, at a low rate, after the classes",
            recipe => recipe.Model is TransferSpec { FineTune: true }, (recipe, value) => recipe.WithFineTuning(value)),
        Recipe.Of(Augment(), recipe => recipe.Augmentations, (recipe, value) => recipe with { Augmentations = value }, RecipeNames.Of),
        .. TrainingRows.Of(Training),
        Recipe.Number(
            "--validation", TrainingRecipe.ValidationBounds, "Share of every class held back to choose the epoch [default: 0.1]",
            recipe => recipe.Validation, (recipe, value) => recipe with { Validation = value }),
        Recipe.Whole(
            "--members", TrainingRecipe.MemberBounds, "Train so many of these models first, with the seeds from --seed on, and one more that learns from their answers: the file is as large and as fast as one [default: 0]",
            recipe => recipe.Members, (recipe, value) => recipe with { Members = value }),
        .. TrainingRows.OfTeachers(Training),
        .. TrainingRows.OfMachine(Training),
        Recipe.Whole(
            "--memory", TrainingRows.Megabytes, "Megabytes that a training may take in all, the program included, and each one of folds and sweeps; pictures and features beyond it are on the disk [default: 0: 256 for pictures, 64 for features, and what the rest takes]",
            recipe => (int)(recipe.Memory / TrainingRows.Megabyte), (recipe, value) => recipe with { Memory = (long)value * TrainingRows.Megabyte }),
    ];

    /// <summary>All options, in the order of the help.</summary>
    public IEnumerable<Option> Options => [name, model, backbone, .. rows.Select(row => row.Option).Distinct(), teacher];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in Options)
            command.Add(option);
    }

    /// <summary>The files of the teachers that are asked for.</summary>
    public string[] Teachers(ParseResult parse) => parse.GetValue(teacher) ?? [];

    /// <summary>The recipe that the command line asks for.</summary>
    /// <param name="parse">The command line.</param>
    /// <exception cref="UsageException">The options do not go together.</exception>
    /// <exception cref="SettingException">The values do not fit together.</exception>
    /// <exception cref="ModelFileException">A teacher cannot be used.</exception>
    /// <exception cref="FileNotFoundException">A teacher is not there.</exception>
    public TrainingRecipe Read(ParseResult parse)
    {
        bool needsSignatures = rows.Any(row => row.NeedsSignatures && row.IsGiven(parse));
        string? architecture = parse.IsGiven(model) ? parse.GetValue(model)
            : needsSignatures ? ModelKinds.Conv
            : parse.IsGiven(backbone) ? ModelKinds.Transfer
            : null;
        TrainingRecipe start = TrainingRecipe.Named(parse.ValueOr(name, TrainingRecipe.Default), architecture);
        if (parse.IsGiven(backbone))
            start = start.WithBackbone(files.Backbone(parse.GetValue(backbone)!));
        TrainingRecipe recipe = rows.Aggregate(start, (recipe, row) => row.Apply(parse, recipe));
        if (recipe.TimeLimit is not null && parse.GetResult("--epochs") is OptionResult { Implicit: false })
            throw new UsageException("--time finds the number of epochs, and --epochs gives it; leave one of the two out.");
        recipe = recipe with { Teachers = [.. Teachers(parse).Select(files.Teacher)] };
        return recipe.Teachers.Count == 0 && recipe.Members == 0 && rows.FirstOrDefault(row => row.NeedsTeachers && row.IsGiven(parse)) is { } idle
            ? throw new UsageException($"{idle.Option.Name} was given, and there is nobody to learn from: add --teacher or --members, or leave it out.")
            : recipe;
    }

    /// <summary>What two recipes differ in, as on the command line: <c>--seed was 1, is 2</c>. Another model brings settings of its own, which are not listed then.</summary>
    /// <param name="was">Without its teachers.</param>
    /// <param name="taught">Who they were.</param>
    /// <param name="now">With its teachers.</param>
    public IReadOnlyList<string> Differences(TrainingRecipe was, IReadOnlyList<string> taught, TrainingRecipe now)
    {
        string[] origin =
        [
            .. Difference(name, was.Name, now.Name), .. Difference(model, was.Model.Name, now.Model.Name), .. Difference(backbone, BackboneOf(was), BackboneOf(now)),
        ];
        return origin.Length > 0 ? origin :
        [
            .. rows.SelectMany(row => Difference(row.Option, row.Text(was), row.Text(now))),
            .. Difference(teacher, taught.Count == 0 ? "none" : string.Join(",", taught), now.Teachers.Count == 0 ? "none" : TeachersOf(now)),
        ];
    }

    /// <summary>All settings of a recipe, as on the command line.</summary>
    public IReadOnlyDictionary<string, string> Texts(TrainingRecipe recipe)
    {
        (string Name, string Text)[] texts =
        [
            (name.Name, recipe.Name), (model.Name, recipe.Model.Name), (backbone.Name, BackboneOf(recipe)), .. rows.Select(row => (row.Option.Name, row.Text(recipe))),
            (teacher.Name, TeachersOf(recipe)),
        ];
        return texts.Where(pair => pair.Text is not ("" or "none")).GroupBy(pair => pair.Name).ToDictionary(same => same.Key.TrimStart('-'), same => same[0].Text);
    }

    /// <summary>What a recipe says where the help only refers to it, as on the command line.</summary>
    public string OwnSettings(TrainingRecipe recipe) => string.Join(
        ' ', rows.Where(row => row.Option.Description!.EndsWith(TrainingRows.OfRecipe, StringComparison.Ordinal)).Select(row => $"{row.Option.Name} {row.Text(recipe)}"));

    /// <summary>What is in the files that an option names, by checksums; null of an option that names no files.</summary>
    public string? ContentOf(string option, TrainingRecipe recipe) =>
        option == teacher.Name ? TeachersOf(recipe)
        : option == backbone.Name ? ContentOf((recipe.Model as TransferSpec)?.Backbone)
        : null;

    private static string ContentOf(Backbone? backbone) => backbone is null
        ? "none"
        : $"{backbone.Name} {Checksum.Continue(uint.MaxValue, Encoding.UTF8.GetBytes(new TransferSpec(backbone).ToJson())):x8}";

    private static IEnumerable<string> Difference(Option option, string was, string now) => was == now ? [] : [$"{option.Name} was {was}, is {now}"];

    private static string TeachersOf(TrainingRecipe recipe) => string.Join(",", recipe.Teachers.Select(known => known.Identity));

    private static string BackboneOf(TrainingRecipe recipe) =>
        recipe.Model is TransferSpec { Backbone: { } backbone } ? $"{backbone.Name} ({backbone.Checksum})" : "none";

    private static Option<ImageAugmentations> Augment() => new ChoiceOption<ImageAugmentations>("--augment", AugmentationWords.Split(',', '|'))
    {
        Description = "Copies that are added to the training images, with commas between them; with 'anew' no copies, but changes drawn anew each time an image is shown [default: paper, which is hflip,vflip,brightness; for grid, cnn, vit and with --fine-tune standard, which is paper,shift,anew; for transfer none]; strong is all there are",
        HelpName = AugmentationWords,
        CustomParser = argument =>
        {
            try
            {
                return RecipeNames.Augmentation(OptionKinds.Only(argument));
            }
            catch (SettingException)
            {
                return OptionKinds.Refuse<ImageAugmentations>(argument, "--augment", "some of hflip, vflip, brightness, shift, crop, rotate, contrast, jitter, cutout and anew with commas between them, or none, paper, standard or strong");
            }
        },
    };
}
