using System.CommandLine;
using System.Globalization;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.Imaging;
using ImageSig.Measurement;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig info</c>: what the program runs on, as far as that matters for speed and for equal results.</summary>
internal static class InfoCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object");
        ExampleCommand command = new(
            "info", "Shows version, image formats, processor, vector width, memory, temperature.",
            "imagesig info",
            "imagesig info --json | jq .temperatureCelsius")
        {
            json,
        };
        command.SetAction(parse =>
        {
            Machine machine = Machine.Look();
            if (parse.GetValue(json))
                terminal.Results.WriteLine(JsonMembers.Line(MachineJson.Of(ProgramCommand.Version, machine)));
            else
                Write(terminal.Results, machine);
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter output, Machine machine)
    {
        TextTable table = new("", "");
        table.Add("imagesig", ProgramCommand.Version);
        table.Add("compiled", machine.Compiler);
        table.Add("images", string.Join(", ", ImageFormats.Known.Select(format => format.Name)));
        table.Add("system", $"{machine.System}, {machine.Architecture}");
        table.Add("processor", $"{machine.Processor ?? "unknown"}, {machine.Cores} {(machine.Cores == 1 ? "core" : "cores")}");
        table.Add("instructions", $"{string.Join(", ", machine.Instructions)}; registers of {machine.VectorBits} bits");
        table.Add("results", machine.FusesMultiplyAdd
            ? "the same bits as on every machine that fuses multiply and add"
            : "close to those of other machines, not the same bits: this processor does not fuse multiply and add");
        table.Add("memory", Quantity.Size(machine.Memory));
        if (machine.Temperature is { } degrees)
            table.Add("temperature", string.Create(CultureInfo.InvariantCulture, $"{degrees:F1} °C"));
        if (machine.Throttling is { } reasons)
            table.Add("throttling", reasons.Count == 0 ? "none" : string.Join(", ", reasons));
        table.Write(output);
    }
}
