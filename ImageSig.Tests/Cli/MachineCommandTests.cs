using System.Diagnostics;
using System.Text.Json;
using ImageSig.Cli;
using ImageSig.Cli.Commands;
using ImageSig.Measurement;
using ImageSig.SelfTest;
using ImageSig.Tests.Support;

namespace ImageSig.Tests.Cli;

/// <summary><c>info</c> and <c>selftest</c>.</summary>
public class MachineCommandTests
{
    [Fact]
    public void The_self_test_passes_with_the_bits_of_every_machine()
    {
        Answer answer = Answer.To("selftest");
        Assert.True(answer.Code == ExitCode.Done, answer.Results);
        string[] lines = answer.Results.TrimEnd().Split('\n');
        Assert.Equal(SelfTests.Parts.Count + 1, lines.Length);
        Assert.All(lines, line => Assert.Matches("^ok    [0-9a-f]{16}  [a-z0-9 -]+: .+", line));
        Assert.Contains($"{SelfTests.Expected:x16}  all", lines[^1], StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(Answer.To("selftest", "--json").Results);
        Assert.True(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(SelfTests.Parts.Count, json.RootElement.GetProperty("parts").GetArrayLength());
    }

    [Theory]
    [InlineData("PreferredVectorBitWidth", "128")]
    [InlineData("PreferredVectorBitWidth", "256")]
    [InlineData("TieredCompilation", "0")]
    public void It_passes_with_other_registers_and_another_compilation(string setting, string value)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, ArgumentList = { typeof(SelfTestCommand).Assembly.Location, "selftest" } };
        start.Environment["DOTNET_" + setting] = value;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == ExitCode.Done, output);
    }

    [Fact]
    public void One_bit_that_differs_makes_another_hash()
    {
        SelfTestPart part = new("a", "b", true, 1);
        Assert.NotEqual(SelfTests.HashOf([part]), SelfTests.HashOf([part with { Hash = 3 }]));
        Assert.NotEqual(SelfTests.HashOf([part, part with { Hash = 2 }]), SelfTests.HashOf([part with { Hash = 2 }, part]));
        Digest digest = new();
        digest.Add("a"u8);
        Assert.Equal(0xAF63DC4C8601EC8C, digest.Value);
    }

    [Fact]
    public void Info_tells_what_the_program_runs_on()
    {
        Answer answer = Answer.To("info");
        Assert.Equal(ExitCode.Done, answer.Code);
        Assert.Contains($"registers of {Machine.Look().VectorBits} bits", answer.Results, StringComparison.Ordinal);
        Assert.Contains("JPEG, PNG, BMP, PNM", answer.Results, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(Answer.To("info", "--json").Results);
        Assert.Contains("JPEG", json.RootElement.GetProperty("imageFormats").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(Environment.ProcessorCount, json.RootElement.GetProperty("cores").GetInt32());
    }

    [Fact]
    public void The_files_of_a_Raspberry_Pi_tell_board_temperature_and_throttling()
    {
        using TemporaryFolder folder = new();
        Write("proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0");
        Write("sys/class/thermal/thermal_zone0/temp", "51650\n");
        Write("sys/class/thermal/thermal_zone1/temp", "nothing\n");
        Write("sys/devices/platform/soc/soc:firmware/get_throttled", "0x50005\n");
        Machine machine = Machine.Look(folder.Path);
        Assert.Equal("Raspberry Pi 5 Model B Rev 1.0", machine.Processor);
        Assert.Equal(51.65, machine.Temperature);
        Assert.Equal(["low voltage", "slowed down"], machine.Throttling!);

        void Write(string name, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
            File.WriteAllText(folder[name], text);
        }
    }

    [Fact]
    public void Where_the_system_tells_nothing_nothing_is_made_up()
    {
        using TemporaryFolder folder = new();
        Machine machine = Machine.Look(folder.Path);
        Assert.Equal((null, null, null), (machine.Processor, machine.Temperature, machine.Throttling));
    }
}
