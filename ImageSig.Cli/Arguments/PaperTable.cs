namespace ImageSig.Cli.Arguments;

/// <summary>A table of Ibrahim &amp; Lyons, 2022: what it varies, and what it says, as far as it is known here.</summary>
/// <param name="Name">On the command line.</param>
/// <param name="Variations">In the order of its rows.</param>
/// <param name="Common">Options of <c>train</c> that all rows share; those that are given on the command line take their place.</param>
/// <param name="Figures">By the values of a row.</param>
internal sealed record PaperTable(
    string Name, IReadOnlyList<Variation> Variations, IReadOnlyList<(string Option, string Value)> Common, IReadOnlyList<PaperFigures> Figures)
{
    private static readonly (string, string)[] Dense = [("--recipe", "paper"), ("--model", "fc")];

    /// <summary>Tables 2 to 4. Of the accuracies those are here that the text of the paper repeats; its fire set is not public.</summary>
    public static IReadOnlyList<PaperTable> All { get; } =
    [
        new(
            "table2", [new("image-size", ["32", "64"]), new("neurons", ["25", "50", "100", "150", "200"])], Dense,
            [
                new(["32", "25"], 96_072), new(["32", "50"], 192_152), new(["32", "100"], 384_302), new(["32", "150"], 576_452), new(["32", "200"], 768_602),
                new(["64", "25"], 192_077), new(["64", "50"], 384_152, 0.9236), new(["64", "100"], 768_302), new(["64", "150"], 1_151_452), new(["64", "200"], 1_536_602),
            ]),
        new("table3", [new("batch-size", ["64", "128", "256", "512", "1024"])], Dense, []),
        new(
            "table4", [new("batch-size", ["1024", "3000"]), new("depth", ["1", "2", "3", "4", "5"])], Dense,
            [
                new(["3000", "1"], Accuracy: 0.8029), new(["3000", "2"], Accuracy: 0.8938), new(["3000", "3"], Accuracy: 0.9162), new(["3000", "4"], Accuracy: 0.9340),
                new(["3000", "5"], Accuracy: 0.9378),
            ]),
    ];

    /// <summary>What the paper says of a row; nothing where that is not known.</summary>
    public PaperFigures Of(IReadOnlyList<string> values) => Figures.FirstOrDefault(figures => figures.Values.SequenceEqual(values)) ?? new(values);
}

/// <summary>What the paper prints in a row.</summary>
/// <param name="Values">Of what the table varies.</param>
/// <param name="Parameters">Numbers learned; null where it is not known.</param>
/// <param name="Accuracy">On the paper's own images, 0…1; null where it is not known.</param>
internal sealed record PaperFigures(IReadOnlyList<string> Values, long? Parameters = null, double? Accuracy = null);
