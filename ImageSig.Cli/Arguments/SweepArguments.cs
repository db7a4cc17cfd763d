using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using System.Text;
using ImageSig.Sweeping;
using ImageSig.Tensors;

namespace ImageSig.Cli.Arguments;

/// <summary>The trainings of a sweep: the options of <c>train</c> that all have in common, those that are varied, and the seeds.</summary>
internal sealed class SweepArguments
{
    private const int MaxTrainings = 100_000;
    private static readonly string[] OfNoConsequence = ["--threads", "--training-memory", "--memory"];

    private readonly NetworkFiles files = new();
    private readonly RecipeArguments recipes;
    private readonly Option<Variation[]> vary = Variation.Option();
    private readonly Option<PaperTable> paper = OptionKinds.Choice(
        "--paper", "The rows of a table of the paper in place of --vary, with the paper's recipe; its figures stand beside ours", PaperTable.All, table => table.Name);

    private readonly Option<int> seeds = OptionKinds.Whole("--seeds", 1, 1000, "Trainings of each combination, with the seeds from --seed on [default: 1]");

    public SweepArguments() => recipes = new(files, takesTime: false);

    public void AddTo(Command command)
    {
        command.Add(vary);
        command.Add(paper);
        command.Add(seeds);
        recipes.AddTo(command);
    }

    /// <summary>The table of the paper that is asked for, or null.</summary>
    public PaperTable? Paper(ParseResult parse) => parse.GetValue(paper);

    /// <summary>What is varied; nothing where only seeds are.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    public IReadOnlyList<Variation> Variations(ParseResult parse)
    {
        Variation[] asked = parse.GetValue(vary) ?? [];
        if (parse.GetValue(paper) is { } table)
            return asked.Length == 0 ? table.Variations : throw new UsageException($"--paper {table.Name} has rows of its own; leave --vary out.");
        if (asked.Length == 0 && !parse.IsGiven(seeds))
            throw new UsageException("there is nothing to try: name an option of train and its values, such as --vary depth=2,3, or give --seeds.");
        return asked;
    }

    /// <summary>All trainings, the seeds of a combination one after the other.</summary>
    /// <exception cref="UsageException">A name is no option of <c>train</c>, or a value is not possible.</exception>
    public IReadOnlyList<SweepPoint> Points(ParseResult parse)
    {
        IReadOnlyList<Variation> variations = Variations(parse);
        foreach (Variation variation in variations)
            Check(parse, variation);
        int each = parse.ValueOr(seeds, 1);
        double count = variations.Aggregate((double)each, (product, variation) => product * variation.Values.Count);
        if (count > MaxTrainings)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"these are {count:N0} trainings; {MaxTrainings:N0} is the most, and far beyond patience."));
        List<SweepPoint> points = [];
        foreach (IReadOnlyList<string> values in Variation.Combinations(variations))
        {
            TrainingRecipe recipe = Read([.. Common(parse), .. variations.Zip(values).SelectMany(pair => (string[])[$"--{pair.First.Name}", pair.Second])]);
            for (int number = 0; number < each; number++)
                points.Add(new SweepPoint([.. variations.Zip(values, (variation, value) => Known(variation, value, recipe))], recipe.WithTraining(options => options with { Seed = options.Seed + (ulong)number })));
        }
        return points;
    }

    /// <summary>Of the options that all trainings have in common and of the images, by their names: eight digits. Of files that options name the content counts, wherever they lie.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="points">All trainings.</param>
    /// <param name="sets">The images.</param>
    /// <param name="caching">How features are kept.</param>
    public string Stamp(ParseResult parse, IReadOnlyList<SweepPoint> points, ImageSplits sets, CacheArguments caching)
    {
        StringBuilder text = new();
        IEnumerable<string> common = Given(parse).Where(option => !OfNoConsequence.Contains(option.Option.Name))
            .SelectMany(option => (string[])[option.Option.Name, .. recipes.ContentOf(option.Option.Name, points[0].Recipe) is { } content ? [content] : option.Tokens]);
        text.AppendJoin('\n', common).Append('\n').Append(parse.GetValue(paper)?.Name);
        if (caching.RoundsFeatures(parse))
            text.Append("\nfeatures of 16 bits");
        return sets.Stamp(text.ToString());
    }

    /// <summary>A value as rows know it: with its files, which may change, goes what is in them.</summary>
    private string Known(Variation variation, string value, TrainingRecipe recipe) =>
        recipes.ContentOf($"--{variation.Name}", recipe) is { } content ? $"{value} ({content})" : value;

    private void Check(ParseResult parse, Variation variation)
    {
        string name = $"--{variation.Name}";
        if (name == "--seed")
            throw new UsageException("--vary names seed; the seeds of a sweep are --seed and how many, --seeds.");
        if (OfNoConsequence.Contains(name))
            throw new UsageException($"--vary names {variation.Name}, which changes no result; give {name} to the sweep itself.");
        if (!recipes.Options.Any(option => option.Name == name))
            throw new UsageException($"--vary names {variation.Name}, which is no option of train that says how a model is trained.");
        if (Given(parse).Any(given => given.Option.Name == name))
            throw new UsageException($"{name} is given and varied; leave one of the two out.");
    }

    /// <summary>The recipe's options on the command line.</summary>
    private IEnumerable<(Option Option, string[] Tokens)> Given(ParseResult parse) =>
        recipes.Options.Where(parse.IsGiven).Select(option => (option, parse.GetResult(option)!.Tokens.Select(token => token.Value).ToArray()));

    private IEnumerable<string> Common(ParseResult parse)
    {
        (Option Option, string[] Tokens)[] given = [.. Given(parse)];
        IEnumerable<string> ofPaper = (parse.GetValue(paper)?.Common ?? []).Where(pair => !given.Any(own => own.Option.Name == pair.Option)).SelectMany(pair => (string[])[pair.Option, pair.Value]);
        return [.. ofPaper, .. given.SelectMany(option => (string[])[option.Option.Name, .. option.Tokens])];
    }

    private TrainingRecipe Read(string[] arguments)
    {
        RecipeArguments recipe = new(files);
        Command command = new("train");
        recipe.AddTo(command);
        ParseResult parse = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parse.Errors.Count > 0)
            throw new UsageException(parse.Errors[0].Message);
        TrainingRecipe asked = recipe.Read(parse);
        if (asked.TimeLimit is not null)
            throw new UsageException("--time makes trainings of any length, and a sweep compares equal ones; give --epochs.");
        asked.Check();
        return asked;
    }
}
