using System.CommandLine;
using System.Globalization;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Measurement;
using ImageSig.NN;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig bench nn</c>: how long networks train and predict on this machine.</summary>
internal static class NNBenchCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string> workload = OptionKinds.Choice(
            "--workload", "Only this one; gemm-* is a matrix product alone [default: the four of models]",
            NetworkBenchmark.Workloads.Concat(NetworkBenchmark.Products));
        Option<int> threads = OptionKinds.Whole("--threads", TrainingOptions.ThreadBounds, "Threads for training [default: 1]");
        Option<bool> json = OptionKinds.Switch("--json", "One JSON array of {workload, threads, minMs, medianMs}");
        ExampleCommand command = new(
            "nn", "Measures training steps and predictions of the models on features.",
            "imagesig bench nn",
            "imagesig bench nn --workload conv-train-b300 --threads 2 --json")
        {
            workload, threads, json,
        };
        command.SetAction((parse, cancellation) =>
        {
            IEnumerable<string> names = parse.GetValue(workload) is { } only ? [only] : NetworkBenchmark.Workloads;
            List<NetworkTiming> timings = [];
            foreach (string name in names)
                timings.Add(NetworkBenchmark.Run(name, parse.ValueOr(threads, 1), cancellation));
            if (parse.GetValue(json))
                terminal.Results.WriteLine(JsonMembers.Line(timings.Select(NNBenchJson.Of)));
            else
                Write(terminal.Results, timings);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Write(TextWriter output, List<NetworkTiming> timings)
    {
        double peak = ProcessorPeak.MultiplyAddsPerSecond<float>();
        TextTable table = new("workload", ">threads", ">min ms", ">median ms", ">M FMA", ">share of peak");
        foreach (NetworkTiming timing in timings)
            table.Add(
                timing.Workload, Text(timing.Threads, "0"), Text(timing.MinMilliseconds, "0.000"), Text(timing.MedianMilliseconds, "0.000"),
                Text(timing.MultiplyAdds / 1e6, "0.0"), Text(timing.ShareOf(peak), "P0"));
        table.Write(output);
        output.WriteLine($"peak of one core: {Text(peak / 1e9, "0.0")} G FMA a second, measured in registers");
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
