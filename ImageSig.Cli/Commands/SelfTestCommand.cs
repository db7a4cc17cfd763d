using System.CommandLine;
using ImageSig.Cli.Arguments;
using ImageSig.Cli.Display;
using ImageSig.Cli.Json;
using ImageSig.SelfTest;

namespace ImageSig.Cli.Commands;

/// <summary><c>imagesig selftest</c>: whether this program computes on this machine what it computes everywhere.</summary>
internal static class SelfTestCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<bool> json = OptionKinds.Switch("--json", "One JSON object");
        ExampleCommand command = new(
            "selftest", "Tries signatures, gradients, decoding and training, and compares the bits with those of every machine.",
            "imagesig selftest")
        {
            json,
        };
        command.SetAction((parse, cancellation) =>
        {
            List<SelfTestPart> parts = [];
            bool lines = !parse.GetValue(json);
            foreach (Func<SelfTestPart> part in SelfTests.Parts)
            {
                cancellation.ThrowIfCancellationRequested();
                parts.Add(part());
                if (lines)
                    terminal.Results.WriteLine($"{(parts[^1].Passed ? "ok  " : "FAIL")}  {parts[^1].Hash:x16}  {parts[^1].Name}: {parts[^1].Found}");
            }
            ulong hash = SelfTests.HashOf(parts);
            bool passed = parts.TrueForAll(part => part.Passed) && hash == SelfTests.Expected;
            if (lines)
                terminal.Results.WriteLine($"{(passed ? "ok  " : "FAIL")}  {hash:x16}  {(hash == SelfTests.Expected ? "all: the bits of every machine" : $"all: {SelfTests.Expected:x16} was expected")}");
            else
                terminal.Results.WriteLine(JsonMembers.Line(SelfTestJson.Of(parts, passed)));
            return Task.FromResult(passed ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }
}
