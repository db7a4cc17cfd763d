using System.CommandLine;
using System.Globalization;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Measurement;
using ImageSig.NN;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig bench signature</c>: how long signatures, log-signatures and gradients take on this machine.</summary>
internal static class SignatureBenchCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string> workload = OptionKinds.Path("--workload", "NAME", $"Only the workloads whose names begin so: {string.Join(", ", SignatureWorkload.All.Select(one => one.Name))}");
        Option<int> threads = OptionKinds.Whole("--threads", TrainingOptions.ThreadBounds, "Threads to work with [default: 1]");
        Option<bool> json = OptionKinds.Switch("--json", "One JSON array");
        ExampleCommand command = new(
            "signature", "Measures signatures, log-signatures (words) and gradients in float32 and float64.",
            "imagesig bench signature",
            "imagesig bench signature --workload S1_d4 --json")
        {
            workload, threads, json,
        };
        command.SetAction((parse, cancellation) =>
        {
            string wanted = parse.GetValue(workload) ?? "";
            SignatureWorkload[] chosen = [.. SignatureWorkload.All.Where(one => one.Name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))];
            if (chosen.Length == 0)
                throw new UsageException($"--workload is '{wanted}'; no workload begins so. They are {string.Join(", ", SignatureWorkload.All.Select(one => one.Name))}.");
            Run(terminal, chosen, parse.ValueOr(threads, 1), parse.GetValue(json), cancellation);
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static void Run(Terminal terminal, SignatureWorkload[] workloads, int threads, bool json, CancellationToken cancellation)
    {
        List<SignatureBenchJson> results = [];
        TextTable table = new("workload", "type", "pass", ">min ms", ">median ms", ">million FMAs", ">GFMA/s", ">of peak");
        table.Reserve(SignatureWorkload.All[^3].Name, "float64", "logsignature", "99999.999", "99999.999", "99999999.9", "9999.9", "100 %");
        double singlePeak = ProcessorPeak.MultiplyAddsPerSecond<float>() / 1e9, doublePeak = ProcessorPeak.MultiplyAddsPerSecond<double>() / 1e9;
        if (!json)
        {
            terminal.Results.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Fused multiply-adds of one core, measured: float32 {singlePeak:F1}, float64 {doublePeak:F1} billion a second. Threads: {threads}."));
            table.WriteHeadings(terminal.Results);
        }
        foreach (SignatureWorkload workload in workloads)
            foreach (bool single in new[] { true, false })
                foreach (string pass in SignatureWorkload.Passes)
                {
                    cancellation.ThrowIfCancellationRequested();
                    (double min, double median) = single ? workload.Measure<float>(pass, threads) : workload.Measure<double>(pass, threads);
                    SignatureBenchJson result = new(workload.Name, single ? "float32" : "float64", pass, threads, min, median);
                    results.Add(result);
                    if (!json)
                        table.WriteRow(terminal.Results, Cells(result, workload.FusedOperations(pass), (single ? singlePeak : doublePeak) * threads));
                }
        if (json)
            terminal.Results.WriteLine(JsonMembers.Line(results.Select(result => result.Members)));
    }

    private static string[] Cells(SignatureBenchJson result, double operations, double peak)
    {
        double rate = operations / result.MinMs / 1e6;
        return
        [
            result.Workload, result.Dtype, result.Pass, Number(result.MinMs, "F3"), Number(result.MedianMs, "F3"), Number(operations / 1e6, "F1"), Number(rate, "F1"),
            $"{Number(100 * rate / peak, "F0")} %",
        ];
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
