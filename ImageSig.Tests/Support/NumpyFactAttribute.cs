using System.Diagnostics;

namespace ImageSig.Tests.Support;

/// <summary>A test that asks NumPy: skipped, with the reason, where Debian's python3-numpy is not installed.</summary>
internal sealed class NumpyFactAttribute : FactAttribute
{
    private const string Interpreter = "/usr/bin/python3";

    public NumpyFactAttribute()
    {
        if (!File.Exists(Interpreter) || !Directory.Exists("/usr/lib/python3/dist-packages/numpy"))
            Skip = "NumPy is not installed (Debian package python3-numpy)";
    }

    /// <summary>Runs one line of Python and returns what it prints.</summary>
    public static string Run(string line)
    {
        using Process process = Process.Start(new ProcessStartInfo(Interpreter, ["-c", line]) { RedirectStandardOutput = true })!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? printed.TrimEnd() : throw new InvalidOperationException($"python3 ended with {process.ExitCode}");
    }
}
