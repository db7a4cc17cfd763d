using ImageSig.Imaging;
using ImageSig.Measurement;

namespace ImageSig.Cli.Json;

/// <summary>What <c>info --json</c> prints.</summary>
internal static class MachineJson
{
    public static JsonMembers Of(string version, Machine machine) => new(
        ("version", version), ("processor", machine.Processor), ("cores", machine.Cores), ("architecture", machine.Architecture), ("system", machine.System),
        ("compiler", machine.Compiler), ("imageFormats", ImageFormats.Known.Select(format => format.Name)), ("vectorBits", machine.VectorBits), ("fusesMultiplyAdd", machine.FusesMultiplyAdd), ("instructions", machine.Instructions),
        ("memoryBytes", machine.Memory), ("temperatureCelsius", machine.Temperature), ("throttling", machine.Throttling));
}
