using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig signature</c>: paths [B, T, C] in a .npy file, or one in a table, become signatures in another.</summary>
internal static class SignatureCommand
{
    private const int Deepest = 64;

    public static Command Create(Terminal terminal)
    {
        Argument<string?> paths = new("PATHS") { Description = "Array [B, T, C] of NumPy: B paths of T points in C dimensions, in a .npy file or as FILE.npz:NAME (of several arrays); or one path as a table (.csv, .tsv), a point a row, with or without a heading; - for a .npy file or a table on standard input", Arity = ArgumentArity.ZeroOrOne };
        Option<string> output = OptionKinds.Path("--output", "OUT.npy", "Array to write: [B, F], levels 1 to N; log-signatures [B, L]; streams and windows [B, K, ...]; gradients [B, T, C]", "-o");
        Option<int> depth = OptionKinds.Whole("--depth", 1, Deepest, "Truncation depth N");
        Option<Type> type = OptionKinds.Choice(
            "--dtype", "Precision of computation and output [default: float32 for arrays of float16 and float32, else float64]", [typeof(float), typeof(double)], type => type == typeof(float) ? "float32" : "float64");
        Option<LogSignatureBasis> log = OptionKinds.Basis("--log", "The log-signature in this basis");
        Option<bool> stream = OptionKinds.Switch("--stream", "Every prefix: of 2 points, of 3, ... (of 1 too after a basepoint)");
        Option<bool> inverse = OptionKinds.Switch("--inverse", "The group inverse: of the path run backwards");
        Option<bool> basepoint = OptionKinds.Switch("--basepoint", "The point zero in front of each path");
        Option<string> points = OptionKinds.Path("--basepoint-file", "POINTS.npy", "Array [B, C]: a point of its own in front of each path");
        Option<string> initial = OptionKinds.Path("--initial", "SIGNATURES.npy", "Array [B, F]: signatures that the paths continue; --basepoint-file says where those ended");
        Option<int> window = OptionKinds.Whole("--window", 1, int.MaxValue, "Sliding windows of N points");
        Option<int> step = OptionKinds.Whole("--step", 1, int.MaxValue, "Points from one window to the next [default: 1]");
        Option<string> augment = OptionKinds.Path("--augment", "LIST", $"Changes of the paths before, in order: {string.Join(", ", PathAugmentations.Names)}");
        Option<double> roots = OptionKinds.Number("--roots", FeatureOptions.RootsBounds, "Signed roots of the result, level k by its k-th, with this epsilon; 0 for none [default: 0]");
        Option<string> backward = OptionKinds.Path("--backward", "COTANGENT.npy", "Array of the shape of the result; the gradient of the paths is written instead");
        Option<int[]> list = new("--list-words")
        {
            Description = "Lists the words of C channels to depth N, one a line, in the order of the result", HelpName = "C N", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true,
            CustomParser = Alphabet,
        };
        Option<LogSignatureBasis> basis = OptionKinds.Basis("--basis", "With --list-words: those of a log-signature");
        Option<int> threads = OptionKinds.Threads();
        Option<int> memory = MemoryLimit.Option();
        ExampleCommand command = new(
            "signature", "Computes signatures and log-signatures of paths in a NumPy array or a table.",
            "imagesig signature paths.npy -o signatures.npy --depth 4",
            "imagesig signature paths.npy -o logs.npy --depth 4 --log words --augment lead-lag,time",
            "imagesig signature path.csv -o signature.npy --depth 3",
            "imagesig signature paths.npy -o roots.npy --depth 4 --roots 0.01",
            "imagesig signature paths.npy -o gradients.npy --depth 4 --backward cotangents.npy",
            "imagesig signature --list-words 3 4 --basis brackets")
        {
            paths, output, depth, type, log, stream, inverse, basepoint, points, initial, window, step, augment, roots, backward, list, basis, threads, memory,
        };
        command.SetAction((parse, cancellation) =>
        {
            if (parse.IsGiven(list))
            {
                if (parse.CommandResult.Children.OfType<OptionResult>().FirstOrDefault(given => !given.Implicit && given.Option != list && given.Option != basis && given.Option != memory) is { } other)
                    throw new UsageException($"{other.Option.Name} does not go with --list-words{(other.Option == log ? "; give the basis as --basis" : "")}.");
                if (parse.GetValue(paths) is { } file)
                    throw new UsageException($"--list-words lists words and reads no file; leave out {file}.");
                int[] asked = parse.GetRequiredValue(list);
                (int channels, int deepest) = (asked[0], asked[1]);
                WordList.Write(terminal.Results, channels, deepest, parse.IsGiven(basis) ? parse.GetValue(basis) : null, MemoryLimit.Of(parse, memory));
                return Task.FromResult(ExitCode.Done);
            }
            SignatureJob job = new()
            {
                Paths = parse.GetValue(paths) ?? throw new UsageException("PATHS is missing: the array of paths, [B, T, C], or a table of one."),
                Output = Required(parse, output),
                Depth = parse.IsGiven(depth) ? parse.GetValue(depth) : throw new UsageException("--depth is missing: the truncation depth N."),
                Log = parse.IsGiven(log) ? parse.GetValue(log) : null,
                Stream = parse.GetValue(stream),
                Options = new SignatureOptions { Inverse = parse.GetValue(inverse), Basepoint = parse.GetValue(basepoint) },
                Points = parse.GetValue(points),
                Initial = parse.GetValue(initial),
                Window = parse.IsGiven(window) ? parse.GetValue(window) : null,
                Step = parse.ValueOr(step, 1),
                Augment = parse.GetValue(augment) is string names ? Augmentations(names) : null,
                Roots = parse.GetValue(roots),
                Backward = parse.GetValue(backward),
                Threads = parse.GetValue(threads),
                Memory = MemoryLimit.Of(parse, memory),
            };
            job.Check(parse.IsGiven(step), parse.IsGiven(basis));
            OutputPath.CheckFile(job.Output, OutputKind.Array, job.Paths, job.Initial, job.Backward);
            PathsFile source = PathsFile.Open(job.Paths, job.Memory, cancellation);
            bool isSingle = parse.ValueOr(type, source.IsSingle ? typeof(float) : typeof(double)) == typeof(float);
            (int[] shape, string? warning) = isSingle ? SignatureRun<float>.Do(job, source, cancellation) : SignatureRun<double>.Do(job, source, cancellation);
            terminal.Results.WriteLine($"{job.Output}: [{string.Join(", ", shape)}] {(isSingle ? "float32" : "float64")}");
            if (warning is not null)
                terminal.Complain(warning);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static int[]? Alphabet(ArgumentResult argument)
    {
        int[] numbers = [.. argument.Tokens.Select(token => int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0)];
        if (numbers is [> 0, > 0 and <= Deepest])
            return numbers;
        argument.AddError($"--list-words is '{string.Join(' ', argument.Tokens)}'; it must be two whole numbers: C of 1 or more, and N from 1 to {Deepest}.");
        return null;
    }

    private static string Required(ParseResult parse, Option<string> output) =>
        parse.GetValue(output) ?? throw new UsageException("--output (-o) is missing: the file to write.");

    private static PathAugmentations Augmentations(string names)
    {
        try
        {
            return PathAugmentations.Parse(names);
        }
        catch (SettingException unknown)
        {
            throw new UsageException($"--augment: {unknown.Message}");
        }
    }
}
