using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ImageSig.Benchmarks.Native;
using ImageSig.Benchmarks.Results;
using ImageSig.Measurement;

Machine machine = Machine.Look();
switch (args)
{
    case ["--bits"]:
        Console.WriteLine(machine.VectorBits);
        return 0;
    case ["--row", var number]:
        Console.WriteLine(IterationTimes.Of(NativeRow.All[int.Parse(number, CultureInfo.InvariantCulture)].Begin()));
        return 0;
    case [var native, var folder, .. var more] when more.Length <= 2:
        int turns = more.Length > 1 ? int.Parse(more[1], CultureInfo.InvariantCulture) : 3;
        if (Ask(native, "--bits") is var bits && bits != $"{machine.VectorBits}")
        {
            Console.Error.WriteLine($"The native program uses registers of {bits} bits, the JIT {machine.VectorBits}: they are not to be compared. DOTNET_EnableAVX512=0 keeps the JIT to 256.");
            return 1;
        }
        List<BenchmarkMeasurement> measurements = [];
        for (int row = 0; row < NativeRow.All.Count; row++)
        {
            (string topic, string setting, Func<Action> begin) = NativeRow.All[row];
            Action work = begin();
            List<IterationTimes> here = [], there = [];
            // In turns, so that both see what else the machine does; of each the turn that saw the least of it.
            for (int turn = 0; turn < turns; turn++)
            {
                here.Add(IterationTimes.Of(work));
                there.Add(IterationTimes.Parse(Ask(native, "--row", $"{row}")));
            }
            Add(BenchmarkMeasurement.Ours, here.MinBy(times => times.Nanoseconds));
            Add(BenchmarkMeasurement.Native, there.MinBy(times => times.Nanoseconds));

            void Add(string program, IterationTimes times)
            {
                measurements.Add(new(topic, setting, program, times.Nanoseconds, times.Spread, times.Allocated));
                Console.WriteLine($"{topic}, {setting}, {program}: {times.Nanoseconds / 1000:N1} µs");
            }
        }
        BenchmarkResults results = new(
            more.FirstOrDefault() ?? machine.Processor ?? machine.Architecture, machine.VectorBits, machine.System, RuntimeInformation.FrameworkDescription,
            DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), turns == 1 ? IterationTimes.Job : $"{IterationTimes.Job}, the least of {turns} turns", measurements);
        results.Write(folder);
        return 0;
    default:
        Console.Error.WriteLine("Usage: dotnet run -c Release --project ImageSig.Benchmarks/Native -- PROGRAM FOLDER [PROCESSOR [TURNS]]: times ImageSig here and in PROGRAM, the same published with NativeAOT.");
        return 2;
}

static string Ask(string program, params string[] arguments)
{
    using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
    string answer = process.StandardOutput.ReadToEnd().Trim();
    process.WaitForExit();
    return process.ExitCode == 0 ? answer : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
}
