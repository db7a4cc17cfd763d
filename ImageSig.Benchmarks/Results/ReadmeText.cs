using System.Globalization;

namespace ImageSig.Benchmarks.Results;

/// <summary>What the readme says of speed beside programs that recognize images.</summary>
internal static class ReadmeText
{
    /// <summary>Columns of the table.</summary>
    private static readonly string[] Models = ["grid", "conv", "fc", "cnn"];

    /// <summary>Rows of the table: whose names begin so, at what.</summary>
    private static readonly (string Program, string Topic, string What)[] Rows =
    [
        ("LibTorch", "training step", "(PyTorch): a training step"),
        ("LibTorch", "network", "(PyTorch): one image, the network alone"),
        ("ML.NET", "predict", "with our ONNX file: one image, from pixels"),
        ("ONNX Runtime", "predict", "with our ONNX file: one image, from pixels"),
    ];

    /// <summary>A sentence and a table, of the first processor on which all of it was measured with registers of both widths.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static string Of(IEnumerable<BenchmarkResults> all)
    {
        (BenchmarkResults wide, BenchmarkResults narrow) = BenchmarkText.Pairs([.. all.Where(results => !results.IsOfNative)])
            .FirstOrDefault(pair => Rows.All(row => Has(pair.Wide, row.Program, row.Topic) && Has(pair.Narrow, row.Program, row.Topic)));
        if (wide is null)
            throw new InvalidOperationException($"No processor has results at both widths of all that the readme tells: {string.Join(", ", Rows.Select(row => $"{row.Program} in {row.Topic}"))}.");
        return string.Join('\n',
        [
            $"Times of others as multiples of ours at {wide.VectorBits} / {narrow.VectorBits} bits (the single binary has 256), on one thread, {wide.Processor}; on a Pi none was measured. LibTorch has no signatures: those of `grid` are made of its other operations, and its training step has 48 channels, not 40. [Every operation, and how to measure again by one command](docs/benchmarks.md):", "",
            $"| | {string.Join(" | ", Models.Select(model => $"`{model}`"))} |", $"|---|{string.Concat(Models.Select(_ => "---|"))}",
            .. Rows.Select(row => $"| {Program(wide, row.Program)} {row.What} | {string.Join(" | ", Models.Select(model => Cell(model, row.Topic, row.Program)))} |"), "",
        ]);

        string Cell(string model, string topic, string program) =>
            wide.Measurements.FirstOrDefault(one => one.Topic == topic && one.Setting.Split(',')[0] == model)?.Setting is { } setting
            && wide.TimesOurs(topic, setting, Program(wide, program)) is { } first && narrow.TimesOurs(topic, setting, Program(narrow, program)) is { } second
                ? $"{TwoDigits(first)} / {TwoDigits(second)}"
                : "–";
    }

    private static bool Has(BenchmarkResults results, string program, string topic) =>
        results.Measurements.Any(one => one.Topic == topic && one.Program.StartsWith(program, StringComparison.Ordinal));

    /// <summary>The whole name of a program, with its version.</summary>
    private static string Program(BenchmarkResults results, string name) => results.Measurements.First(one => one.Program.StartsWith(name, StringComparison.Ordinal)).Program;

    /// <summary>A multiple with two digits.</summary>
    private static string TwoDigits(double ratio) => ratio.ToString(ratio switch { < 1 => "0.00", < 9.95 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);
}
