using System.CommandLine;
using System.Numerics;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Signature;
using ImageSig.Tensors;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig signature</c>: paths [B, T, C] in a .npy file become signatures [B, F] in another.</summary>
internal static class SignatureCommand
{
    /// <summary>Paths worked on between two looks at the cancellation; enough for every thread.</summary>
    private const int Chunk = 1024;

    public static Command Create(Terminal terminal)
    {
        Argument<string> paths = new("PATHS.npy") { Description = "Array [B, T, C]: B paths of T points in C dimensions" };
        Option<string> output = OptionKinds.Path("--output", "OUT.npy", "Array [B, F] to write: signature levels 1 to N", "-o");
        output.Required = true;
        Option<int> depth = OptionKinds.Whole("--depth", 1, 64, "Truncation depth N");
        depth.Required = true;
        Option<Type> type = OptionKinds.Choice(
            "--dtype", "Precision of computation and output [default: that of the input]", ("float32", typeof(float)), ("float64", typeof(double)));
        Option<int> threads = OptionKinds.Threads();
        ExampleCommand command = new(
            "signature", "Computes the signatures of paths in a NumPy array.",
            "imagesig signature paths.npy -o signatures.npy --depth 4")
        {
            paths, output, depth, type, threads,
        };
        command.SetAction((parse, cancellation) =>
        {
            string from = parse.GetRequiredValue(paths), to = parse.GetRequiredValue(output);
            OutputPath.CheckFile(to);
            bool isSingle = parse.ValueOr(type, NpyFile.ReadHeader(from).Kind == NpyKind.Float32 ? typeof(float) : typeof(double)) == typeof(float);
            int levels = parse.GetValue(depth), workers = parse.GetValue(threads);
            int[] shape = isSingle ? Run<float>(from, to, levels, workers, cancellation) : Run<double>(from, to, levels, workers, cancellation);
            terminal.Results.WriteLine($"{to}: [{string.Join(", ", shape)}] {(isSingle ? "float32" : "float64")}");
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static int[] Run<T>(string from, string to, int depth, int threads, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] values, int[] shape) = NpyFile.Read<T>(from);
        if (shape is not [int count, int length and > 0, int channels and > 0])
            throw new InvalidDataException($"{from}: the array is [{string.Join(", ", shape)}]; [B, T, C] was expected: paths, points, dimensions.");
        SignatureTransform transform = new(channels, depth);
        int features = transform.Layout.Length;
        using NpyWriter<T> writer = new(to, features);
        T[] signatures = new T[Math.Min(Chunk, count) * features];
        ParallelOptions options = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        for (int start = 0; start < count; start += Chunk)
        {
            int paths = Math.Min(Chunk, count - start), first = start;
            Parallel.For(0, paths, options, path => transform.Forward(
                values.AsSpan((first + path) * length * channels, length * channels), 1, length, signatures.AsSpan(path * features, features)));
            for (int path = 0; path < paths; path++)
                writer.Append(signatures.AsSpan(path * features, features));
        }
        writer.Complete();
        return [count, features];
    }
}
