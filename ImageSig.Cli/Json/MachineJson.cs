using ImageSig.Measurement;

namespace ImageSig.Cli.Json;

/// <summary>What <c>info --json</c> prints.</summary>
internal sealed record MachineJson(
    string Version, string? Processor, int Cores, string Architecture, string System, string Compiler, int VectorBits, bool FusesMultiplyAdd,
    IReadOnlyList<string> Instructions, long MemoryBytes, double? TemperatureCelsius, IReadOnlyList<string>? Throttling)
{
    public static MachineJson Of(string version, Machine machine) => new(
        version, machine.Processor, machine.Cores, machine.Architecture, machine.System, machine.Compiler, machine.VectorBits, machine.FusesMultiplyAdd,
        machine.Instructions, machine.Memory, machine.Temperature, machine.Throttling);
}
