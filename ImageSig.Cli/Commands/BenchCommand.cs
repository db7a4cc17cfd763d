using System.CommandLine;
using ImageSig.Cli.Display;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig bench</c>: measurements on this machine.</summary>
internal static class BenchCommand
{
    public static Command Create(Terminal terminal) => new("bench", "Measures how fast this machine is.")
    {
        PredictionBenchCommand.Create(terminal),
        SignatureBenchCommand.Create(terminal),
        DecodeBenchCommand.Create(terminal),
        NNBenchCommand.Create(terminal),
    };
}
