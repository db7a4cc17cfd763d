using System.CommandLine;

namespace ImageSig.Cli.Commands;

/// <summary>A command that shows how it is used: whole command lines, printed after its help text.</summary>
internal sealed class ExampleCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
