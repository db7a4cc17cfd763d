using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace ImageSig.Tests.Support;

/// <summary>Tests of this assembly once more, in a process whose runtime takes the processor for a lesser one.</summary>
internal static partial class TestProcess
{
    /// <summary>Runs them.</summary>
    /// <param name="filter">As vstest takes it.</param>
    /// <param name="variable">Of the environment, such as <c>DOTNET_EnableAVX2</c>.</param>
    /// <param name="value">Its value there.</param>
    /// <returns>How many passed, if all did.</returns>
    public static int Passed(string filter, string variable, string value)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, ArgumentList = { "vstest", typeof(TestProcess).Assembly.Location, "--TestCaseFilter:" + filter } };
        start.Environment[variable] = value;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Match passed = PassedLine().Match(output);
        Assert.True(process.ExitCode == 0 && passed.Success, output);
        return int.Parse(passed.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"Passed:\s+(\d+)\b")]
    private static partial Regex PassedLine();
}
